"""Trainings are recorded, practice is counted and soon erased; how long a form took is kept.

Practice is there for the agency's administrator and the authority as well: they train. No other
filled form is, beyond who could read it before.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.forms import erasure
from mekhala.safeguards.guards import append_only, changed_function, changed_guard, erases_kind
from mekhala.safeguards.retention.periods import lay_down

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULE = f"""
agency_id = (select o.agency_id from access_officer o where o.id = {ACTOR}
  and o.role in ('first_responder', 'authority', 'registrar', 'provider'))
or exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = questionnaires_submission.case_number
    and g.purpose in ('first_contact', 'determination', 'registration')
    and 'location' = any (g.field_classes) and 'identity' = any (g.field_classes)
    and 'narrative' = any (g.field_classes) and g.until > now() offset 0)
or is_practice and exists (select 1 from access_officer o where o.id = {ACTOR} and o.is_active
  and (o.role = 'authority'
    or o.role = 'administrator' and o.agency_id = questionnaires_submission.agency_id))
"""
BEFORE = (
    "number, version_id, instance_id, xml, sha256, answers, received_at, received_from_id, "
    "agency_id, deprecated_id, is_encrypted, is_practice"
)


def kept(columns):
    return (
        "drop trigger kept_as_it_came on questionnaires_submission;"
        f"create trigger kept_as_it_came before update of {columns}"
        " on questionnaires_submission for each row"
        " execute function questionnaires_refuse_rewriting();"
    )


def lay_down_periods(apps, _editor):
    lay_down(apps.get_model("retention", "Period"))


def officer(related):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related,
        to=settings.AUTH_USER_MODEL,
    )  # fmt: skip


def version(related):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related,
        to="questionnaires.formversion",
    )  # fmt: skip


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questionnaires", "0010_envelopes_wait_to_be_opened"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        migrations.AddField("submission", "took_seconds", models.PositiveIntegerField(
            help_text="From begin to end by the phone's clock; none: the form does not say",
            null=True)),
        migrations.RunSQL(kept(f"{BEFORE}, took_seconds"), kept(BEFORE)),
        migrations.AddConstraint("submission", models.CheckConstraint(
            condition=models.Q(is_practice=False) | models.Q(case_number=""),
            name="practice_of_no_case")),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", key()),
                ("held_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("officer", officer("trainings")),
                ("recorded_by", officer("+")),
                ("version", version("trainings")),
            ],
            options={
                "ordering": ["-held_on", "-id"],
                "constraints": [models.UniqueConstraint(
                    fields=["officer", "version", "held_on"], name="training_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Practised",
            fields=[
                ("id", key()),
                ("finished", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("officer", officer("practised")),
                ("version", version("practised")),
            ],
            options={"constraints": [models.UniqueConstraint(
                fields=["officer", "version"], name="practised_once")]},
        ),
        append_only("questionnaires_training"),
        changed_guard("questionnaires_submission", "by_grant", RULE),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        erases_kind("questionnaires_erase_practice", "practice", erasure.PARTS["practice"]),
        changed_function(
            "retention_timers(text)",
            "case f.state when 'held' then 'held_form' else 'loose_form' end",
            "case when f.is_practice then 'practice' when f.state = 'held' then 'held_form'"
            " else 'loose_form' end",
        ),
    ]  # fmt: skip
