"""The ways that cases took are counted: moves between states, days, and how many were late.

One function hands them to the authority and to statisticians, by the year in which cases were
opened. It gives out no case number; what is small is hidden by ``pathway.referral.ways_taken``.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ZONE = "at time zone 'Asia/Phnom_Penh'"
DECIDED = """select k.number, 'recognition', '{state}', {place}, min(d.decided_at),
        bool_or((d.decided_at at time zone 'Asia/Phnom_Penh')::date > f.due_on)
      from cohort k
        join public.determination_determinationfile f on f.case_id = k.number
        join public.determination_decision d on d.file_id = f.id
      where f.stage = '{stage}' and f.asks_again_id is null group by 1"""
FUNCTION = f"""
create function referral_ways_taken(of_year int)
returns table (track text, before text, after text, cases bigint, median_days float8,
  p90_days float8, late bigint)
language plpgsql {AS_OWNER} as $$
declare maintenance text := current_setting('mekhala.maintenance', true);
begin
  if not exists (select 1 from public.access_officer o
      where o.id = {ACTOR} and o.is_active and o.role in ('authority', 'statistician')) then
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with cohort as (
      select c.number, c.closed_at from public.encounter_case c
      where c.opened_at >= make_date(of_year, 1, 1)::timestamp {ZONE}
        and c.opened_at < make_date(of_year + 1, 1, 1)::timestamp {ZONE}
        and c.erased_at is null and c.closed_because <> 'by_mistake'
        and public.reading_is_real(c.number)
    ), met as (
      select k.number, min(e.met_at) as at
      from cohort k join public.encounter_encounter e on e.case_id = k.number group by 1
    ), reached (number, track, state, place, at, is_late) as (
      select m.number, t.name, 'met', 1, m.at, null::boolean
      from met m cross join (values ('recognition'), ('help')) t (name)
      union all select k.number, 'recognition', 'screened', 2, min(s.screened_at), null
      from cohort k join public.screening_screening s on s.case_id = k.number group by 1
      union all select k.number, 'recognition', 'asked', 3, min(f.opened_at), null
      from cohort k join public.determination_determinationfile f on f.case_id = k.number group by 1
      union all {DECIDED.format(state="grounds", place=4, stage="reasonable_grounds")}
      union all {DECIDED.format(state="decided", place=5, stage="conclusive_grounds")}
      union all select k.number, 'recognition', 'registered', 6, r.registered_at, null
      from cohort k join public.registration_registration r on r.case_id = k.number
      union all select k.number, 'help', 'service_asked', 2, min(r.asked_at), null
      from cohort k join public.referral_referral r on r.case_id = k.number group by 1
      union all select k.number, 'help', 'service_agreed', 3, min(r.answered_at), null
      from cohort k join public.referral_referral r on r.case_id = k.number
      where r.status in ('accepted', 'ended') and r.answered_at is not null group by 1
      union all select k.number, 'help', 'arrived', 4, min(r.arrived_at), null
      from cohort k join public.referral_referral r on r.case_id = k.number
      where r.arrived_at is not null group by 1
      union all select k.number, t.name, 'closed', 9, k.closed_at, null
      from cohort k join met m on m.number = k.number
        cross join (values ('recognition'), ('help')) t (name)
      where k.closed_at is not null
    ), moved as (
      select r.track, r.state, r.at, r.is_late,
        lag(r.state) over way as came_from, lag(r.at) over way as came_at,
        lead(r.state) over way as goes_to
      from reached r window way as (partition by r.number, r.track order by r.at, r.place)
    )
    select m.track, m.came_from, m.state, count(*),
      percentile_cont(0.5) within group (order by extract(epoch from m.at - m.came_at) / 86400),
      percentile_cont(0.9) within group (order by extract(epoch from m.at - m.came_at) / 86400),
      count(*) filter (where m.is_late)
    from moved m where m.came_from is not null group by 1, 2, 3
    union all
    select m.track, m.state, '', count(*), null, null, null
    from moved m where m.goes_to is null and m.state <> 'closed' group by 1, 2;
  perform set_config('mekhala.maintenance', coalesce(maintenance, ''), true);
end $$;
revoke all on function referral_ways_taken(int) from public;
grant execute on function referral_ways_taken(int) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0011_the_ministry_decides_on_a_place"),
        ("registration", "0006_the_duty_to_register"),
        ("determination", "0011_words_are_erased"),
        ("screening", "0005_words_are_erased"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "drop function referral_ways_taken(int)")]
