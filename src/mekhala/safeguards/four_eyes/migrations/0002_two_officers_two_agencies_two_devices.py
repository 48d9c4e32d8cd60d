"""The database holds the rules of two, whatever the application says.

Who asks does so in their own name and agency; who answers is another officer, of another agency,
in a role that may, in another browser, in time; an answer is given once and a signature is used
once. A request is there for who asked and for those who may answer it: of a file, only for those
to whom the file is open.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
RULES = f"""
create function four_eyes_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor bigint := {ACTOR};
  me public.access_officer;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select * into me from public.access_officer where id = actor and is_active;
  if tg_op = 'INSERT' then
    if new.asked_by_id is distinct from me.id or new.asked_agency_id is distinct from me.agency_id
       or new.answer <> 'waiting' or new.answered_by_id is not null or new.done_at is not null
       or new.until > new.asked_at + interval '72 hours'
       or abs(extract(epoch from clock_timestamp() - new.asked_at)) > 300 then
      raise insufficient_privilege using
        message = 'a second signature is asked for in one''s own name, for 72 hours';
    end if;
    return new;
  end if;
  if old.answer <> 'waiting' then
    if (new.answer, new.answered_by_id, new.answered_agency_id, new.answered_at,
        new.answered_device, new.answered_because)
       is distinct from (old.answer, old.answered_by_id, old.answered_agency_id, old.answered_at,
        old.answered_device, old.answered_because) then
      raise insufficient_privilege using message = 'a second signature is answered once';
    end if;
    if old.done_at is not null or old.answer <> 'agreed'
       or coalesce(actor, -1) not in (old.asked_by_id, old.answered_by_id) then
      raise insufficient_privilege using message = 'a second signature is used once';
    end if;
    return new;
  end if;
  if new.answered_by_id is distinct from me.id or new.answered_agency_id is distinct from
     me.agency_id or clock_timestamp() >= old.until or new.done_at is not null
     or abs(extract(epoch from clock_timestamp() - new.answered_at)) > 300 then
    raise insufficient_privilege using
      message = 'a second signature is answered in one''s own name, in time';
  end if;
  if new.answer = 'taken_back' and me.id = old.asked_by_id then return new; end if;
  if new.answer in ('agreed', 'refused') and me.role = any(old.answer_roles) then
    return new;
  end if;
  raise insufficient_privilege using message = 'this officer does not answer here';
end $$;
create trigger rules before insert or update on four_eyes_secondsignature
  for each row execute function four_eyes_rules();

alter table four_eyes_secondsignature enable row level security;
alter table four_eyes_secondsignature force row level security;
create policy two on four_eyes_secondsignature to mekhala_app
  using (asked_by_id = (select {ACTOR}) or exists (
    select 1 from access_officer me
    where me.id = (select {ACTOR}) and me.is_active and me.role = any(answer_roles)
      and me.agency_id <> asked_agency_id
      and (not on_file or exists (select 1 from access_grant g where g.officer_id = me.id
        and g.file_number = subject and g.until > now()))));
create policy maintenance on four_eyes_secondsignature to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
revoke update, delete, truncate on four_eyes_secondsignature from mekhala_app;
grant update (answer, answered_by_id, answered_agency_id, answered_at, answered_device,
  answered_because, done_at) on four_eyes_secondsignature to mekhala_app;

-- Is there an agreed, unused signature under this act? Asked by triggers of the tables that the
-- act writes to; both officers are in the role given, and neither is the one it is about.
create function four_eyes_signed(of_kind text, of_subject text, wanted jsonb, of_role text,
  about bigint) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (
    select 1 from public.four_eyes_secondsignature s
      join public.access_officer one on one.id = s.asked_by_id
      join public.access_officer two on two.id = s.answered_by_id
    where s.kind = of_kind and s.subject = of_subject and s.details @> wanted
      and s.answer = 'agreed' and s.done_at is null
      and two.id = {ACTOR}
      and one.is_active and two.is_active and one.agency_id <> two.agency_id
      and (of_role is null or (one.role = of_role and two.role = of_role))
      and (about is null or about not in (one.id, two.id))
  ) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function four_eyes_signed(text, text, jsonb, text, bigint) from public;
grant execute on function four_eyes_signed(text, text, jsonb, text, bigint) to mekhala_app;
"""
UNDO = """
drop function four_eyes_signed(text, text, jsonb, text, bigint);
drop policy two on four_eyes_secondsignature;
drop policy maintenance on four_eyes_secondsignature;
alter table four_eyes_secondsignature no force row level security;
alter table four_eyes_secondsignature disable row level security;
drop trigger rules on four_eyes_secondsignature;
drop function four_eyes_rules();
grant update, delete on four_eyes_secondsignature to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("four_eyes", "0001_initial"), ("access", "0003_nobody_opens_a_file_to_themselves"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
