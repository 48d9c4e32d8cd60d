"""A file is handed on by whom it is open to, for what follows from their own purpose.

Nobody opens a file to themselves, prolongs their own grant or opens an ended one again: the one
grant an officer makes for themselves is the first grant there is on a number, when the file is
opened. A purpose goes only to officers in the role it is for. Grants are never taken away, so a
number with no grant is the number of no file.

The question is asked with the rights of the tables' owner, because an officer sees only grants
that concern them; it answers yes or no, and only about the officer who acts.
"""

from django.db import migrations

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULES = f"""
create function access_may_open(on_file text, to_officer bigint, for_purpose text)
returns boolean language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (
    select 1 from public.access_officer me, public.access_officer receiver
    where me.id = {ACTOR} and me.is_active and receiver.id = to_officer and receiver.is_active
      and (for_purpose, receiver.role) in (
        ('first_contact', 'first_responder'), ('first_contact', 'registrar'),
        ('determination', 'authority'), ('registration', 'registrar'),
        ('support', 'provider'), ('justice', 'justice'))
      and case when me.id = receiver.id
        then for_purpose in ('first_contact', 'justice')
          and not exists (select 1 from public.access_grant g where g.file_number = on_file)
        else exists (select 1 from public.access_grant g
          where g.file_number = on_file and g.officer_id = me.id and g.until > now()
            and (g.purpose, for_purpose) in (
              ('first_contact', 'determination'), ('first_contact', 'registration'),
              ('determination', 'determination'), ('determination', 'registration'),
              ('registration', 'determination'), ('registration', 'registration'),
              ('justice', 'justice')))
        end) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function access_may_open(text, bigint, text) from public;
grant execute on function access_may_open(text, bigint, text) to mekhala_app;
drop policy given on access_grant;
create policy given on access_grant for insert to mekhala_app
  with check (granted_by_id = {ACTOR} and access_may_open(file_number, officer_id, purpose));
drop policy ended on access_grant;
create policy ended on access_grant for update to mekhala_app
  using (officer_id = {ACTOR} or granted_by_id = {ACTOR})
  with check (until <= clock_timestamp()
    or granted_by_id = {ACTOR} and access_may_open(file_number, officer_id, purpose));
revoke update on access_grant from mekhala_app;
grant update (granted_at, until) on access_grant to mekhala_app;
"""
UNDO = f"""
drop policy given on access_grant;
create policy given on access_grant for insert to mekhala_app
  with check (granted_by_id = {ACTOR});
drop policy ended on access_grant;
create policy ended on access_grant for update to mekhala_app
  using (officer_id = {ACTOR} or granted_by_id = {ACTOR})
  with check (granted_by_id = {ACTOR} or until <= now());
grant update on access_grant to mekhala_app;
drop function access_may_open(text, bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_grants_seen_by_those_they_concern")]
    operations = [migrations.RunSQL(RULES, UNDO)]
