"""A proceeding names a person's case only while the yes to its agency stands (R-13).

When the yes is taken back the link is taken out, in the same transaction, and the agency is told
to stop. The proceeding and what is recorded of the accused stay: they are kept under the law of
criminal procedure, which the person's answer does not change.
"""

from django.db import migrations

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
NEEDS_A_YES = f"""
create function justice_link_needs_a_yes() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  agency text;
begin
  if before = 'on' or new.case_id is null
      or tg_op = 'UPDATE' and new.case_id is not distinct from old.case_id then
    return new;
  end if;
  perform public.consent_hold(new.case_id);
  select a.code into agency from public.agencies_agency a where a.id = new.agency_id;
  if not exists (select 1 from public.consent_standing(
      new.case_id, agency, 'justice', 'story', now()) s where s.yes is not null) then
    raise insufficient_privilege using message = 'no yes stands for this agency';
  end if;
  return new;
end $$;
create trigger needs_a_yes before insert or update of case_id on justice_proceeding
  for each row execute function justice_link_needs_a_yes();
"""
TAKEN_BACK = f"""
create function justice_yes_taken_back() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  linked record;
  why text := 'guardian';
  of_class text := '';
  at timestamptz;
begin
  if before = 'on' then return null; end if;
  if tg_table_name = 'consent_consent' then
    if new.answer = 'given' then return null; end if;
    why := new.answer;
    of_class := new.data_class;
    at := new.asked_at;
  else
    at := new.recorded_at;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  for linked in
    select p.number, a.code from public.justice_proceeding p
      join public.agencies_agency a on a.id = p.agency_id
    where p.case_id = new.case_number order by p.number for update of p
  loop
    -- that a yes has run out since does not undo the link that was made on it
    if not exists (select 1 from public.consent_standing(
        new.case_number, linked.code, 'justice', 'story', '-infinity') s where s.yes is not null)
    then
      update public.justice_proceeding set case_id = null where number = linked.number;
      perform public.consent_tell_to_stop(new.case_number, linked.code, 'justice',
        linked.number, why, new.id, of_class, at);
    end if;
  end loop;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
create trigger c_takes_the_link_out after insert on consent_consent
  for each row execute function justice_yes_taken_back();
create trigger c_takes_the_link_out after insert on consent_guardian
  for each row execute function justice_yes_taken_back();
revoke all on function justice_link_needs_a_yes(), justice_yes_taken_back() from public;
"""

class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0004_rows_by_class"),
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),
    ]
    operations = [migrations.RunSQL(NEEDS_A_YES + TAKEN_BACK)]
