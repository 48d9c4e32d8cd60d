"""For the daily job: open cases in which nobody did anything for long, and who may close them.

The time until erasure begins with the closing, so a case that is forgotten would be kept for ever.
Looking is no doing; what the machinery does by itself is none either. A case nobody may close any
more comes with no officer.
"""

from django.db import migrations

TAKE = """
create function encounter_take_quiet(quiet interval)
returns table (number text, officer bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  since timestamptz := clock_timestamp() - quiet;
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'this is for the daily job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with told as (
      update public.encounter_case c set quiet_told_at = clock_timestamp()
      where c.closed_at is null and c.opened_at < since
        and (c.quiet_told_at is null or c.quiet_told_at < since)
        and not exists (select 1 from public.audit_entry e
          where e.subject = c.number and e.at >= since and e.by is not null
            and e.act <> 'case.opened' and e.act not like '%.shown')
      returning c.number, c.opened_by_id)
    select told.number::text, o.id from told
      left join public.access_grant g on g.file_number = told.number and g.until > now()
        and (g.purpose = 'registration'
          or (g.purpose = 'first_contact' and g.officer_id = told.opened_by_id))
      left join public.access_officer o on o.id = g.officer_id and o.is_active
        and (o.role = 'registrar' or o.id = told.opened_by_id);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function encounter_take_quiet(interval) from public;
grant execute on function encounter_take_quiet(interval) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("encounter", "0006_case_quiet_told_at")]
    operations = [
        migrations.RunSQL(TAKE, "drop function encounter_take_quiet(interval)"),
    ]
