"""Nobody who may be a victim is told as charged before a check: the database holds it, too.

Against somebody presumed a victim, or under 18 at the time, the rung *Charged* is taken only once
the last check for some article lets a charge through and knew what is known now. The rungs above
it are taken only where *Charged* was reached, so that none of them goes round it.
"""

from django.db import migrations

HOLD = """
create function justice_step_after_check() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  may_be_victim boolean;
  let_through boolean;
begin
  if new.stage not in ('charged', 'accused', 'convicted_not_final', 'convicted') then
    return new;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  select a.presumed_victim is true or a.age < 18 into may_be_victim
    from public.justice_accused a where a.number = new.accused_id;
  if may_be_victim is true and new.stage = 'charged' then
    select exists (select 1 from public.justice_accused a
        join lateral (select distinct on (c.statute, c.article) c.* from public.justice_gatecheck c
          where c.accused_id = a.number order by c.statute, c.article, c.id desc) l on true
      where a.number = new.accused_id and l.outcome <> 'closed'
        and not (a.presumed_victim is true and l.presumption is not true)
        and not coalesce(a.age < 18 and l.kind = 'compelled.soliciting'
          and not l.reasons ? 'child', false)) into let_through;
  elsif may_be_victim is true then
    let_through := exists (select 1 from public.justice_step s
      where s.accused_id = new.accused_id and s.stage = 'charged');
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if let_through is false then
    raise check_violation using constraint = 'step_after_check',
      message = 'the check before this step was not made, or does not let a charge through';
  end if;
  return new;
end $$;
create trigger after_check before insert on justice_step
  for each row execute function justice_step_after_check();
revoke all on function justice_step_after_check() from public;
"""
UNDO = "drop trigger after_check on justice_step; drop function justice_step_after_check();"


class Migration(migrations.Migration):
    dependencies = [("justice", "0017_custody_cut_in_pieces_is_one")]
    operations = [migrations.RunSQL(HOLD, UNDO)]
