"""Rows of support: where somebody stays, a provider's notes, who was named.

A stay tells where a person is: it opens with that class, and to the house itself. A note is its
agency's; others read it while it is shared. Who was named is read by who wrote it down and by
those who hold the case for registration; others who support the person learn a yes or no.

Nobody is noted as sent home past what stands in the way: the database asks again.
"""

from django.db import migrations

from mekhala.pathway.aftercare import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import erases, granted, guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
S, R = Purpose.SUPPORT, Purpose.REGISTRATION


def told(table: str, *purposes: str, of: FieldClass = FieldClass.NARRATIVE, own: str = "") -> str:
    """Return the rule of a table of a case; ``own``: the column of who wrote a row."""
    rule = granted(f"{table}.case_id", *purposes, field_class=of)
    held = granted(f"{table}.case_id", S, R)
    return f"{rule} or {table}.{own} = {ACTOR} and {held}" if own else rule


def of_the_house(table: str, of: FieldClass | None = None) -> str:
    """Return the rule: an officer of the row's agency, to whom the file is open for support."""
    held = granted(f"{table}.case_id", S, field_class=of)
    return f"""{held} and exists (select 1 from access_officer o
      where o.id = {ACTOR} and o.role = 'provider' and o.agency_id = {table}.agency_id offset 0)"""


STAY, NOTE = "aftercare_stay", "aftercare_note"
STAYS = told(STAY, S, R, of=FieldClass.LOCATION, own="recorded_by_id")
SHARED = f"""{NOTE}.shared_at is not null and {NOTE}.taken_back_at is null
  and {granted(f"{NOTE}.case_id", R, field_class=FieldClass.NARRATIVE)}"""
NOTES = of_the_house(NOTE, FieldClass.NARRATIVE)
# Shared notes are read, not written: what others do not own they do not change.
NOTES_READ = f"""
drop policy by_grant on {NOTE};
create policy by_grant on {NOTE} for select to mekhala_app using ({NOTES} or {SHARED});
create policy of_the_house on {NOTE} for insert to mekhala_app with check ({NOTES});
create policy chosen on {NOTE} for update to mekhala_app using ({NOTES}) with check ({NOTES});
revoke update on {NOTE} from mekhala_app;
grant update (shared_at, taken_back_at) on {NOTE} to mekhala_app;
"""
NAMED = f"""
create function aftercare_named_at(of_case text) returns timestamptz language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select max(n.named_at) from public.aftercare_naming n
  where n.case_id = of_case and n.taken_back_at is null and n.kin <> 'neighbour'
$$;
revoke all on function aftercare_named_at(text) from public;
create function aftercare_named_close(of_case text) returns boolean language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean := false;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_grant g where g.file_number = of_case
      and g.officer_id = {ACTOR} and g.until > now()
      and g.purpose in ('support', 'registration')) then
    answer := public.aftercare_named_at(of_case) is not null;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
create function aftercare_way_is_open(of_return bigint) returns boolean language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select r.wants is true and r.ended_at is null and (
      not r.blocks and public.aftercare_named_at(r.case_id) is null
      or r.agreed is true and r.proposed_by_id is not null and r.answered_by_id is not null
        and r.answered_by_id <> r.proposed_by_id
        and r.answered_at >= coalesce(public.aftercare_named_at(r.case_id), r.answered_at))
    into answer
  from public.aftercare_returnhome r where r.id = of_return;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return coalesce(answer, false);
end $$;
create function aftercare_sent_only_if_open() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if tg_op = 'INSERT' then
    if new.gone_on is not null or new.answered_by_id is not null
        or new.proposed_by_id is not null then
      raise insufficient_privilege using message = 'a way home is planned before it is gone';
    end if;
    return new;
  end if;
  if (old.wants, old.blocks, old.case_id, old.kin, old.screened_by_id)
      is distinct from (new.wants, new.blocks, new.case_id, new.kin, new.screened_by_id)
      or old.proposed_by_id is not null and old.proposed_by_id is distinct from new.proposed_by_id
      or old.answered_by_id is not null and (old.answered_by_id, old.agreed)
        is distinct from (new.answered_by_id, new.agreed) then
    raise insufficient_privilege using message = 'what was asked and answered stays';
  end if;
  if new.proposed_by_id is distinct from old.proposed_by_id and new.proposed_by_id <> {ACTOR}
      or new.answered_by_id is distinct from old.answered_by_id
        and new.answered_by_id <> {ACTOR} then
    raise insufficient_privilege using message = 'nobody decides in the name of another';
  end if;
  if new.gone_on is not null and old.gone_on is null
      and not public.aftercare_way_is_open(old.id) then
    raise insufficient_privilege using message = 'something stands in the way of going home';
  end if;
  return new;
end $$;
create trigger sent_only_if_open before insert or update on aftercare_returnhome
  for each row execute function aftercare_sent_only_if_open();
revoke all on function aftercare_named_close(text), aftercare_way_is_open(bigint) from public;
grant execute on function aftercare_named_close(text), aftercare_way_is_open(bigint)
  to mekhala_app;
"""
MONTHS = """
select set_config('mekhala.maintenance', 'on', true);
update aftercare_followup f set months = m
  from aftercare_supportplan p, unnest(array[3, 6, 12]) m
  where p.id = f.plan_id and (p.agreed_on + make_interval(months => m))::date = f.due_on;
select set_config('mekhala.maintenance', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0005_stays_help_given_and_the_way_home"),
        ("access", "0004_grants_name_the_classes_they_open"),
    ]
    operations = [
        guard("aftercare_assessment", told("aftercare_assessment", S, R, own="made_by_id")),
        guard("aftercare_servicegiven", told("aftercare_servicegiven", S, R, of=FieldClass.OPEN)),
        guard(STAY, f"{STAYS} or {of_the_house(STAY)}"),
        guard(NOTE, NOTES),
        migrations.RunSQL(NOTES_READ, migrations.RunSQL.noop),
        guard("aftercare_familytrace", told("aftercare_familytrace", S, R, own="asked_by_id")),
        guard("aftercare_naming", told("aftercare_naming", R, own="named_by_id")),
        guard("aftercare_returnhome", told("aftercare_returnhome", S, R, own="screened_by_id")),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.RunSQL(MONTHS, migrations.RunSQL.noop),
        *erases("aftercare", erasure.PARTS),
    ]
