"""What an officer may do changes only under two signatures; closing an account needs one.

A new account, another role or agency, and opening a closed account again need an agreed second
signature of two administrators of two agencies, neither of whom it is about. A user name never
changes. An account is closed by an administrator, not one's own, or by a job of the machinery.
A password is changed by its officer; somebody else can only make it unusable, and an unusable one
becomes usable again through an admission. Whoever is moved loses every live grant.

An admission comes of such a signature; each half of its code is set once, by the administrator it
belongs to; wrong tries are only added to, and what has ended stays ended.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
ADMISSIONS = f"""
create function admission_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor bigint := coalesce({ACTOR}, -1);
  one bigint;
  two bigint;
  name text;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select username into name from public.access_officer where id = new.officer_id;
  select asked_by_id, answered_by_id into one, two from public.four_eyes_secondsignature
    where id = new.signature_id and subject = name
      and kind in ('account.new', 'account.recover');
  if tg_op = 'INSERT' then
    if two is distinct from actor or new.first_half || new.second_half <> '' or new.wrong <> 0
       or not (public.four_eyes_signed('account.new', name, '{{}}'::jsonb, 'administrator', new.officer_id)
         or public.four_eyes_signed('account.recover', name, '{{}}'::jsonb, 'administrator', new.officer_id))
    then
      raise insufficient_privilege using message = 'an admission needs two signatures';
    end if;
    return new;
  end if;
  if (new.first_half <> old.first_half and (old.first_half <> '' or one is distinct from actor))
     or (new.second_half <> old.second_half and (old.second_half <> '' or two is distinct from actor))
     or new.wrong < old.wrong
     or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise insufficient_privilege using message = 'an admission is not changed';
  end if;
  return new;
end $$;
create trigger rules before insert or update on admission_admission
  for each row execute function admission_rules();
revoke update, delete, truncate on admission_admission from mekhala_app;
grant update (first_half, second_half, wrong, ended_at) on admission_admission to mekhala_app;

create function admission_is_open(of_officer bigint) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (select 1 from public.admission_admission a where a.officer_id = of_officer
    and a.ended_at is null and a.wrong < 5 and clock_timestamp() < a.until)
$$;
"""
RULES = f"""
-- Whoever changes post leaves the files of the old one behind.
create function access_end_grants_of(who bigint, name text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if not public.four_eyes_signed('account.move', name, '{{}}'::jsonb, 'administrator', who) then
    raise insufficient_privilege using message = 'grants end with two signatures under a move';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  update public.access_grant set until = greatest(granted_at, now())
    where officer_id = who and until > now();
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function access_end_grants_of(bigint, text) from public;
grant execute on function access_end_grants_of(bigint, text) to mekhala_app;

create function access_officer_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor bigint := {ACTOR};
  place text;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select code into place from public.agencies_agency where id = new.agency_id;
  if tg_op = 'INSERT' then
    if public.four_eyes_signed('account.new', new.username,
         jsonb_build_object('role', new.role, 'agency', place, 'shown_as', new.shown_as),
         'administrator', null)
       and new.is_active and new.password like '!%' then
      return new;
    end if;
    raise insufficient_privilege using message = 'a new account needs two signatures';
  end if;
  if (new.id, new.username, new.shown_as) is distinct from (old.id, old.username, old.shown_as)
  then
    raise insufficient_privilege using message = 'the name of an account never changes';
  end if;
  if (new.role, new.agency_id) is distinct from (old.role, old.agency_id)
     and not public.four_eyes_signed('account.move', new.username,
       jsonb_build_object('role', new.role, 'agency', place), 'administrator', new.id) then
    raise insufficient_privilege using message = 'another role or agency needs two signatures';
  end if;
  if (new.role, new.agency_id) is distinct from (old.role, old.agency_id) then
    perform public.access_end_grants_of(new.id, new.username);
  end if;
  if new.is_active and not old.is_active and not public.four_eyes_signed(
       'account.reopen', new.username, '{{}}'::jsonb, 'administrator', new.id) then
    raise insufficient_privilege using message = 'opening an account again needs two signatures';
  end if;
  if old.is_active and not new.is_active and actor is not null and (actor = new.id or not exists (
       select 1 from public.access_officer me
       where me.id = actor and me.is_active and me.role = 'administrator')) then
    raise insufficient_privilege using message = 'an account is closed by another, an administrator';
  end if;
  if new.password is distinct from old.password and new.password not like '!%' then
    if coalesce(actor, new.id) <> new.id or (old.password like '!%'
       and not public.admission_is_open(new.id)) then
      raise insufficient_privilege using message = 'a password is set by its own officer';
    end if;
  end if;
  return new;
end $$;
create trigger rules before insert or update on access_officer
  for each row execute function access_officer_rules();
revoke delete, truncate on access_officer from mekhala_app;
"""
UNDO_ADMISSIONS = """
drop function admission_is_open(bigint);
drop trigger rules on admission_admission;
drop function admission_rules();
grant update, delete on admission_admission to mekhala_app;
"""
UNDO = """
drop trigger rules on access_officer;
drop function access_officer_rules();
drop function access_end_grants_of(bigint, text);
grant delete on access_officer to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0001_initial"), ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
    ]
    operations = [migrations.RunSQL(ADMISSIONS, UNDO_ADMISSIONS), migrations.RunSQL(RULES, UNDO)]
