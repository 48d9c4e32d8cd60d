"""The one way from the register to the counts: a function that hands over bands and no numbers.

It runs with the rights of the tables' owner and returns only what may be counted, so the
application never reads across cases, and the counting rooms never meet a case number.
Profit and sexual aggression are motives, not forms of exploitation, and are not counted as one;
who suffered several forms is counted once, as that.
"""

from django.db import migrations

TAKE = """
create or replace function linkage_take_register(from_year int, to_year int) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare taken int;
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null and not exists (
    select 1 from public.access_officer o where o.role = 'statistician' and o.is_active
      and o.id = nullif(current_setting('mekhala.officer', true), '')::bigint) then
    raise insufficient_privilege using message = 'the register is counted by statisticians';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  delete from public.linkage_registerentry where year between from_year and to_year;
  insert into public.linkage_registerentry (year, sex, age_band, exploitation, province_code)
  select extract(year from r.registered_at at time zone 'Asia/Phnom_Penh')::int,
    c.sex,
    case when c.age is null or c.age_certainty = 'unknown' then 'unknown'
         when c.age < 12 then '0-11' when c.age < 18 then '12-17'
         when c.age < 30 then '18-29' when c.age < 45 then '30-44' else '45+' end,
    (select case count(distinct f.code) when 0 then 'unknown' when 1 then min(f.code)
        else 'several' end
      from public.determination_finding f
      where f.file_id = d.file_id and f.made_out and f.code like 'purpose.%'
        and f.code not in ('purpose.profit', 'purpose.sexual_aggression')),
    coalesce((select left(lpad(e.place_code, 2, '0'), 2) from public.encounter_encounter e
      where e.case_id = c.number order by e.met_at limit 1), '')
  from public.registration_registration r
    join public.encounter_case c on c.number = r.case_id
    join public.determination_decision d on d.id = r.decision_id
  where r.withdrawn_at is null
    and extract(year from r.registered_at at time zone 'Asia/Phnom_Penh')::int
        between from_year and to_year
  order by gen_random_uuid();
  get diagnostics taken = row_count;
  perform set_config('mekhala.maintenance', '', true);
  return taken;
end $$;
revoke all on function linkage_take_register(int, int) from public;
grant execute on function linkage_take_register(int, int) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0001_initial"),
        ("registration", "0002_row_security"),
        ("determination", "0002_row_security"),
        ("encounter", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(TAKE, "drop function linkage_take_register(int, int)")]
