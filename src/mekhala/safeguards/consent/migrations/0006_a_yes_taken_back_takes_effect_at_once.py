"""The database knows which yes stands, and acts on a no in the transaction that keeps it.

``consent_standing`` is the rule of ``core.consent`` (the tests hold the two against each other).
``consent_carried`` tells it to whom the file is open for helping, and to the agency it is about.
``consent_hold`` is the lock: whoever acts on a yes holds it with others until the act is done,
and an answer that takes back waits for them, so that no act rests on a yes that is gone.

When an answer is kept that is no yes, or something new of a guardian, every live grant that rests
on a yes is held against what stands now: closed, or narrowed to it, and the agency is told to
stop (``consent_tell_to_stop``). A yes widens a grant that stands to the classes it names, never its end.
Rooms that act on a yes add a trigger of their own on these two tables.

Nobody opens a file further for themselves: an officer of a house keeps no yes to that house.

Functions run with the rights of the tables' owner; only two are for the application to call.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, guard, open_by_grant

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
HEARD = (Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT)
HEARD_SQL = ", ".join(f"'{p}'" for p in HEARD)

HOLD = f"""
create function consent_hold(on_case text) returns void language plpgsql {AS_OWNER} as $$
begin perform pg_advisory_xact_lock_shared(hashtextextended('consent ' || on_case, 0)); end $$;
create function consent_hold_alone(on_case text) returns void language plpgsql {AS_OWNER} as $$
begin perform pg_advisory_xact_lock(hashtextextended('consent ' || on_case, 0)); end $$;
"""
STANDING = f"""
create function consent_newest(on_case text, to_agency text, for_purpose text, of_class text,
  speakers text[]) returns consent_consent language sql {AS_OWNER} as $$
  select c from public.consent_consent c
  where c.case_number = on_case and c.recipient = to_agency and c.purpose = for_purpose
    and c.data_class in (of_class, 'whole_file') and c.said_by = any(speakers)
  order by c.asked_at desc,
    array_position(array['withdrawn', 'refused', 'given'], c.answer::text), c.id desc
  limit 1
$$;

create function consent_standing(on_case text, to_agency text, for_purpose text, of_class text,
  as_of timestamptz, out yes bigint, out ends timestamptz) language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  own public.consent_consent;
  beside public.consent_consent;
  involved boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  own := public.consent_newest(on_case, to_agency, for_purpose, of_class, array['person']);
  if own.answer = 'given' and own.until > as_of then
    yes := own.id;
    ends := own.until;
    if own.as_child then
      beside := public.consent_newest(
        on_case, to_agency, for_purpose, of_class, array['guardian', 'appointed']);
      select g.involved into involved from public.consent_guardian g
        where g.case_number = on_case order by g.recorded_at desc, g.id desc limit 1;
      if beside.answer = 'given' and beside.until > as_of
          and (beside.said_by = 'appointed' or involved is false) then
        ends := least(own.until, beside.until);
      else
        yes := null;
        ends := null;
      end if;
    end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;

create function consent_classes(of_class text) returns text[] language sql immutable as $$
  select case of_class when 'needs' then array['open'] when 'identity' then
    array['identity', 'open'] when 'story' then array['narrative', 'open']
    else array['location', 'open'] end  -- the rest stands or falls by its own newest answer
$$;

create function consent_carried(on_case text, to_agency text, for_purpose text,
  as_of timestamptz)
returns table (data_class text, yes bigint, ends timestamptz, classes text[])
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  tells boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
      where o.id = {ACTOR} and o.is_active and a.code = to_agency)
    or exists (select 1 from public.access_grant g
      where g.officer_id = {ACTOR} and g.file_number = on_case and g.until > now()
        and g.purpose in ({HEARD_SQL}))
    into tells;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if tells then
    return query select kind, s.yes, s.ends, public.consent_classes(kind)
      from unnest(array['needs', 'identity', 'story', 'whole_file']) as kind,
        lateral public.consent_standing(on_case, to_agency, for_purpose, kind, as_of) s
      where s.yes is not null;
  end if;
end $$;
"""
STOP = f"""
create function consent_tell_to_stop(on_case text, to_agency text, for_purpose text, known_as text,
  why text, cause_id bigint, of_class text, at timestamptz) returns void
