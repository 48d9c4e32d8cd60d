"""What of a case is not finished includes a stay: a case is not closed while somebody is there.

Told by code to officers to whom the case is open, as the rest is: never where the person stays.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
STAY = """if exists (select 1 from public.aftercare_stay s
        where s.case_id = of_case and s.left_at is null) then
      answer := answer || 'stay'::text; end if;"""


def _told(stay: str) -> str:
    return f"""
create or replace function aftercare_still_open(of_case text) returns text[] language plpgsql stable
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
    {stay}
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0007_support_counted_through_a_function"),
        ("encounter", "0008_an_open_stay_keeps_a_case_open"),
    ]
    operations = [migrations.RunSQL(_told(STAY), _told(""))]
