"""What waits is taken over in turns, one form of each sender: nobody's hundreds hold others up.

A sender's forms are opened in the sender's name, so many an hour and a day as that officer may
open people. What is over that waits for the next hour, for up to two weeks instead of three days.
"""

from importlib import import_module

from django.db import migrations

before = import_module("mekhala.intake.migrations.0002_seen_with_the_form")
IN_TURN = """
    order by row_number() over (partition by s.received_from_id order by s.id), s.id limit 500"""


def _in_turn() -> str:
    asked = before.UNTAKEN
    for was, now in (("\n    order by s.id limit 500", IN_TURN), ("'3 days'", "'14 days'")):
        if was not in asked:
            raise ValueError(was)
        asked = asked.replace(was, now)
    return asked


def _asking(question: str) -> str:
    made = before.ASK.format(name="intake_untaken(versions bigint[])", question=question)
    return made.replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_answers_are_counted")]

    operations = [migrations.RunSQL(_asking(_in_turn()), _asking(before.UNTAKEN))]