language plpgsql {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  insert into public.consent_stop (case_number, recipient, purpose, data_class, because, cause,
    reference, told_at, held)
  values (on_case, to_agency, for_purpose, of_class, why, cause_id, known_as, at, '')
  on conflict on constraint stop_told_once do nothing;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
"""
EFFECT = f"""
create function consent_takes_effect() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  held record;
  carried text[];
  last_day timestamptz;
  why text := 'guardian';
  of_class text := '';
  told_at timestamptz;
begin
  if before = 'on' then return null; end if;  -- the past of a country, written in one go
  if tg_table_name = 'consent_consent' then
    why := new.answer;
    of_class := new.data_class;
    told_at := new.asked_at;
    if new.answer <> 'given' then
      perform public.consent_hold_alone(new.case_number);
    end if;
  else
    told_at := new.recorded_at;
    perform public.consent_hold_alone(new.case_number);
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  for held in
    select g.id, g.field_classes::text[] as had, c.recipient, c.purpose
    from public.access_grant g join public.consent_consent c on c.id = g.consent
    where g.file_number = new.case_number and g.until > now()
    for update of g
  loop
    select array_agg(distinct class), min(s.ends) into carried, last_day
    from unnest(array['needs', 'identity', 'story', 'whole_file']) as kind,
      lateral public.consent_standing(
        new.case_number, held.recipient, held.purpose, kind, now()) s,
      lateral unnest(public.consent_classes(kind)) as class
    where s.yes is not null;
    if not exists (select 1 from public.consent_standing(
        new.case_number, held.recipient, held.purpose, 'needs', now()) s where s.yes is not null)
    then  -- whoever may not know what is needed may know nothing
      carried := null;
    end if;
    if carried is null then
      update public.access_grant
      set granted_at = least(granted_at, now()), until = now() where id = held.id;
    else
      update public.access_grant
      set field_classes = carried, until = least(until, last_day) where id = held.id;
    end if;
    if carried is null or not held.had <@ carried then
      perform public.consent_tell_to_stop(new.case_number, held.recipient, held.purpose,
        new.case_number, why, new.id, of_class, told_at);
    end if;
  end loop;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
create trigger a_takes_effect after insert on consent_consent
  for each row execute function consent_takes_effect();
create trigger a_takes_effect after insert on consent_guardian
  for each row execute function consent_takes_effect();
"""
# What opened classes by the newest answer alone; from now on the rule above decides.
FOLLOWED_BEFORE = """
drop trigger followed_by_grants on consent_consent;
drop function consent_followed_by_grants();
"""
RIGHTS = """
revoke all on function consent_hold(text), consent_hold_alone(text),
  consent_newest(text, text, text, text, text[]),
  consent_standing(text, text, text, text, timestamptz),
  consent_carried(text, text, text, timestamptz),
  consent_tell_to_stop(text, text, text, text, text, bigint, text, timestamptz),
  consent_takes_effect() from public;
grant execute on function consent_hold(text), consent_carried(text, text, text, timestamptz)
  to mekhala_app;
"""
AGENCY = f"""
exists (select 1 from access_officer o join agencies_agency a on a.id = o.agency_id
  where o.id = {ACTOR} and o.is_active and a.code = consent_stop.recipient
    and o.role = case consent_stop.purpose when 'justice' then 'justice' else 'provider' end
  offset 0)
"""
STOP_RULE = f"""
exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = consent_stop.case_number
    and g.purpose in ({HEARD_SQL}) and 'open' = any (g.field_classes) and g.until > now() offset 0)
  or {AGENCY}
"""
STOP_RIGHTS = f"""
revoke insert, update on consent_stop from mekhala_app;
grant update (acknowledged_at, acknowledged_by, held) on consent_stop to mekhala_app;
create policy confirmed_by_whom_it_is_for on consent_stop as restrictive for update to mekhala_app
  using ({AGENCY}) with check ({AGENCY} and acknowledged_by = {ACTOR});
"""

NOT_TO_ONESELF = """
create policy not_to_oneself on consent_consent as restrictive for insert to mekhala_app
  with check (current_user <> 'mekhala_app' or answer <> 'given' or not exists (
    select 1 from access_officer o join agencies_agency a on a.id = o.agency_id
    where o.id = asked_by and o.role = 'provider' and a.code = recipient offset 0));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0005_how_it_was_asked_and_who_was_told_to_stop"),
        ("access", "0004_grants_name_the_classes_they_open"),
    ]
    operations = [
        open_by_grant("consent_guardian", "case_number", *HEARD, field_class=FieldClass.OPEN),
        append_only("consent_guardian"),
        guard("consent_stop", STOP_RULE),
        migrations.RunSQL(STOP_RIGHTS + NOT_TO_ONESELF),
        migrations.RunSQL(HOLD + STANDING + STOP + FOLLOWED_BEFORE + EFFECT + RIGHTS),
    ]
