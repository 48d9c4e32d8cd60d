"""When a step was written down is noted by the database's clock: the time to erasure runs from it.

``justice_runs``: whether a case has a proceeding in which something is still open for an accused.
"""

from django.db import migrations, models

from mekhala.pathway.justice import erasure
from mekhala.safeguards.guards import erases

NOTED = """
create function justice_step_noted() returns trigger language plpgsql as $$
begin
  if current_user = 'mekhala_app' or new.noted_at is null then
    new.noted_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger noted before insert on justice_step
  for each row execute function justice_step_noted();
create function justice_has_ended(accused text) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from justice_step s where s.accused_id = accused
    and s.stage in ('discontinued', 'acquitted', 'convicted_final'))
$$;
create function justice_runs(on_case text) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from justice_proceeding p where p.case_id = on_case and (
    not exists (select 1 from justice_accused a where a.proceeding_id = p.number)
    or exists (select 1 from justice_accused a where a.proceeding_id = p.number
      and not public.justice_has_ended(a.number))))
$$;
revoke all on function justice_has_ended(text), justice_runs(text) from public;
"""
EARLIER = """
select set_config('mekhala.maintenance', 'on', true);
alter table justice_step disable trigger no_change;
update justice_step set noted_at = recorded_at;
set constraints all immediate;
alter table justice_step enable trigger no_change;
select set_config('mekhala.maintenance', '', true);
"""
UNDO = """
drop function justice_runs(text); drop function justice_has_ended(text);
drop trigger noted on justice_step; drop function justice_step_noted();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("justice", "0005_a_link_to_a_person_rests_on_a_yes"),
        ('retention', '0001_initial'),
        ('justice', '0004_rows_by_class'),
    ]

    operations = [
        migrations.AddField(
            model_name='step',
            name='noted_at',
            field=models.DateTimeField(editable=False, help_text="By the database's own clock", null=True),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(NOTED, UNDO),
        *erases("justice", erasure.FIRST_PARTS),
    ]
