"""A return over a border stops for somebody close who was named, as any way home does.

The answer is a yes or no, to officers to whom the case is open: named, and no two officers have
agreed on a way home since. Whoever was named, and what was said, stays where it is.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
UNDECIDED = f"""
create function aftercare_named_undecided(of_case text) returns boolean language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  named timestamptz;
  answer boolean := false;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_grant g where g.file_number = of_case
      and g.officer_id = {ACTOR} and g.until > now()) then
    named := public.aftercare_named_at(of_case);
    answer := named is not null and not exists (
      select 1 from public.aftercare_returnhome r where r.case_id = of_case
        and r.agreed is true and r.answered_by_id <> r.proposed_by_id and r.answered_at >= named);
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function aftercare_named_undecided(text) from public;
grant execute on function aftercare_named_undecided(text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0009_who_writes_a_note_reads_it")]
    operations = [
        migrations.RunSQL(UNDECIDED, "drop function aftercare_named_undecided(text)"),
    ]
