"""A charge that asks for the check before it is refused by the database, too, without one.

Soliciting always asks for it; any charge does against somebody who may be a victim or was under
18, and wherever a check was made. The last check for the article decides: open, or overridden.
"""

from django.db import migrations

HOLD = """
create function justice_charge_after_check() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  said text;
  may_be_victim boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select c.outcome into said from public.justice_gatecheck c
    where c.accused_id = new.accused_id and c.statute = new.statute and c.article = new.article
    order by c.id desc limit 1;
  select a.presumed_victim is true or a.age < 18 into may_be_victim
    from public.justice_accused a where a.number = new.accused_id;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if said in ('open', 'overridden') then
    return new;
  end if;
  if said = 'closed' or may_be_victim is true or (new.statute, new.article) in
      (('KH-LSHTSE-2008', '24'), ('KH-PC-2009', '298')) then
    raise check_violation using constraint = 'charge_after_check',
      message = 'the check before this charge was not made, or does not let it through';
  end if;
  return new;
end $$;
create trigger after_check before insert or update of accused_id, statute, article
  on justice_charge for each row execute function justice_charge_after_check();
revoke all on function justice_charge_after_check() from public;
"""
UNDO = "drop trigger after_check on justice_charge; drop function justice_charge_after_check();"


class Migration(migrations.Migration):
    dependencies = [("justice", "0009_clocks_and_the_gate_ask_the_database")]
    operations = [migrations.RunSQL(HOLD, UNDO)]
