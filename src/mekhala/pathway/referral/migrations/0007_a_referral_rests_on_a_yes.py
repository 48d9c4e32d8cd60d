"""A request is made, and a file opened to who accepts it, only while the person's yes stands.

The database asks for the yes itself, under the lock of ``consent_hold``: a request that is kept
holds off the answer that would take the yes back, and that answer, once kept, ends every request
that is still open, frees its place and tells the agency. The grant of who accepts names the yes it
rests on, ends no later than that and carries no class it does not name.

What was answered once is not answered again; only the database takes an open request back.

An agency sees no more of a request that was taken back; the stop that tells it stands apart.
"""

from django.db import migrations, models

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
OWN = f"officer_id = {ACTOR} and granted_by_id = {ACTOR} and purpose = 'support'"
BOUND = f"""{OWN} and referral_accepted_by_me(file_number) and exists (
  select 1 from referral_opens_to_me(file_number) o
  where field_classes::text[] <@ o.classes and consent = o.rests_on and until <= o.ends)"""
RESTS = f"""
drop policy accepted on access_grant;
drop policy accepted_again on access_grant;
drop function referral_opens_to_me(text);
create function referral_opens_to_me(on_case text)
returns table (classes text[], rests_on bigint, ends timestamptz) language plpgsql
{AS_OWNER} as $$
declare agency text;
begin
  if not public.referral_accepted_by_me(on_case) then return; end if;
  perform public.consent_hold(on_case);
  select a.code into agency from public.access_officer o
    join public.agencies_agency a on a.id = o.agency_id where o.id = {ACTOR};
  return query
    select array_agg(distinct class), max(c.yes), min(c.ends)
    from public.consent_carried(on_case, agency, 'support', now()) c, unnest(c.classes) class
    having bool_or(c.data_class = 'needs');
end $$;
revoke all on function referral_opens_to_me(text) from public;
grant execute on function referral_opens_to_me(text) to mekhala_app;
drop function consent_opens(text, text, text);
create policy accepted on access_grant for insert to mekhala_app with check ({BOUND});
create policy accepted_again on access_grant for update to mekhala_app
  using ({OWN}) with check ({BOUND});
"""
NEEDS_A_YES = f"""
create function referral_needs_a_yes() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  agency text;
begin
  if before = 'on' then return new; end if;  -- the past of a country, written in one go
  perform public.consent_hold(new.case_id);
  select a.code into agency from public.directory_service s
    join public.agencies_agency a on a.id = s.agency_id where s.id = new.service_id;
  if not exists (select 1 from public.consent_standing(
      new.case_id, agency, 'support', 'needs', now()) s where s.yes is not null) then
    raise insufficient_privilege using message = 'no yes stands for this agency';
  end if;
  return new;
end $$;
create trigger needs_a_yes before insert on referral_referral
  for each row execute function referral_needs_a_yes();
"""
TAKEN_BACK = f"""
create function referral_yes_taken_back() returns trigger language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  open_one record;
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
  for open_one in
    select r.id, r.service_id, a.code from public.referral_referral r
      join public.directory_service s on s.id = r.service_id
      join public.agencies_agency a on a.id = s.agency_id
    where r.case_id = new.case_number and r.status = 'asked'
    order by r.id for update of r
  loop
    if not exists (select 1 from public.consent_standing(
        new.case_number, open_one.code, 'support', 'needs', now()) s where s.yes is not null)
    then
      update public.referral_referral set status = 'withdrawn', answered_at = at
        where id = open_one.id;
      update public.directory_service set places_free = places_free + 1,
        places_held = places_held - 1 where id = open_one.service_id and places_held > 0;
      perform public.consent_tell_to_stop(new.case_number, open_one.code, 'support',
        'R-' || open_one.id, why, new.id, of_class, at);
    end if;
  end loop;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
create trigger b_ends_open_requests after insert on consent_consent
  for each row execute function referral_yes_taken_back();
create trigger b_ends_open_requests after insert on consent_guardian
  for each row execute function referral_yes_taken_back();
revoke all on function referral_needs_a_yes(), referral_yes_taken_back() from public;
"""
MOVES_ON = """
create or replace function referral_moves_on() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (old.status = 'asked' and new.status in ('accepted', 'declined', 'expired', 'ended')
      or old.status = 'accepted' and new.status = 'ended'
      or old.status = 'asked' and new.status = 'withdrawn' and current_user <> 'mekhala_app') then
    raise insufficient_privilege using message = 'a referral is answered once';
  end if;
  return new;
end $$;
"""
NOT_TOLD = f"""
create policy withdrawn_is_not_told on referral_referral as restrictive for select to mekhala_app
  using (status <> 'withdrawn' or exists (select 1 from access_grant g
    where g.officer_id = {ACTOR} and g.file_number = referral_referral.case_id
      and g.purpose in ('first_contact', 'determination', 'registration')
      and g.until > now() offset 0));
"""
STATUS = [
    ("asked", "Asked"), ("accepted", "Accepted"), ("declined", "Declined"),
    ("expired", "No answer"), ("ended", "Ended"), ("withdrawn", "Taken back by the person"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("referral", "0006_acceptance_opens_what_was_agreed"),
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),
    ]
    operations = [
        migrations.AlterField(
            "referral", "status", models.CharField(choices=STATUS, max_length=10)
        ),
        migrations.RunSQL(RESTS + NEEDS_A_YES + TAKEN_BACK + MOVES_ON + NOT_TOLD),
    ]
