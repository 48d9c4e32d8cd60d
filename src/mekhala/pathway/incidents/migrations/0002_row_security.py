"""Reports about officials are open by openings of their own, and sealed from whom they are about.

Whoever an opening is given to: an officer of police, border or court, an officer in any role but
those who help, and an officer of the official's own agency is shown no row. Nobody opens a report
to themselves but who takes it down; who reported is opened by itself.
"""

from django.db import migrations

from mekhala.pathway.incidents import erasure
from mekhala.safeguards.guards import append_only, erasable, erases, guard
from mekhala.safeguards.retention.periods import lay_down

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
FIT = """w.is_active and w.role in ('provider', 'registrar')
    and a.kind not in ('police', 'border', 'court')"""


def opened(number, *, reporter=False):
    """Return the rule: an opening of the actor, who is not one the room is sealed from."""
    with_reporter = " and o.reporter" if reporter else ""
    return f"""exists (select 1 from incidents_opening o
      join access_officer w on w.id = o.officer_id join agencies_agency a on a.id = w.agency_id
      where o.incident_id = {number} and o.officer_id = {ACTOR} and o.until > now(){with_reporter}
        and {FIT})"""


INCIDENT = f"""{opened("incidents_incident.number")}
  and (of_agency_id is null or of_agency_id is distinct from
    (select w.agency_id from access_officer w where w.id = {ACTOR}))"""
PARENT = "exists (select 1 from incidents_incident p where p.number = {}.incident_id)"
WITH_INCIDENT = PARENT.format("incidents_route")
REPORTER = f"""{PARENT.format("incidents_reporter")}
  and {opened("incidents_reporter.incident_id", reporter=True)}"""
MAY_OPEN = f"""
create function incidents_may_open(on_incident text, to_officer bigint, with_reporter boolean)
returns boolean language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  actor bigint := {ACTOR};
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.access_officer w
      join public.agencies_agency a on a.id = w.agency_id
      where w.id = to_officer and {FIT}
        and not exists (select 1 from public.incidents_incident i
          where i.number = on_incident and i.of_agency_id = w.agency_id))
    and case when actor = to_officer
      then not exists (select 1 from public.incidents_opening o where o.incident_id = on_incident)
      else exists (select 1 from public.incidents_opening o
        where o.incident_id = on_incident and o.officer_id = actor and o.until > now()
          and (o.reporter or not with_reporter)) end
    into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function incidents_may_open(text, bigint, boolean) from public;
grant execute on function incidents_may_open(text, bigint, boolean) to mekhala_app;
drop policy by_grant on incidents_opening;
create policy own on incidents_opening for select to mekhala_app
  using (officer_id = {ACTOR} or given_by_id = {ACTOR});
create policy given on incidents_opening for insert to mekhala_app
  with check (given_by_id = {ACTOR}
    and incidents_may_open(incident_id, officer_id, reporter));
"""
COUNTED = f"""
create function incidents_counted(out kind text, out province text, out amount numeric,
  out currency text, out body text, out post text, out month text)
returns setof record language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if not exists (select 1 from public.access_officer w
      join public.agencies_agency a on a.id = w.agency_id
      where w.id = {ACTOR} and w.is_active and w.role in ('provider', 'registrar', 'statistician')
        and a.kind not in ('police', 'border', 'court')) then
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query select i.kind::text, i.province_code::text, i.amount, i.currency::text,
    i.body::text, i.post::text, i.month::text from public.incidents_incident i order by random();
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function incidents_counted() from public;
grant execute on function incidents_counted() to mekhala_app;
"""
SEEN = """(exists (select 1 from incidents_incident i where i.number = identity_datakey.subject)
  or exists (select 1 from incidents_reporter r where r.number = identity_datakey.subject))"""
KEYS = f"""
create policy of_an_incident on identity_datakey for select to mekhala_app using ({SEEN});
create policy taken_in_of_an_incident on identity_datakey for update to mekhala_app
  using ({SEEN}) with check ({SEEN});
"""


def lay_down_periods(apps, _editor):
    """Give the database its copy of the file."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
        ("access", "0004_grants_name_the_classes_they_open"),
        ("identity", "0008_keys_of_a_case_are_for_who_helps"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        guard("incidents_opening", f"officer_id = {ACTOR}"),
        guard("incidents_incident", INCIDENT),
        guard("incidents_route", WITH_INCIDENT),
        guard("incidents_reporter", REPORTER),
        migrations.RunSQL(MAY_OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        *[
            append_only(f"incidents_{name}")
            for name in ("opening", "incident", "route", "reporter")
        ],
        *[erasable(f"incidents_{name}") for name in ("incident", "reporter")],
        *erases("incidents", erasure.PARTS),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
    ]
