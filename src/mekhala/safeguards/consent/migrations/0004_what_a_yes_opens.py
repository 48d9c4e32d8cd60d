"""What of a file the person's standing yes opens to an agency; grants of support follow it at once.

``consent_opens`` is the one place where data classes of a yes become classes of a grant: my needs
open what is open, my name the identity, what happened to me the narrative, my whole file all a
case has. Nobody opens a file further for themselves: a yes that a house's own officer wrote down
opens nothing to that house, and every answer stands under who wrote it. The newest answer about a class, or about the whole file, counts. It runs with the rights
of the tables' owner inside other functions and is not the application's to call.

A grant rests on a yes of its own person and agency that stands. When a house that accepted
somebody is told a new yes or a no, what its grants open changes in the same transaction.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import open_by_class

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
OPENS = """
create function consent_opens(on_case text, to_agency text, for_purpose text)
returns table (classes text[], rests_on bigint) language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  with asked(data_class, class) as (values ('needs', 'open'), ('identity', 'identity'),
      ('story', 'narrative'), ('whole_file', 'location')),
  newest as (
    select a.class, n.* from asked a cross join lateral (
      select c.id, c.answer, c.until from public.consent_consent c
      where c.case_number = on_case and c.recipient = to_agency and c.purpose = for_purpose
        and c.data_class in (a.data_class, 'whole_file')
        and not (c.answer = 'given' and exists (
          select 1 from public.access_officer o join public.agencies_agency h on h.id = o.agency_id
          where o.id = c.asked_by and o.role = 'provider' and h.code = to_agency))
      order by c.asked_at desc, c.id desc limit 1) n)
  select coalesce(array_agg(n.class order by n.class), '{}'), max(n.id) from newest n
  where n.answer = 'given' and (n.until is null or n.until > now())
$$;
revoke all on function consent_opens(text, text, text) from public;
"""
FOLLOWED = f"""
create function consent_followed_by_grants() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  update public.access_grant g
  set field_classes = (select array_agg(distinct class) from unnest(o.classes || 'open'::text) class),
    consent = o.rests_on
  from public.consent_opens(new.case_number, new.recipient, new.purpose) o,
    public.access_officer f join public.agencies_agency a on a.id = f.agency_id
  where g.file_number = new.case_number and g.purpose = 'support' and new.purpose = 'support'
    and g.until > now() and g.granted_by_id = g.officer_id and f.id = g.officer_id
    and a.code = new.recipient;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
revoke all on function consent_followed_by_grants() from public;
create trigger followed_by_grants after insert on consent_consent
  for each row execute function consent_followed_by_grants();
"""
RESTS = f"""
create function consent_borne_by_grant() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  stands boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.consent_consent c, public.access_officer f
      join public.agencies_agency a on a.id = f.agency_id
    where c.id = new.consent and c.answer = 'given' and c.case_number = new.file_number
      and c.purpose = new.purpose and f.id = new.officer_id and a.code = c.recipient) into stands;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if not stands then
    raise insufficient_privilege using
      message = 'a grant rests on a yes of this person to this agency for this purpose';
  end if;
  return null;
end $$;
revoke all on function consent_borne_by_grant() from public;
create constraint trigger rests_on_a_yes after insert or update of consent on access_grant
  for each row when (new.consent is not null) execute function consent_borne_by_grant();
"""
OWN_NAME = """
create policy in_own_name on consent_consent as restrictive for insert to mekhala_app
  with check (current_user <> 'mekhala_app'  -- the owner is a member of it, so meets its policies
    or asked_by = (select nullif(current_setting('mekhala.officer', true), '')::bigint));
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_an_answer_is_known_to_whom_it_was_given"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(
            "consent_consent", "case_number", Purpose.FIRST_CONTACT, Purpose.DETERMINATION,
            Purpose.REGISTRATION, Purpose.SUPPORT, field_class=FieldClass.OPEN,
        ),
        migrations.RunSQL(OPENS + FOLLOWED + RESTS + OWN_NAME),
    ]
