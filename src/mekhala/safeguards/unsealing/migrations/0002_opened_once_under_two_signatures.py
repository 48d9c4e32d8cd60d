"""An order is put in one's own name and opened once, under its signature, within a day.

It is there for who decides on or registers the case, and for who supports the person once the
name was opened and the order does not forbid telling. What the application writes is checked
against the signature here as well. Under a ban, who looked is told to the first two only.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import changed_function, granted, open_by_grant

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
HOLDS_NAME = granted("new.number", Purpose.DETERMINATION, Purpose.REGISTRATION,
                     field_class=FieldClass.IDENTITY)
SUPPORTS = granted("unsealing_order.number", Purpose.SUPPORT, field_class=FieldClass.OPEN)
RULES = f"""
create policy told_to_support on unsealing_order for select to mekhala_app
  using (opened_at is not null and (silent_until is null or silent_until < current_date)
    and {SUPPORTS});

create function unsealing_signed(signature bigint, on_number text, of_order bigint)
returns boolean language plpgsql stable {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.four_eyes_secondsignature s
    where s.id = signature and s.kind = 'identity.unseal_for_law' and s.subject = on_number
      and s.details @> jsonb_build_object('order', of_order) and s.answer = 'agreed'
      and s.asked_by_id = {ACTOR} and s.asked_agency_id <> s.answered_agency_id
      and s.answered_at > clock_timestamp() - interval '24 hours') into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function unsealing_signed(bigint, text, bigint) from public;
grant execute on function unsealing_signed(bigint, text, bigint) to mekhala_app;

create function unsealing_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if new.asked_by_id is distinct from {ACTOR} or not {HOLDS_NAME} then
    raise insufficient_privilege using message = 'an order is answered by who holds the name';
  end if;
  if tg_op = 'INSERT' and new.opened_at is null then return new; end if;
  if tg_op = 'UPDATE' and old.opened_at is null
     and abs(extract(epoch from clock_timestamp() - new.opened_at)) <= 300
     and public.unsealing_signed(new.signature_id, new.number, new.id) then
    return new;
  end if;
  raise insufficient_privilege using message = 'a name is opened once, under two signatures';
end $$;
create trigger rules before insert or update on unsealing_order
  for each row execute function unsealing_rules();
revoke update on unsealing_order from mekhala_app;
grant update (opened_at, signature_id, serial) on unsealing_order to mekhala_app;

create function unsealing_leads(on_number text) returns table (officer bigint)
language plpgsql stable {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  if not public.audit_is_open(on_number, array['determination', 'registration']) then return; end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query select distinct g.officer_id from public.access_grant g
    where g.file_number = on_number and g.until > now()
      and g.purpose in ('determination', 'registration');
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function unsealing_leads(text) from public;
grant execute on function unsealing_leads(text) to mekhala_app;
"""
UNDO = """
drop function unsealing_leads(text);
drop trigger rules on unsealing_order;
drop function unsealing_rules();
drop function unsealing_signed(bigint, text, bigint);
drop policy told_to_support on unsealing_order;
grant update on unsealing_order to mekhala_app;
"""
LOOKS = "(e.act = 'case.opened' or"
WITH_NAMES = """(e.act = 'case.opened' or e.act = 'identity.unsealed_for_law'
          and (coalesce(e.details ->> 'silent_until', '') < current_date::text
            or public.audit_is_open(on_number, array['determination', 'registration']))
        or"""


class Migration(migrations.Migration):
    dependencies = [
        ("unsealing", "0001_initial"),
        ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
        ("access", "0004_grants_name_the_classes_they_open"),
        ("audit", "0005_log_read_by_whom_a_file_is_open_to"),
    ]
    operations = [
        open_by_grant("unsealing_order", "number", Purpose.DETERMINATION, Purpose.REGISTRATION,
                      field_class=FieldClass.OPEN),
        migrations.RunSQL(RULES, UNDO),
        changed_function("audit_looks_at(text)", LOOKS, WITH_NAMES),
    ]
