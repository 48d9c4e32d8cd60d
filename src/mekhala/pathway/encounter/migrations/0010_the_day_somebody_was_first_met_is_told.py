"""The day of the first meeting is told to whom a case is open; of the meeting, nothing else is.

Help is not recorded for a day before anybody met the person, and who helps does not see meetings.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
FIRST = f"""
create function encounter_first_met_on(of_case text) returns date language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer date;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_grant g where g.file_number = of_case
      and g.officer_id = {ACTOR} and g.until > now()) then
    select (min(e.met_at) at time zone 'Asia/Phnom_Penh')::date into answer
      from public.encounter_encounter e where e.case_id = of_case;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function encounter_first_met_on(text) from public;
grant execute on function encounter_first_met_on(text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("encounter", "0009_a_meeting_without_a_screening_says_why")]
    operations = [migrations.RunSQL(FIRST, "drop function encounter_first_met_on(text)")]
