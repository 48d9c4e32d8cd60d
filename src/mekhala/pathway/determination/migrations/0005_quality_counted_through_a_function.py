"""How well the authority decides, counted without a case: one function that hands over totals.

It runs with the rights of the tables' owner and answers officers of the authority and
statisticians only. The periods are whole months of Phnom Penh. No outcome out of fewer than ten
leaves it. Shares by referring agency and by reader are given for one whole calendar year and for
no other period: no two such counts overlap, so none can be subtracted from another.

What is counted is a question decided in the period. The three functions it is made of are not
the application's to call.
"""

from django.db import migrations

DECIDED = """
create function determination_quality_decided(first_day date, end_day date)
returns table (stage text, status text, days numeric, is_late boolean, is_override boolean,
  readings int, missing jsonb, sources_differ boolean, is_again boolean, is_overturned boolean,
  file_id bigint, case_id text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select f.stage, d.status,
    extract(epoch from d.decided_at - f.opened_at)::numeric / 86400 - coalesce((
      select sum(case c.act when 'resumed' then extract(epoch from c.changed_at)
          when 'paused' then -extract(epoch from c.changed_at) end) / 86400
      from determination_clockchange c where c.file_id = f.id), 0),
    (d.decided_at at time zone 'Asia/Phnom_Penh')::date > f.due_on,
    d.is_override,
    (select count(*)::int from determination_reading r where r.file_id = f.id),
    coalesce(d.outcome->'palermo'->'missing', '[]'),
    coalesce(jsonb_array_length(d.outcome->'sources_differ'), 0) > 0,
    f.asks_again_id is not null,
    coalesce(d.status <> (select old.status from determination_decision old
      where old.id = d.replaces_id), false),
    f.id, f.case_id
  from determination_decision d join determination_determinationfile f on f.id = d.file_id
  where d.decided_at >= first_day::timestamp at time zone 'Asia/Phnom_Penh'
    and d.decided_at < end_day::timestamp at time zone 'Asia/Phnom_Penh'
$$;
"""

BY_STAGE = """
create function determination_quality_by_stage(first_day date, end_day date, today date)
returns jsonb language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with counted as (
    select stage,
      count(*) filter (where not is_again) as decided,
      count(*) filter (where not is_again and status <> 'NotAVictimOfTrafficking') as positive,
      percentile_cont(0.5) within group (order by days) filter (where not is_again) as median,
      percentile_cont(0.9) within group (order by days) filter (where not is_again) as p90,
      count(*) filter (where not is_again and is_late) as late,
      count(*) filter (where not is_again and is_override) as overrides,
      count(*) filter (where not is_again and readings > 2) as further_reader,
      count(*) filter (where not is_again and missing <> '[]') as with_unknown,
      count(*) filter (where not is_again and missing ? 'act') as act_unknown,
      count(*) filter (where not is_again and missing ? 'means') as means_unknown,
      count(*) filter (where not is_again and missing ? 'purpose') as purpose_unknown,
      count(*) filter (where not is_again and sources_differ) as sources_differ,
      count(*) filter (where is_again) as reconsidered,
      count(*) filter (where is_again and is_overturned) as overturned
    from determination_quality_decided(first_day, end_day) group by stage
  ), waiting as (
    select stage,
      count(*) filter (where closed_at is null and exists (
        select 1 from determination_factrequest r
        where r.file_id = f.id and r.ended_at is null)) as for_facts,
      count(*) filter (where closed_at is null and paused_at is null and due_on < today) as overdue,
      count(*) filter (where closed_at is null and paused_at is not null) as paused,
      count(*) filter (where asks_again_id is not null
        and opened_at >= first_day::timestamp at time zone 'Asia/Phnom_Penh'
        and opened_at < end_day::timestamp at time zone 'Asia/Phnom_Penh') as asked_again
    from determination_determinationfile f group by stage
  )
  select jsonb_agg(jsonb_build_object(
    'stage', s.stage,
    'decided', case when c.decided >= 10 then c.decided when c.decided > 0 then null else 0 end,
    'told', case when c.decided >= 10 then jsonb_build_object(
      'positive', c.positive, 'negative', c.decided - c.positive,
      'median_days', round(c.median::numeric, 1), 'p90_days', round(c.p90::numeric, 1),
      'late', c.late, 'overrides', c.overrides, 'further_reader', c.further_reader,
      'with_unknown', c.with_unknown, 'act_unknown', c.act_unknown,
      'means_unknown', c.means_unknown, 'purpose_unknown', c.purpose_unknown,
      'sources_differ', c.sources_differ) end,
    'asked_again', coalesce(w.asked_again, 0),
    'reconsidered', case when c.reconsidered >= 10 then c.reconsidered
      when c.reconsidered > 0 then null else 0 end,
    'overturned', case when c.reconsidered >= 10 then c.overturned end,
    'waiting_for_facts', coalesce(w.for_facts, 0),
    'overdue', coalesce(w.overdue, 0), 'paused', coalesce(w.paused, 0)) order by s.place)
  from (values ('reasonable_grounds', 1), ('conclusive_grounds', 2)) s (stage, place)
    left join counted c on c.stage = s.stage left join waiting w on w.stage = s.stage
$$;
"""

