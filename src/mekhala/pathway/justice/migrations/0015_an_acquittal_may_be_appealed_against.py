"""Others than the accused may appeal, and an acquittal may be set aside by a higher court.

While such an appeal is open the file of the acquitted person is not erased: what is to be judged
must still be there. One of which nothing was recorded for as long as a suspicion lapses holds
nothing any more. An appeal of somebody else no longer stills the alarm of the accused's own
time to appeal, nor does one that was replaced.
"""

from django.db import migrations, models

from mekhala.safeguards.guards import changed_function

FILED_BY = [
    ("accused", "The accused"), ("prosecutor", "The prosecutor"),
    ("prosecutor_general", "The prosecutor general at the court of appeal"),
    ("civil_party", "The civil party, about compensation"),
]  # fmt: skip
OUTCOMES = [
    ("upheld", "Judgment upheld"), ("acquitted", "Acquitted"),
    ("convicted", "Acquittal set aside, convicted"), ("changed", "Sentence changed"),
    ("retrial", "Set aside, retrial"), ("withdrawn", "Appeal withdrawn"),
]  # fmt: skip
IS_APPEALED = """
create function justice_is_appealed(of_accused text, of_day date) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from justice_appeal p where p.accused_id = of_accused
    and p.judged_on = of_day and p.filed and p.filed_by not in ('', 'accused')
    and p.outcome in ('', 'retrial')
    and p.recorded_at > clock_timestamp() - make_interval(
      days => (select r.days from retention_period r where r.kind = 'lapsed'))
    and not exists (select 1 from justice_appeal n where n.replaces_id = p.id))
$$;
revoke all on function justice_is_appealed(text, date) from public;
"""
ENDED = "s.stage in ('case_dropped', 'acquitted', 'convicted')"
ENDED_UNLESS_APPEALED = """(s.stage in ('case_dropped', 'convicted')
      or s.stage = 'acquitted' and not public.justice_is_appealed(s.accused_id, s."on"))"""
CLEARED = "when s.stage in ('case_dropped', 'acquitted') then 'cleared'"
CLEARED_UNLESS_APPEALED = """when s.stage = 'case_dropped' or (s.stage = 'acquitted'
        and not public.justice_is_appealed(s.accused_id, s."on")) then 'cleared'"""
STILLED = 'and p.filed and p.judged_on = v."on")'
STILLED_BY_THE_ACCUSED = """and p.filed and p.judged_on = v."on" and p.filed_by in ('', 'accused')
            and not exists (select 1 from public.justice_appeal n where n.replaces_id = p.id))"""


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0014_a_check_holds_for_what_was_known_when_it_was_made"),
        ("questionnaires", "0011_training_and_practice"),
    ]
    operations = [
        migrations.AlterField(
            "appeal", "filed_by",
            models.CharField(
                blank=True, choices=FILED_BY, max_length=20, verbose_name="By whom"
            ),
        ),
        migrations.AlterField(
            "appeal", "outcome",
            models.CharField(
                blank=True, choices=OUTCOMES, max_length=12, verbose_name="Outcome"
            ),
        ),
        migrations.RunSQL(IS_APPEALED, "drop function justice_is_appealed(text, date)"),
        changed_function("public.justice_has_ended(text)", ENDED, ENDED_UNLESS_APPEALED),
        changed_function("public.retention_timers(text)", CLEARED, CLEARED_UNLESS_APPEALED),
        changed_function("public.justice_clocks_running()", STILLED, STILLED_BY_THE_ACCUSED),
    ]  # fmt: skip
