"""What meetings led to is counted, and nobody can be told from the count.

For a statistician those of all agencies, for who meets people those of their own agency. Counts
below ten are hidden, and a second one where only one would be; how many of an agency's own still
wait is told to it as it is, for that is work to do.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
COUNTED = f"""
create function screening_answered(of_year int) returns table (category text, meetings int)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  own bigint;
  sees_all boolean;
begin
  select o.agency_id, o.role = 'statistician' into own, sees_all from public.access_officer o
    where o.id = {ACTOR} and o.is_active
      and o.role in ('statistician', 'first_responder', 'registrar');
  if own is null then return; end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with told as (
      select case
          when exists (select 1 from public.screening_screening s where s.case_id = e.case_id
            and (s.screened_at >= e.met_at or s.outcome = 'refer')) then 'screened'
          when e.not_screened_because <> '' then e.not_screened_because
          when e.consents_to_go_on is false then 'said_no'
          when c.closed_at is not null then 'closed'
          else 'waiting' end as what
      from public.encounter_encounter e join public.encounter_case c on c.number = e.case_id
      where e.met_at >= make_timestamptz(of_year, 1, 1, 0, 0, 0, 'Asia/Phnom_Penh')
        and e.met_at < make_timestamptz(of_year + 1, 1, 1, 0, 0, 0, 'Asia/Phnom_Penh')
        and (sees_all or e.agency_id = own)
    ), counted as (
      select t.what, count(*)::int as people, t.what = 'waiting' and not sees_all as as_it_is
      from told t group by t.what
    ), ranked as (
      select k.*, k.people < 10 and not k.as_it_is as is_small,
        count(*) filter (where k.people < 10 and not k.as_it_is) over () as small,
        row_number() over (order by k.as_it_is, k.people < 10 desc, k.people, k.what) as place
      from counted k
    )
    select r.what::text, case when r.is_small or (r.small = 1 and r.place = 2 and not r.as_it_is)
      then null else r.people end
    from ranked r order by r.what;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function screening_answered(int) from public;
grant execute on function screening_answered(int) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0005_words_are_erased"),
        ("encounter", "0009_a_meeting_without_a_screening_says_why"),
    ]
    operations = [migrations.RunSQL(COUNTED, "drop function screening_answered(int)")]
