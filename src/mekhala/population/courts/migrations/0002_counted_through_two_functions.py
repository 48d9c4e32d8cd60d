"""The one way from proceedings to counts: two functions that hand over months and codes.

They run with the rights of the tables' owner, answer statisticians only, and give no number of a
file, no name, no day and no place. ``complaint`` is a number made up for the answer: it tells
which accused stand in one complaint. Rows come in random order.

``courts_histories(as_of)``: every accused named in a complaint up to the end of a quarter that is
over: the year of the complaint, months observed, and each rung with whole months since it.
``courts_convictions(last_year)``: everybody convicted in years that are over, by the latest
judgment that nothing replaces: year, codes, months of the longest sentence (counts of one
judgment are served together: Penal Code, Art. 137), what it rested on, and from the checklists of
its hearings whether there was a lawyer (each time), an interpreter (each time), a complainant
(ever), and minutes in all. Unknown is null, never no.
"""

from django.db import migrations

from mekhala.safeguards import guards

OPEN = """
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  found jsonb;
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null and not exists (
    select 1 from public.access_officer o where o.role = 'statistician' and o.is_active
      and o.id = nullif(current_setting('mekhala.officer', true), '')::bigint) then
    raise insufficient_privilege using message = 'courts are counted by statisticians';
  end if;
"""
CLOSE = """
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return coalesce(found, '[]');
end $$;
"""
MONTHS = """
  (extract(year from age({later}, {earlier})) * 12 + extract(month from age({later}, {earlier})))::int
"""
HISTORIES = f"""
create function courts_histories(as_of date) returns jsonb
{OPEN}
  if as_of <> (date_trunc('quarter', as_of) + interval '3 months - 1 day')::date
      or as_of >= (clock_timestamp() at time zone 'Asia/Phnom_Penh')::date then
    raise check_violation using message = 'counted at the end of a quarter that is over';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  select jsonb_agg(jsonb_build_object('year', extract(year from p.complaint_on)::int,
      'complaint', p.place, 'observed', {MONTHS.format(later="as_of", earlier="p.complaint_on")},
      'rungs', coalesce((select jsonb_agg(jsonb_build_array(s.stage,
          greatest({MONTHS.format(later='s."on"', earlier="p.complaint_on")}, 0))
          order by s."on", s.id)
        from public.justice_step s where s.accused_id = a.number and s."on" <= as_of), '[]'))
      order by gen_random_uuid()) into found
    from public.justice_accused a
      join (select number, complaint_on, row_number() over (order by gen_random_uuid()) as place
        from public.justice_proceeding where complaint_on <= as_of
          and public.reading_is_real(number)) p on p.number = a.proceeding_id;
{CLOSE}
"""
CONVICTIONS = f"""
create function courts_convictions(last_year int) returns jsonb
{OPEN}
  if last_year >= extract(year from clock_timestamp() at time zone 'Asia/Phnom_Penh') then
    raise check_violation using message = 'counted for years that are over';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  with told as (
    select v.*, row_number() over (partition by v.charge_id order by v."on" desc, v.id desc) as nth
    from public.justice_verdict v where extract(year from v."on") <= last_year
      and not exists (select 1 from public.justice_verdict n where n.replaces_id = v.id)
  ), judged as (
    select accused_id, max(extract(year from "on"))::int as year,
      case when bool_or(result = 'convicted') then 'convicted' else 'suspended' end as result,
      max(sentence_months) as months,
      (array_agg(statute order by sentence_months desc nulls last, id))[1] as statute,
      (array_agg(article order by sentence_months desc nulls last, id))[1] as article,
      case when bool_or(relied_on is null or relied_on ? 'unknown') then null
        else (select jsonb_agg(distinct kind) from told t, jsonb_array_elements_text(t.relied_on) kind
          where t.nth = 1 and t.accused_id = told.accused_id) end as relied_on
    from told where nth = 1 and result in ('convicted', 'suspended') group by accused_id
  ), seen as (
    select o.accused_id,
      case when bool_or(not o.lawyer) then false when bool_or(o.lawyer is null) then null
        else true end as lawyer,
      case when bool_or(not o.interpreter) then false when bool_or(o.interpreter is null) then null
        else true end as interpreter,
      case when bool_or(o.complainant_present) then true
        when bool_or(o.complainant_present is null) then null else false end as complainant_present,
      case when bool_or(o.minutes is null) then null else sum(o.minutes) end as minutes
    from public.justice_observation o join public.justice_hearing h on h.number = o.hearing_id
    where h.kind in ('trial', 'retrial', 'judgment')
      and not exists (select 1 from public.justice_observation n where n.replaces_id = o.id)
    group by o.accused_id
  )
  select jsonb_agg(jsonb_build_object('complaint', p.place, 'year', j.year, 'result', j.result,
      'months', j.months, 'statute', j.statute, 'article', j.article, 'relied_on', j.relied_on,
      'sex', a.sex, 'age', a.age, 'nationality', a.nationality, 'education', a.education,
      'occupation', a.occupation, 'lawyer', s.lawyer, 'interpreter', s.interpreter,
      'complainant_present', s.complainant_present, 'minutes', s.minutes)
      order by gen_random_uuid()) into found
    from judged j join public.justice_accused a on a.number = j.accused_id
      join (select number, row_number() over (order by gen_random_uuid()) as place
        from public.justice_proceeding where public.reading_is_real(number)) p
        on p.number = a.proceeding_id
      left join seen s on s.accused_id = j.accused_id;
{CLOSE}
"""
GRANTS = """
revoke all on function courts_histories(date), courts_convictions(int) from public;
grant execute on function courts_histories(date), courts_convictions(int) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("courts", "0001_tables_of_defendants"),
        ("justice", "0009_clocks_and_the_gate_ask_the_database"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [
        guards.append_only("courts_sentencingfile"),
        migrations.RunSQL(
            HISTORIES + CONVICTIONS + GRANTS,
            "drop function courts_convictions(int); drop function courts_histories(date)",
        )
    ]
