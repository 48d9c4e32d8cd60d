"""Each owner answers for itself, once; the body that leads is named under two signatures.

Agreements entered before stand no longer until their owners have answered.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
RULES = f"""
revoke update, delete, truncate on agreements_dataowner from mekhala_app;
grant update (said, reference, by_id, at) on agreements_dataowner to mekhala_app;

create function agreements_owner_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if tg_op = 'UPDATE' and old.said <> '' then
    raise insufficient_privilege using message = 'an owner answers once';
  end if;
  if new.said <> '' and (new.by_id is distinct from {ACTOR} or not exists (
       select 1 from public.access_officer o
       where o.id = new.by_id and o.is_active and o.agency_id = new.agency_id)) then
    raise insufficient_privilege using message = 'an owner answers for itself';
  end if;
  return new;
end $$;
create trigger rules before insert or update on agreements_dataowner
  for each row execute function agreements_owner_rules();

create function agreements_lead_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare code text;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select a.code into code from public.agencies_agency a where a.id = new.agency_id;
  if not public.four_eyes_signed('agreements.lead', 'mechanism',
       jsonb_build_object('agency', code), null, null) then
    raise insufficient_privilege using message = 'who leads is named under two signatures';
  end if;
  return new;
end $$;
create trigger rules before insert on agreements_leadbody
  for each row execute function agreements_lead_rules();
"""
UNDO = """
drop trigger rules on agreements_leadbody;
drop function agreements_lead_rules();
drop trigger rules on agreements_dataowner;
drop function agreements_owner_rules();
grant update, delete, truncate on agreements_dataowner to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_what_each_data_owner_said"),
        ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
