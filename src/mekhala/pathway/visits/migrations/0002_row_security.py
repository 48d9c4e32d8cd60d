"""Visits are there for the organisation that made them, whatever else an officer is given.

Police, border and courts see no row. That a visit led to a case is told with the case. What
is counted of all is told by one function, in provinces and half-years, with its denominators.
"""

from django.db import migrations

from mekhala.pathway.visits import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, erasable, erases, guard, open_by_grant
from mekhala.safeguards.retention.periods import lay_down

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
FITS = """w.is_active and w.role in ('first_responder', 'provider')
    and a.kind in ('first_responder', 'provider')"""
OWN = f"""exists (select 1 from access_officer w join agencies_agency a on a.id = w.agency_id
  where w.id = {ACTOR} and w.agency_id = visits_visit.agency_id and {FITS} offset 0)"""
HALF = """extract(year from v.visited_on)::int || '-'
  || case when extract(month from v.visited_on) <= 6 then 1 else 2 end"""
COUNTED = f"""
create function visits_counted() returns table (province text, half text, made int, let_in int,
  refused int, reported int, led int, seen jsonb) language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  if not exists (select 1 from public.access_officer w
      join public.agencies_agency a on a.id = w.agency_id
      where w.id = {ACTOR} and w.is_active and (w.role = 'statistician' or {FITS})) then
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with told as (
      select v.*, {HALF} as in_half,
        exists (select 1 from public.visits_led l where l.visit_id = v.number) as has_led
      from public.visits_visit v
    ), answers as (
      select t.province_code, t.in_half, a.key as code,
        count(*) filter (where a.value = 'true') as yes,
        count(*) filter (where a.value <> 'null') as known
      from told t, jsonb_each(t.seen) a group by 1, 2, 3
    )
    select t.province_code::text, t.in_half, count(*)::int,
      count(*) filter (where t.entry in ('whole', 'part'))::int,
      count(*) filter (where t.entry = 'refused')::int,
      count(*) filter (where 'reported' = any (t.done))::int,
      count(*) filter (where t.has_led)::int,
      coalesce((select jsonb_object_agg(a.code, jsonb_build_array(a.yes, a.known)) from answers a
        where a.province_code = t.province_code and a.in_half = t.in_half), '{{}}')
    from told t group by t.province_code, t.in_half order by t.in_half desc, t.province_code;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function visits_counted() from public;
grant execute on function visits_counted() to mekhala_app;
"""
SEEN = "exists (select 1 from visits_visit v where v.number = identity_datakey.subject)"
KEYS = f"""
create policy of_a_visit on identity_datakey for select to mekhala_app using ({SEEN});
create policy taken_in_of_a_visit on identity_datakey for update to mekhala_app
  using ({SEEN}) with check ({SEEN});
"""


def lay_down_periods(apps, _editor):
    """Give the database its copy of the file."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
        ("access", "0004_grants_name_the_classes_they_open"),
        ("identity", "0008_keys_of_a_case_are_for_who_helps"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        guard("visits_visit", OWN),
        open_by_grant("visits_led", "case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION,
                      field_class=FieldClass.LOCATION),
        *[append_only(f"visits_{name}") for name in ("visit", "led")],
        *[erasable(f"visits_{name}") for name in ("visit", "led")],
        migrations.RunSQL(
            COUNTED + KEYS,
            "drop policy taken_in_of_a_visit on identity_datakey;"
            "drop policy of_a_visit on identity_datakey; drop function visits_counted()",
        ),
        *erases("visits", erasure.PARTS),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
    ]  # fmt: skip
