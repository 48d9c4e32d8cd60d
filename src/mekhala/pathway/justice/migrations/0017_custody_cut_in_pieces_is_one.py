"""The job that tells before custody runs out reads all custodies of an accused, and the releases.

Which of them are one stretch is decided by one rule (``core/calendar/stretches``), for the job as
for the pages: a custody that begins where another ended has no limit of its own. What runs is
what ran before: custodies nobody has ended (detention after a judgment has no limit here) and
judgments the accused has not appealed against.
"""

from django.db import migrations

SIGNATURE = "justice_clocks_running()"
TELLS = f"""
drop function {SIGNATURE};
create function {SIGNATURE}
returns table (clock text, entry bigint, accused text, proceeding text, since timestamptz,
  parts jsonb, released_on jsonb, officers bigint[])
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'this is for the job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with running as (
      select case when c.place = 'police' then 'custody' else 'pre_trial' end as clock,
          c.id as entry, c.accused_id, c.held_at as since
        from public.justice_custody c where c.released_at is null
          and (c.place = 'police' or not exists (select 1 from public.justice_step s
            where s.accused_id = c.accused_id and s.stage in ('convicted_not_final', 'convicted')
              and not exists (select 1 from public.justice_step l where l.accused_id = s.accused_id
                and (l."on", l.id) > (s."on", s.id))))
          and not exists (select 1 from public.justice_custody n where n.replaces_id = c.id)
      union all
      select 'appeal', v.id, v.accused_id, v."on"::timestamp at time zone 'Asia/Phnom_Penh'
        from public.justice_verdict v where v.final_on is null
          and v.result in ('convicted', 'suspended')
          and not exists (select 1 from public.justice_verdict n where n.replaces_id = v.id)
          and not exists (select 1 from public.justice_appeal p where p.accused_id = v.accused_id
            and p.filed and p.judged_on = v."on" and p.filed_by in ('', 'accused')
            and not exists (select 1 from public.justice_appeal n where n.replaces_id = p.id)))
    select r.clock, r.entry, r.accused_id::text, a.proceeding_id::text, r.since,
        coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'held_at', c.held_at,
            'released_at', c.released_at, 'place', c.place, 'extended', c.extended,
            'was_minor', c.was_minor, 'offence_class', c.offence_class) order by c.id)
          from public.justice_custody c where c.accused_id = r.accused_id and r.clock <> 'appeal'
            and not exists (select 1 from public.justice_custody n where n.replaces_id = c.id)),
          '[]'),
        coalesce((select jsonb_agg(l."on" order by l.id) from public.justice_release l
          where l.accused_id = r.accused_id and r.clock <> 'appeal'
            and not exists (select 1 from public.justice_release n where n.replaces_id = l.id)),
          '[]'),
        array(select o.id from public.access_grant g join public.access_officer o
          on o.id = g.officer_id where g.file_number = a.proceeding_id and g.purpose = 'justice'
            and g.until > clock_timestamp() and o.is_active order by o.id)
      from running r join public.justice_accused a on a.number = r.accused_id
      order by r.since, r.entry;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function {SIGNATURE} from public;
grant execute on function {SIGNATURE} to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("justice", "0016_reasons_against_a_check_carry_one_charge")]
    operations = [migrations.RunSQL(TELLS, migrations.RunSQL.noop)]
