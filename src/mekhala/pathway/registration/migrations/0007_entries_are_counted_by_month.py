"""Entries in the register by month: by who opened the case, form of exploitation, sex and age.

One function hands counts to the ministry that keeps the register, and to nobody else. Who is in
it is counted as in the published table: once a year, without certificates that were withdrawn.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ZONE = "at time zone 'Asia/Phnom_Penh'"
MINISTRY = f"""exists (select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
    where o.id = {ACTOR} and o.is_active and a.is_active and o.role = 'registrar'
      and a.kind = 'social_affairs')"""
FUNCTION = f"""
create function registration_counts(of_year int)
returns table (month int, dimension text, category text, people bigint)
language plpgsql {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  if not {MINISTRY} then return; end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with entered as (
      select extract(month from r.registered_at {ZONE})::int as month, a.code as referrer, c.sex,
        case when c.age is null or c.age_certainty = 'unknown' then 'unknown'
          when c.age < 12 then '0-11' when c.age < 18 then '12-17'
          when c.age < 30 then '18-29' when c.age < 45 then '30-44' else '45+' end as age_band,
        public.determination_form_of(d.case_id, d.decided_at) as exploitation
      from public.registration_registration r
        join public.encounter_case c on c.number = r.case_id
        join public.agencies_agency a on a.id = c.agency_id
        join public.determination_decision d on d.id = r.decision_id
      where r.withdrawn_at is null and public.reading_is_real(c.number)
        and extract(year from r.registered_at {ZONE})::int = of_year
        and not exists (
          select 1 from public.registration_people_of(r.case_id::text) p
            join public.registration_registration first on first.case_id = p.number
          where first.withdrawn_at is null and public.reading_is_real(first.case_id)
            and (first.registered_at, first.number) < (r.registered_at, r.number)
            and extract(year from first.registered_at {ZONE})
              = extract(year from r.registered_at {ZONE}))
    )
    select e.month, k.dimension, k.category::text, count(*)
    from entered e cross join lateral (values ('all', ''), ('referrer', e.referrer),
      ('exploitation', e.exploitation), ('sex', e.sex), ('age_band', e.age_band)
    ) k (dimension, category)
    group by 1, 2, 3;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function registration_counts(int) from public;
grant execute on function registration_counts(int) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0006_the_duty_to_register"),
        ("determination", "0013_the_form_that_is_made_out"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "drop function registration_counts(int)")]
