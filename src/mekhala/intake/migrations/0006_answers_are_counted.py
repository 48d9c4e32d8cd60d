"""Choices are counted as forms are taken over, by agency and version; nobody's answers are kept."""

import django.db.models.deletion
from django.db import migrations, models

from mekhala.safeguards.guards import guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
# Who reads the agency's filled forms anyway, its administrator, and the authority.
RULE = f"""exists (select 1 from access_officer o where o.id = {ACTOR} and (
  o.agency_id = intake_answercount.agency_id and o.role in
    ('first_responder', 'authority', 'registrar', 'provider', 'administrator')
  or o.is_active and o.role = 'authority'))"""


def points_to(model):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_organisations_that_watch_trials"),
        ("intake", "0005_a_hearing_that_was_watched"),
        ("questionnaires", "0014_forms_of_named_agencies"),
    ]
    operations = [
        migrations.AddField("taken", "answers_counted", models.BooleanField(
            default=False, help_text="Its choices stand in AnswerCount")),
        migrations.CreateModel(
            name="AnswerCount",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(
                    help_text="Its path in the form", max_length=300)),
                ("choice", models.CharField(
                    blank=True, help_text="A code of the form itself", max_length=120)),
                ("count", models.PositiveIntegerField()),
                ("agency", points_to("agencies.agency")),
                ("version", points_to("questionnaires.formversion")),
            ],
            options={"constraints": [models.UniqueConstraint(
                fields=("agency", "version", "question", "choice"),
                name="answers_counted_once")]},
        ),
        guard("intake_answercount", RULE),
    ]  # fmt: skip
