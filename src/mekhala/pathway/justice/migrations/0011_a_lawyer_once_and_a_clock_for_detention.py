"""The lawyer of an accused with agency and number at the bar; detention before trial has a clock.

Who was judged is held on the judgment, not before trial; those have no clock here.
"""

import django.db.models.deletion
from django.db import migrations, models

from mekhala.safeguards.guards import changed_function

CLOCKS = [
    ("custody", "Custody"), ("pre_trial", "Detention before trial"), ("appeal", "Appeal"),
]  # fmt: skip
POLICE_ONLY = "select 'custody' as clock, c.id as entry"
BOTH = """select case when c.place = 'police' then 'custody' else 'pre_trial' end as clock,
          c.id as entry"""
WHERE_POLICE = "where c.released_at is null and c.place = 'police'"
WHERE_BOTH = """where c.released_at is null
          and (c.place = 'police' or not exists (select 1 from public.justice_step s
            where s.accused_id = c.accused_id and s.stage in ('convicted_not_final', 'convicted')
              and not exists (select 1 from public.justice_step l where l.accused_id = s.accused_id
                and (l."on", l.id) > (s."on", s.id))))"""
OF_CLOCKS = "public.justice_clocks_running()"


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0010_the_database_holds_the_check_before_a_charge"),
        ("agencies", "0002_organisations_that_watch_trials"),
    ]
    operations = [
        migrations.AddField(
            "counsel", "agency",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="agencies.agency", verbose_name="Organisation",
            ),
        ),
        migrations.AddField(
            "counsel", "bar_number",
            models.CharField(
                blank=True, help_text="Not a name", max_length=30, verbose_name="Number at the bar"
            ),
        ),
        migrations.AlterField(
            "clockalarm", "clock", models.CharField(choices=CLOCKS, max_length=10)
        ),
        migrations.RenameField("appeal", "by", "filed_by"),
        changed_function(OF_CLOCKS, POLICE_ONLY, BOTH),
        changed_function(OF_CLOCKS, WHERE_POLICE, WHERE_BOTH),
    ]  # fmt: skip
