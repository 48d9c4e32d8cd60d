"""Support is counted by one function, which hides what is few before anything leaves it.

It runs with the rights of the tables' owner and answers registrars, statisticians and the
authority. Calendar years of Phnom Penh only: no two counts overlap, so none can be subtracted from
another. What is fewer than ten is hidden, with the smallest of the rest where it could be found by
subtracting (R-09; Hundepool et al., Statistical Disclosure Control (2012), chapter 4). Invented
files are not counted.
"""

from django.db import migrations

TOLD = """
create function aftercare_told(counts int[]) returns int[] language plpgsql immutable
set search_path = pg_catalog, public, pg_temp as $$
declare shown int[] := '{}'; one int; total int := 0; seen int; least int;
begin
  foreach one in array counts loop
    total := total + one;
    shown := array_append(shown, case when one >= 10 then one end);
  end loop;
  loop
    exit when array_position(shown, null) is null;
    select coalesce(sum(x), 0), min(x) into seen, least from unnest(shown) x;
    exit when least is null or total - seen >= 10;
    shown[array_position(shown, least)] := null;
  end loop;
  return shown;
end $$;
"""

STAYS = """
create function aftercare_count_stays(first_day timestamptz, end_day timestamptz)
returns jsonb language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with counted as (
    select kind, count(*)::int as n,
      count(*) filter (where left_at is null)::int as open_now,
      count(*) filter (where left_at is null and look_again_on <= current_date)::int as long_now,
      count(*) filter (where left_at is not null)::int as ended,
      percentile_cont(0.5) within group (order by extract(epoch from left_at - began_at) / 86400)
        filter (where left_at is not null) as median
    from aftercare_stay
    where began_at >= first_day and began_at < end_day and public.reading_is_real(case_id)
    group by kind
  ), told as (
    select c.*, public.aftercare_told(array[ended, long_now, open_now - long_now]) as parts
    from counted c
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', kind,
    'began', case when n >= 10 then n end,
    'ended', case when n >= 10 then parts[1] end,
    'long_now', case when n >= 10 then parts[2] end,
    'median_days', case when ended >= 10 then round(median::numeric, 1) end) order by kind), '[]')
  from told
$$;
"""

FOLLOW_UPS = """
create function aftercare_count_follow_ups(first_day date, end_day date)
returns jsonb language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with due as (
    select f.months, f.outcome, f.housing, f.may_stay, f.work, f.pay_enough, f.feels_safe,
      f.outcome in ('well', 'needs_help', 'closed_at_wish') as met
    from aftercare_followup f join aftercare_supportplan p on p.id = f.plan_id
    where f.due_on >= first_day and f.due_on < least(end_day, current_date + 1)
      and f.months in (3, 6, 12) and public.reading_is_real(p.case_id)
  ), counted as (
    select months, count(*)::int as n,
      count(*) filter (where met)::int as met,
      count(*) filter (where outcome = 'not_met')::int as not_met,
      count(*) filter (where outcome = 'lost')::int as lost,
      count(*) filter (where outcome = 'died')::int as died,
      count(*) filter (where outcome = '')::int as waiting,
      count(*) filter (where met and outcome = 'well')::int as well,
      count(*) filter (where met and housing <> '')::int as housing_asked,
      count(*) filter (where met and housing <> '' and housing not in ('none', 'shelter')
        and may_stay)::int as housing_yes,
      count(*) filter (where met and work <> '')::int as work_asked,
      count(*) filter (where met and work in ('paid', 'own'))::int as work_yes,
      count(*) filter (where met and pay_enough is not null)::int as pay_asked,
      count(*) filter (where met and pay_enough)::int as pay_yes,
      count(*) filter (where met and feels_safe is not null)::int as safe_asked,
      count(*) filter (where met and feels_safe)::int as safe_yes
    from due group by months
  ), told as (
    select c.*, public.aftercare_told(array[met, not_met, lost, died, waiting]) as parts,
      public.aftercare_told(array[housing_yes, housing_asked - housing_yes]) as housing,
      public.aftercare_told(array[work_yes, work_asked - work_yes]) as work,
      public.aftercare_told(array[pay_yes, pay_asked - pay_yes]) as pay,
      public.aftercare_told(array[safe_yes, safe_asked - safe_yes]) as safe
    from counted c
  )
  select coalesce(jsonb_agg(jsonb_build_object('months', months,
    'due', case when n >= 10 then n end,
    'met', case when n >= 10 then parts[1] end, 'not_met', case when n >= 10 then parts[2] end,
    'lost', case when n >= 10 then parts[3] end, 'died', case when n >= 10 then parts[4] end,
    'waiting', case when n >= 10 then parts[5] end,
    'outcomes', jsonb_build_array(
      jsonb_build_object('what', 'housing', 'yes', housing[1],
        'asked', case when housing_asked >= 10 then housing_asked end),
      jsonb_build_object('what', 'work', 'yes', work[1],
        'asked', case when work_asked >= 10 then work_asked end),
      jsonb_build_object('what', 'pay', 'yes', pay[1],
        'asked', case when pay_asked >= 10 then pay_asked end),
      jsonb_build_object('what', 'safety', 'yes', safe[1],
        'asked', case when safe_asked >= 10 then safe_asked end))) order by months), '[]')
  from told
$$;
"""

COUNTED = """
create function aftercare_counted(of_year int) returns jsonb language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  me bigint := nullif(current_setting('mekhala.officer', true), '')::bigint;
  first_day date := make_date(of_year, 1, 1);
  end_day date := make_date(of_year + 1, 1, 1);
  answer jsonb;
begin
  if not exists (select 1 from public.access_officer o where o.id = me and o.is_active
      and o.role in ('registrar', 'statistician', 'authority')) then
    raise insufficient_privilege using message = 'support is counted for those who answer for it';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  answer := jsonb_build_object(
    'stays', public.aftercare_count_stays(
      first_day::timestamp at time zone 'Asia/Phnom_Penh',
      end_day::timestamp at time zone 'Asia/Phnom_Penh'),
    'follow_ups', public.aftercare_count_follow_ups(first_day, end_day));
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
"""

CLOSED = """
revoke all on function aftercare_told(int[]), aftercare_counted(int),
  aftercare_count_stays(timestamptz, timestamptz), aftercare_count_follow_ups(date, date)
  from public;
grant execute on function aftercare_counted(int) to mekhala_app;
"""
UNDO = """
drop function aftercare_counted(int); drop function aftercare_count_follow_ups(date, date);
drop function aftercare_count_stays(timestamptz, timestamptz); drop function aftercare_told(int[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0006_who_sees_stays_notes_and_the_way_home"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [migrations.RunSQL(TOLD + STAYS + FOLLOW_UPS + COUNTED + CLOSED, UNDO)]
