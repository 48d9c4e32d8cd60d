"""A referral is of the class open; accepting opens the file as far as the person agreed, no further.

``referral_opens_to_me`` tells the officer who accepted somebody which classes that yes opens, and
on which answer it rests. It answers about nobody else: without an accepted referral there is no
row. The same function bounds what the officer may write into a grant.

So that nobody makes themselves a referral to accept: only who holds the case asks, what was asked
is not turned into something else, and an answer is given once.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import granted

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
HELPING = (Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT)
HELD = granted("referral_referral.case_id", *HELPING, field_class=FieldClass.OPEN)
SEEN = f"""{HELD}
or exists (select 1 from access_officer o join directory_service s on s.agency_id = o.agency_id
  where o.id = {ACTOR} and o.role = 'provider' and s.id = referral_referral.service_id offset 0)
"""
OWN = f"""officer_id = {ACTOR} and granted_by_id = {ACTOR} and purpose = 'support'"""
BOUND = f"""{OWN} and referral_accepted_by_me(file_number) and exists (
  select 1 from referral_opens_to_me(file_number) o where field_classes::text[] <@ o.classes)"""
OPENS = f"""
create function referral_opens_to_me(on_case text)
returns table (classes text[], rests_on bigint) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  if not public.referral_accepted_by_me(on_case) then return; end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    select o.classes || 'open'::text, o.rests_on
    from public.access_officer me join public.agencies_agency a on a.id = me.agency_id,
      public.consent_opens(on_case, a.code, 'support') o
    where me.id = {ACTOR};
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function referral_opens_to_me(text) from public;
grant execute on function referral_opens_to_me(text) to mekhala_app;
alter policy accepted on access_grant with check ({BOUND});
alter policy accepted_again on access_grant using ({OWN}) with check ({BOUND});
"""
ASKED_AND_ANSWERED = f"""
drop policy by_grant on referral_referral;
create policy by_grant on referral_referral for select to mekhala_app using ({SEEN});
create policy asked on referral_referral for insert to mekhala_app with check ({HELD});
create policy answered on referral_referral for update to mekhala_app
  using ({SEEN}) with check ({SEEN});
revoke update on referral_referral from mekhala_app;
grant update (status, answered_by_id, answered_at, decline_reason) on referral_referral
  to mekhala_app;
create function referral_moves_on() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (old.status = 'asked' and new.status in ('accepted', 'declined', 'expired', 'ended')
      or old.status = 'accepted' and new.status = 'ended') then
    raise insufficient_privilege using message = 'a referral is answered once';
  end if;
  return new;
end $$;
create trigger moves_on before update on referral_referral
  for each row execute function referral_moves_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0005_accepting_opens_the_file"),
        ("consent", "0004_what_a_yes_opens"),
    ]
    operations = [
        migrations.RunSQL(ASKED_AND_ANSWERED),
        migrations.RunSQL(OPENS),
    ]
