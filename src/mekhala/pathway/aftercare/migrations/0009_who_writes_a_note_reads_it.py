"""A house writes its own note although the person let nobody tell it what happened.

What others tell a house rests on the person's yes; what the house writes down itself does not.
Who wrote a note reads it and chooses whether to share it; colleagues need the class, as before.
"""

from importlib import import_module

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import granted

_before = import_module("mekhala.pathway.aftercare.migrations."
                        "0006_who_sees_stays_notes_and_the_way_home")  # fmt: skip
NOTE, NOTES, SHARED = _before.NOTE, _before.NOTES, _before.SHARED
HELD = granted(f"{NOTE}.case_id", Purpose.SUPPORT)
OWN = f"{NOTES} or {NOTE}.written_by_id = {_before.ACTOR} and {HELD}"


def _ruled(own: str) -> str:
    return f"""
alter policy by_grant on {NOTE} using ({own} or {SHARED});
alter policy of_the_house on {NOTE} with check ({own});
alter policy chosen on {NOTE} using ({own}) with check ({own});
"""


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0008_an_open_stay_is_told")]
    operations = [migrations.RunSQL(_ruled(OWN), _ruled(NOTES))]
