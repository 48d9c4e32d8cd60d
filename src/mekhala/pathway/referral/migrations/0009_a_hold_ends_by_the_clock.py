"""A hold is a row of the directory with its end, and a referral keeps its token.

So a place is given back exactly once, whoever comes first: an answer, the person's no, the job, or
the next who asks after the end. Who asked may see where an accepted house stands; a new place takes
over the old one; who does not answer is woken; a body without an account answers by a link.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import changed_function, granted, guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
OWN = f"""exists (select 1 from access_officer o join directory_service s on s.agency_id = o.agency_id
  where o.id = {ACTOR} and o.role = 'provider' and o.is_active
    and s.id = directory_serviceaddress.service_id offset 0)"""
LEADS_THERE = granted(
    "r.case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION, field_class=FieldClass.LOCATION
)
ENTITLED = f"""exists (select 1 from referral_referral r
  where r.service_id = directory_serviceaddress.service_id and r.status = 'accepted'
    and {LEADS_THERE} offset 0)"""
TOKENS_FOR_WHAT_IS_OPEN = """
select set_config('mekhala.maintenance', 'on', true);
alter table referral_referral disable trigger moves_on;
with open_ones as (
  select r.id, r.service_id, r.status, r.hold_until, gen_random_uuid() as token,
    row_number() over (partition by r.service_id order by r.asked_at, r.id) as n
  from referral_referral r where r.status in ('asked', 'accepted')
), counted as (
  select o.* from open_ones o join directory_service s on s.id = o.service_id
  where o.n <= s.places_held
), kept as (
  insert into directory_hold (id, service_id, places, until)
  select token, service_id, 1, case when status = 'asked' then hold_until end from counted
)
update referral_referral r set hold = c.token from counted c where r.id = c.id;
alter table referral_referral enable trigger moves_on;
select set_config('mekhala.maintenance', '', true);
"""
GIVE_BACK = """
create function referral_give_back(token uuid) returns boolean language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  with gone as (
    delete from public.directory_hold h where h.id = token returning h.service_id, h.places
  )
  update public.directory_service s set places_free = s.places_free + gone.places,
    places_held = s.places_held - gone.places from gone where s.id = gone.service_id;
  return found;
end $$;
revoke all on function referral_give_back(uuid) from public;
"""
EXPIRE = """
create or replace function referral_expire_overdue(as_of timestamptz)
returns table (referral bigint, case_number varchar)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare one record;
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'requests lapse by themselves';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  for one in
    update public.referral_referral r set status = 'expired', answered_at = as_of
    where r.status = 'asked' and r.hold_until <= least(as_of, clock_timestamp())
    returning r.id, r.case_id, r.hold
  loop
    perform public.referral_give_back(one.hold);
    referral := one.id;
    case_number := one.case_id;
    return next;
  end loop;
  perform set_config('mekhala.maintenance', '', true);
end $$;
"""
WAKE = f"""
create function referral_wake(as_of timestamptz)
returns table (referral bigint, case_number varchar, agency bigint, asked_by bigint)
language plpgsql {AS_OWNER} as $$
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'the clock wakes, nobody else';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with woken as (
      update public.referral_referral r set escalated_at = as_of
      where r.status = 'asked' and r.escalated_at is null
        and r.asked_at + (r.hold_until - r.asked_at) / 2 <= least(as_of, clock_timestamp())
      returning r.id, r.case_id, r.service_id, r.asked_by_id
    )
    select w.id, w.case_id, s.agency_id, w.asked_by_id
    from woken w join public.directory_service s on s.id = w.service_id order by w.id;
  perform set_config('mekhala.maintenance', '', true);
end $$;
revoke all on function referral_wake(timestamptz) from public;
grant execute on function referral_wake(timestamptz) to mekhala_app;
"""
MOVED = f"""
create function referral_transferred() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  token uuid;
begin
  if new.transfer_of_id is null or new.status <> 'accepted' or old.status <> 'asked' then
    return null;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  update public.referral_referral r set status = 'ended'
    where r.id = new.transfer_of_id and r.case_id = new.case_id and r.status = 'accepted'
    returning r.hold into token;
  perform public.referral_give_back(token);
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
revoke all on function referral_transferred() from public;
create trigger c_takes_over after update of status on referral_referral
  for each row execute function referral_transferred();
"""
BY_LINK = f"""
create function referral_link_state(of_link text, of_code text, out state text, out of_referral bigint)
language plpgsql {AS_OWNER} as $$
declare way public.referral_referrallink;
begin
  select * into way from public.referral_referrallink l where l.link = of_link for update;
  if way.id is null then state := 'absent'; return; end if;
  if way.wrong >= 5 or way.until <= clock_timestamp() or not exists (
      select 1 from public.referral_referral r where r.id = way.referral_id and r.status = 'asked')
  then state := 'over'; return; end if;
  if way.code <> of_code then
    update public.referral_referrallink l set wrong = l.wrong + 1 where l.id = way.id;
    state := 'wrong';
    return;
  end if;
  state := 'open';
  of_referral := way.referral_id;
