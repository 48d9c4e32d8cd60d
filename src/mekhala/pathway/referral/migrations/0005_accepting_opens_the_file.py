"""Who accepts a person opens the file to themselves for support, and nobody else does.

It is asked with the rights of the tables' owner: a policy of the grants that read referrals,
whose own policy reads grants, would ask itself. It answers yes or no about the officer who acts.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
OWN = f"officer_id = {ACTOR} and granted_by_id = {ACTOR} and purpose = 'support'"
RULES = f"""
create function referral_accepted_by_me(on_case text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (
    select 1 from public.referral_referral r
      join public.access_officer o on o.id = r.answered_by_id
    where r.case_id = on_case and r.status = 'accepted' and o.id = {ACTOR}
      and o.role = 'provider' and o.is_active) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function referral_accepted_by_me(text) from public;
grant execute on function referral_accepted_by_me(text) to mekhala_app;
create policy accepted on access_grant for insert to mekhala_app
  with check ({OWN} and referral_accepted_by_me(file_number));
create policy accepted_again on access_grant for update to mekhala_app
  using ({OWN}) with check ({OWN} and referral_accepted_by_me(file_number));
"""
UNDO = """
drop policy accepted on access_grant;
drop policy accepted_again on access_grant;
drop function referral_accepted_by_me(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0004_requests_lapse_by_themselves"),
        ("access", "0003_nobody_opens_a_file_to_themselves"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
