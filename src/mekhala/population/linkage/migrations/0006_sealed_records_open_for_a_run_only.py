"""Sealed records come in through one function, and are read while their list is open to an officer.

The application neither inserts nor alters a record: ``linkage_keep_records`` does, for a
statistician and a list that is not complete, and answers which rows were there before. A record
and the keys of its list are seen by the statistician to whom the list was opened for a linkage
run or its review (``linkage_listopening``), for a day at most. ``linkage_end_list`` throws the
records and the keys of a list away.
"""

from django.db import migrations

from mekhala.population.linkage import erasure
from mekhala.safeguards.guards import append_only, erasable, erases, guard
from mekhala.safeguards.retention.periods import lay_down

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
COUNTS = f"""exists (select 1 from public.access_officer s where s.id = {ACTOR}
  and s.role = 'statistician' and s.is_active)"""
OPENED = f"""exists (select 1 from linkage_listopening o where o.officer_id = {ACTOR}
  and o.agency_list_id = linkage_listrecord.agency_list_id and o.until > now() offset 0)"""
OPENING = f"linkage_listopening.officer_id = {ACTOR} and {COUNTS} and until <= now() + interval '1 day'"
KEY_OF_OPENED = f"""exists (select 1 from linkage_listopening o
  join linkage_agencylist l on l.id = o.agency_list_id
  where o.officer_id = {ACTOR} and o.until > now() and l.number <> ''
    and l.number = identity_datakey.subject offset 0)"""
POLICY = f"""
revoke insert, update on linkage_listrecord from mekhala_app;
create policy of_a_list_opened on identity_datakey for select to mekhala_app
  using ({KEY_OF_OPENED});
"""
FUNCTIONS = f"""
create function linkage_keep_records(of_list bigint, of_rows int[], digests text[], words bytea[])
returns int[] language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  again int[];
begin
  if not {COUNTS} or not exists (select 1 from public.linkage_agencylist l where l.id = of_list
      and l.completed_at is null and l.number <> '') then
    raise insufficient_privilege using message = 'records are kept by a statistician, in a list being taken';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  with given as (
    select * from unnest(of_rows, digests, words) as g(row, record, said)
  ), kept as (
    insert into public.linkage_listrecord (agency_list_id, row, record, said)
    select of_list, g.row, g.record, g.said from given g order by g.row
    on conflict do nothing returning row
  )
  select coalesce(array_agg(g.row order by g.row), '{{}}') into again
    from given g where not exists (select 1 from kept k where k.row = g.row);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return again;
end $$;
create function linkage_end_list(of_list bigint) returns int language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  gone int;
begin
  if not {COUNTS} then
    raise insufficient_privilege using message = 'lists are ended by statisticians';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  perform set_config('mekhala.erasing', 'on', true);
  delete from public.linkage_listopening where agency_list_id = of_list;
  delete from public.linkage_listrecord where agency_list_id = of_list;
  get diagnostics gone = row_count;
  update public.identity_datakey set form = 'destroyed', wrapped = '' where form <> 'destroyed'
    and subject = (select l.number from public.linkage_agencylist l
      where l.id = of_list and l.number <> '');
  update public.linkage_agencylist set erased_at = clock_timestamp()
    where id = of_list and number <> '' and erased_at is null;
  perform set_config('mekhala.erasing', '', true);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return gone;
end $$;
revoke all on function linkage_keep_records(bigint, int[], text[], bytea[]),
  linkage_end_list(bigint) from public;
grant execute on function linkage_keep_records(bigint, int[], text[], bytea[]),
  linkage_end_list(bigint) to mekhala_app;
"""
UNDO = """
drop policy of_a_list_opened on identity_datakey;
grant insert, update on linkage_listrecord to mekhala_app;
drop function linkage_end_list(bigint);
drop function linkage_keep_records(bigint, int[], text[], bytea[]);
"""


def lay_down_periods(apps, _editor):
    """Give the database the period of the new kind."""
    lay_down(apps.get_model("retention", "Period"))


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0005_records_sealed_for_linkage_runs"),
        ("identity", "0008_names_are_erased"),
        ("retention", "0002_the_database_erases"),
    ]
    operations = [
        append_only("linkage_listopening"),
        erasable("linkage_listopening"),
        guard("linkage_listopening", OPENING),
        guard("linkage_listrecord", OPENED),
        migrations.RunSQL(POLICY + FUNCTIONS, UNDO),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        *erases("linkage", erasure.PARTS),
    ]
