"""The rungs get the codes the ladder is told in, and one may be reached again after a retrial.

What has ended is told by the last rung, no longer by any: a judgment set aside ends nothing.
"""

from django.db import migrations

from mekhala.safeguards.guards import changed_function

CODES = {
    "complained_of": "named", "defendant": "accused", "discontinued": "case_dropped",
    "convicted_final": "convicted", "convicted_appeal_open": "convicted_not_final",
}  # fmt: skip


def renamed(codes):
    """Return the statements that give each step the new code for its old one."""
    cases = " ".join(f"when '{old}' then '{new}'" for old, new in codes.items())
    return f"""
    select set_config('mekhala.maintenance', 'on', true);
    alter table justice_step disable trigger no_change;
    update justice_step set stage = case stage {cases} else stage end;
    set constraints all immediate;
    alter table justice_step enable trigger no_change;
    select set_config('mekhala.maintenance', '', true);
    """


LAST = """not exists (select 1 from public.justice_step l where l.accused_id = s.accused_id
    and (l."on", l.id) > (s."on", s.id))"""
ENDED_BEFORE = """
create or replace function justice_has_ended(accused text) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from justice_step s where s.accused_id = accused
    and s.stage in ('discontinued', 'acquitted', 'convicted_final'))
$$;
"""
ENDED = f"""
create or replace function justice_has_ended(accused text) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from justice_step s where s.accused_id = accused
    and s.stage in ('case_dropped', 'acquitted', 'convicted') and {LAST})
$$;
"""
TIMERS = """join retention_period p on p.kind = case when s.stage in ('discontinued', 'acquitted')
      then 'cleared' when s.stage = 'convicted_final' then 'convicted' end
  where of_number is null or a.number = of_number"""
TIMERS_OF_THE_LAST = f"""join retention_period p on p.kind = case
      when s.stage in ('case_dropped', 'acquitted') then 'cleared'
      when s.stage = 'convicted' then 'convicted'
      when s.stage in ('named', 'suspect') then 'lapsed' end
  where (of_number is null or a.number = of_number) and {LAST}"""


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0006_what_is_recorded_of_an_accused"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        migrations.RunSQL(renamed(CODES), renamed({new: old for old, new in CODES.items()})),
        migrations.RunSQL(ENDED, ENDED_BEFORE),
        changed_function("public.retention_timers(text)", TIMERS, TIMERS_OF_THE_LAST),
    ]