# A row below ten is hidden. One hidden row, or several that are together below ten, could be
# worked out from the total: then the smallest of the others is hidden with them.
HIDDEN = """n < 10 or (rank_of_large = 1 and small_rows > 0 and (small_rows = 1 or small_sum < 10))"""
RANKED = """
    select g.*,
      case when n >= 10 then row_number() over (partition by stage, n >= 10 order by n, id) end
        as rank_of_large,
      count(*) filter (where n < 10) over (partition by stage) as small_rows,
      coalesce(sum(n) filter (where n < 10) over (partition by stage), 0) as small_sum
"""

BY_REFERRER = f"""
create function determination_quality_by_referrer(first_day date, end_day date)
returns jsonb language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with grouped as (
    select d.stage, a.id, a.name, a.name_km, count(*) as n,
      count(*) filter (where d.status <> 'NotAVictimOfTrafficking') as positive
    from determination_quality_decided(first_day, end_day) d
      join lateral (select f.opened_by_id from determination_determinationfile f
        where f.case_id = d.case_id order by f.opened_at, f.id limit 1) first_asked on true
      join access_officer o on o.id = first_asked.opened_by_id
      join agencies_agency a on a.id = o.agency_id
    where not d.is_again group by d.stage, a.id
  ), ranked as ({RANKED} from grouped g), shown as (select *, {HIDDEN} as hidden from ranked)
  select coalesce(jsonb_agg(jsonb_build_object('stage', stage, 'name', name,
    'name_km', name_km, 'decided', case when not hidden then n end,
    'positive', case when not hidden then positive end)
    order by stage desc, name, id), '[]') from shown
$$;
"""

BY_READER = f"""
create function determination_quality_by_reader(first_day date, end_day date, reader bigint)
returns jsonb language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with grouped as (
    select d.stage, o.id, o.shown_as as name, count(*) as n,
      count(*) filter (where r.answer <> 'NotAVictimOfTrafficking') as positive
    from determination_quality_decided(first_day, end_day) d
      join determination_reading r on r.file_id = d.file_id
      join access_officer o on o.id = r.reader_id
    where not d.is_again group by d.stage, o.id
  ), ranked as ({RANKED} from grouped g), shown as (select *, {HIDDEN} as hidden from ranked),
  spread as (
    select stage, min(positive::numeric / n) as lowest, max(positive::numeric / n) as highest,
      percentile_cont(0.5) within group (order by positive::numeric / n) as middle,
      count(*) as readers
    from shown where not hidden group by stage having count(*) >= 3
  )
  select jsonb_build_object(
    'rows', coalesce((select jsonb_agg(jsonb_build_object('stage', stage, 'name', name,
      'is_own', id = reader, 'decided', case when not hidden then n end,
      'positive', case when not hidden then positive end) order by stage desc, name, id)
      from shown), '[]'),
    'spread', coalesce((select jsonb_agg(jsonb_build_object('stage', stage, 'readers', readers,
      'lowest', round(lowest, 3), 'middle', round(middle::numeric, 3),
      'highest', round(highest, 3)) order by stage desc) from spread), '[]'))
$$;
"""

QUALITY = """
create function determination_quality(first_month date, last_month date, today date)
returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  me bigint := nullif(current_setting('mekhala.officer', true), '')::bigint;
  my_role text := (select o.role from public.access_officer o where o.id = me and o.is_active);
  first_day date := date_trunc('month', first_month)::date;
  end_day date := (date_trunc('month', last_month) + interval '1 month')::date;
  is_year boolean := extract(month from first_day) = 1 and end_day = first_day + interval '1 year';
  by_reader jsonb;
  answer jsonb;
begin
  if my_role is null or my_role not in ('authority', 'statistician') then
    raise insufficient_privilege using
      message = 'quality is counted for the authority and for statisticians';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  answer := jsonb_build_object(
    'stages', public.determination_quality_by_stage(first_day, end_day, today));
  if is_year then
    by_reader := public.determination_quality_by_reader(first_day, end_day, me);
    answer := answer || jsonb_build_object(
      'referrers', public.determination_quality_by_referrer(first_day, end_day),
      'readers', case when my_role = 'authority' then by_reader->'rows' end,
      'spread', by_reader->'spread');
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
"""

SIGNATURES = (
    "determination_quality(date, date, date)",
    "determination_quality_by_reader(date, date, bigint)",
    "determination_quality_by_referrer(date, date)",
    "determination_quality_by_stage(date, date, date)",
    "determination_quality_decided(date, date)",
)
CLOSE = "".join(f"revoke all on function {each} from public;" for each in SIGNATURES)
OPEN = f"grant execute on function {SIGNATURES[0]} to mekhala_app;"


class Migration(migrations.Migration):
    dependencies = [
        ("determination", "0004_findings_belong_to_a_telling"),
        ("access", "0003_nobody_opens_a_file_to_themselves"),
        ("agencies", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            DECIDED + BY_STAGE + BY_REFERRER + BY_READER + QUALITY + CLOSE + OPEN,
            "".join(f"drop function {each};" for each in SIGNATURES),
        )
    ]