end $$;
create function referral_link_is_known(of_link text) returns boolean language plpgsql {AS_OWNER}
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  known boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.referral_referrallink l where l.link = of_link) into known;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return known;
end $$;
create function referral_by_link(of_link text, of_code text)
returns table (state text, service varchar, need varchar, sex varchar, age_band varchar,
  language varchar, requirements varchar[], places smallint, until timestamptz)
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  found_state record;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select * into found_state from public.referral_link_state(of_link, of_code);
  if found_state.state = 'open' then
    update public.referral_referrallink l set opened_at = coalesce(l.opened_at, clock_timestamp())
      where l.link = of_link;
  end if;
  return query
    select found_state.state, s.name, r.need, r.sex, r.age_band, r.language, r.requirements,
      r.places, r.hold_until
    from (select 1) one
      left join public.referral_referral r on r.id = found_state.of_referral
      left join public.directory_service s on s.id = r.service_id;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
create function referral_answer_by_link(
  of_link text, of_code text, accepts boolean, reason text,
  out state text, out referral bigint, out case_number varchar)
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  way record;
  token uuid;
  agency text;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select * into way from public.referral_link_state(of_link, of_code);
  state := way.state;
  if state = 'open' then
    select r.case_id, r.hold, a.code into case_number, token, agency
      from public.referral_referral r join public.directory_service s on s.id = r.service_id
      join public.agencies_agency a on a.id = s.agency_id where r.id = way.of_referral;
    perform public.consent_hold(case_number);
    if accepts and not exists (select 1 from public.consent_standing(
        case_number, agency, 'support', 'needs', now()) s where s.yes is not null) then
      state := 'over';
    elsif accepts then
      update public.directory_hold h set until = null where h.id = token;
      state := case when found then 'accepted' else 'taken' end;
    else
      state := 'declined';
    end if;
    if state in ('accepted', 'declined') then
      update public.referral_referral r set status = state, answered_at = clock_timestamp(),
          decline_reason = case when state = 'declined' then reason else '' end
        where r.id = way.of_referral and r.status = 'asked';
      referral := case when found then way.of_referral end;
      if not found then state := 'over'; end if;
      if state = 'declined' then perform public.referral_give_back(token); end if;
    end if;
  end if;
  if referral is null then case_number := null; end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function referral_link_state(text, text), referral_link_is_known(text),
  referral_by_link(text, text), referral_answer_by_link(text, text, boolean, text) from public;
grant execute on function referral_link_is_known(text), referral_by_link(text, text),
  referral_answer_by_link(text, text, boolean, text) to mekhala_app;
"""
ARRIVED = "grant update (arrived_at) on referral_referral to mekhala_app;"
PARENT = "exists (select 1 from referral_referral p where p.id = {}.referral_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0008_places_by_token_questions_links_and_groups"),
        ("directory", "0004_an_address_is_sealed"),
    ]
    operations = [
        migrations.RunSQL(TOKENS_FOR_WHAT_IS_OPEN, migrations.RunSQL.noop),
        changed_function(
            "referral_moves_on()",
            "if not (old.status = 'asked' and new.status in",
            "if old.status = 'accepted' and new.status = 'accepted' and old.arrived_at is null\n"
            "    and new.arrived_at is not null\n"
            "    or old.status = 'asked' and new.status = 'asked' and old.escalated_at is null\n"
            "    and new.escalated_at is not null and current_user <> 'mekhala_app'\n"
            "  then return new; end if;\n"
            "  if not (old.status = 'asked' and new.status in",
        ),
        migrations.RunSQL(GIVE_BACK + EXPIRE + WAKE + MOVED + BY_LINK + ARRIVED),
        changed_function(
            "referral_yes_taken_back()",
            "select r.id, r.service_id, a.code from",
            "select r.id, r.service_id, r.hold, a.code from",
        ),
        changed_function(
            "referral_yes_taken_back()",
            "update public.directory_service set places_free = places_free + 1,\n"
            "        places_held = places_held - 1 where id = open_one.service_id and"
            " places_held > 0;",
            "perform public.referral_give_back(open_one.hold);",
        ),
        guard("referral_referralquestion", PARENT.format("referral_referralquestion")),
        guard("referral_referrallink", PARENT.format("referral_referrallink")),
        migrations.RunSQL(
            f"drop policy by_grant on directory_serviceaddress;"
            f"create policy by_grant on directory_serviceaddress for select to mekhala_app"
            f"  using (({OWN}) or ({ENTITLED}));"
            f"create policy kept on directory_serviceaddress for insert to mekhala_app"
            f"  with check ({OWN});"
            f"create policy kept_anew on directory_serviceaddress for update to mekhala_app"
            f"  using ({OWN}) with check ({OWN});",
            migrations.RunSQL.noop,
        ),
    ]
