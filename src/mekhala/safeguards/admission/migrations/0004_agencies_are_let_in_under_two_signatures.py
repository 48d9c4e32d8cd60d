"""What an agency is decides what its officers may do: nobody adds or changes one alone.

A new agency is what two administrators of two agencies signed, to the letter; only whether it is
open changes afterwards, under two signatures each time; and it is never deleted.
"""

from django.db import migrations

RULES = """
create function agencies_agency_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if tg_op = 'INSERT' then
    if new.is_active and public.four_eyes_signed('agency.new', new.code,
         jsonb_build_object('name', new.name, 'name_km', new.name_km, 'mandate', new.kind,
           'province', new.province_code), 'administrator', null) then
      return new;
    end if;
    raise insufficient_privilege using message = 'a new agency needs two signatures';
  end if;
  if (new.id, new.code, new.name, new.name_km, new.kind, new.province_code)
     is distinct from (old.id, old.code, old.name, old.name_km, old.kind, old.province_code) then
    raise insufficient_privilege using message = 'what an agency is never changes';
  end if;
  if new.is_active <> old.is_active and not public.four_eyes_signed(
       case when new.is_active then 'agency.open' else 'agency.close' end, new.code, '{}'::jsonb,
       'administrator', null) then
    raise insufficient_privilege using message = 'closing or opening an agency needs two signatures';
  end if;
  return new;
end $$;
create trigger rules before insert or update on agencies_agency
  for each row execute function agencies_agency_rules();
revoke delete, truncate on agencies_agency from mekhala_app;
"""
UNDO = """
drop trigger rules on agencies_agency;
drop function agencies_agency_rules();
grant delete on agencies_agency to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0003_halves_are_erased"),
        ("agencies", "0002_organisations_that_watch_trials"),
        ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
