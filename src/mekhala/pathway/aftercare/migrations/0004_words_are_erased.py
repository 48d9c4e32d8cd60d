"""The words of a plan go when their time is over; what of a case is not finished is told by code.

Whoever closes a case need not see the question to the authority or another's referral: only that
there is one. Answered to officers to whom the case is open.
"""

from django.db import migrations

from mekhala.pathway.aftercare import erasure
from mekhala.safeguards.guards import erases

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
STILL_OPEN = f"""
create function aftercare_still_open(of_case text) returns text[] language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer text[] := '{{}}';
begin
  perform set_config('mekhala.maintenance', 'on', true);
  if exists (select 1 from public.access_grant g where g.file_number = of_case
      and g.officer_id = {ACTOR} and g.until > now()) then
    if exists (select 1 from public.determination_determinationfile f
        where f.case_id = of_case and f.closed_at is null) then
      answer := answer || 'question'::text; end if;
    if exists (select 1 from public.referral_referral r
        where r.case_id = of_case and r.status in ('asked', 'accepted')) then
      answer := answer || 'referral'::text; end if;
    if exists (select 1 from public.aftercare_followup u join public.aftercare_supportplan p
        on p.id = u.plan_id where p.case_id = of_case and u.done_on is null) then
      answer := answer || 'follow_up'::text; end if;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function aftercare_still_open(text) from public;
grant execute on function aftercare_still_open(text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0003_goals_are_sealed"), ("aftercare", "0003_rows_by_class"),
        ("retention", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(STILL_OPEN, "drop function aftercare_still_open(text)"),
        *erases("aftercare", erasure.PARTS),
    ]
