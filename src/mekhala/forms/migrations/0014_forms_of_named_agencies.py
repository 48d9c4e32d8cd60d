"""A form is handed out to all agencies, or to those that are named."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL

from mekhala.safeguards.guards import guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
# An agency learns that it is named; who else is, only who hands forms out.
RULE = f"""exists (select 1 from access_officer o where o.id = {ACTOR}
  and (o.agency_id = questionnaires_formuse.agency_id
    or o.is_active and o.role in ('administrator', 'authority')))"""
ENDED_ONCE = """
create trigger kept_as_it_came before update of id, form_id, agency_id, named_by_id, named_at
    on questionnaires_formuse
  for each row execute function questionnaires_refuse_rewriting();
create trigger ended_once before update on questionnaires_formuse
  for each row when (old.ended_at is not null)
  execute function questionnaires_refuse_rewriting();
"""


def points_to(model, related="+"):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agencies", "0002_organisations_that_watch_trials"),
        ("questionnaires", "0013_titles_in_languages"),
    ]
    operations = [
        migrations.AddField("form", "for_all", models.BooleanField(
            default=True, help_text="Handed out to every agency; else to those named: FormUse")),
        migrations.CreateModel(
            name="FormUse",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(
                    help_text="None: it is still handed out there", null=True)),
                ("form", points_to("questionnaires.form", "uses")),
                ("agency", points_to("agencies.agency")),
                ("named_by", points_to(settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("form", "agency"),
                name="form_use_named_once")]},
        ),
        guard("questionnaires_formuse", RULE),
        RunSQL(ENDED_ONCE, RunSQL.noop),
    ]  # fmt: skip
