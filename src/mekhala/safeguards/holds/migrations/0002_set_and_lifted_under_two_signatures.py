"""A hold is set and lifted under two signatures, and never changed otherwise.

It is there for whom the file is open to. Whoever erases asks ``holds_held``, which answers for
every number it is given, and only with numbers: a job to which no file is open must not take it for free.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant

RULES = """
create function holds_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if tg_op = 'INSERT' then
    if new.lifted_at is null and public.four_eyes_signed('hold.set', new.number,
         jsonb_build_object('basis', new.basis), null, null) then
      return new;
    end if;
  elsif old.lifted_at is null and new.lifted_at is not null and public.four_eyes_signed(
       'hold.lift', old.number, jsonb_build_object('hold', old.id), null, null) then
    return new;
  end if;
  raise insufficient_privilege using message = 'a legal hold is set and lifted under two signatures';
end $$;
create trigger rules before insert or update on holds_hold
  for each row execute function holds_rules();
revoke update on holds_hold from mekhala_app;
grant update (lifted_at, lifted_under_id) on holds_hold to mekhala_app;

create function holds_held(numbers text[], at timestamptz) returns setof text
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  return query select distinct h.number::text from public.holds_hold h
    where h.number = any(numbers) and h.lifted_at is null and h.until > at;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function holds_held(text[], timestamptz) from public;
grant execute on function holds_held(text[], timestamptz) to mekhala_app;

-- For the daily job, once for each hold: whom to tell that its review is due within a fortnight.
create function holds_take_reviews(today date) returns table (number text, officer bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'this is for the daily job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with due as (
      update public.holds_hold h set told_at = clock_timestamp()
      where h.lifted_at is null and h.told_at is null and h.until > now()
        and h.review_on <= today + 14
      returning h.number, h.signature_id)
    select due.number::text, unnest(array[s.asked_by_id, s.answered_by_id])
    from due join public.four_eyes_secondsignature s on s.id = due.signature_id;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function holds_take_reviews(date) from public;
grant execute on function holds_take_reviews(date) to mekhala_app;
"""
UNDO = """
drop function holds_take_reviews(date);
drop function holds_held(text[], timestamptz);
drop trigger rules on holds_hold;
drop function holds_rules();
grant update on holds_hold to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("holds", "0001_initial"), ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
    ]
    operations = [open_by_grant(
        "holds_hold", "number", Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.JUSTICE
    ), migrations.RunSQL(RULES, UNDO)]
