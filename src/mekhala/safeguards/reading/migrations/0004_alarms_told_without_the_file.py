"""Alarms are told, and looked into, without the file: by who watches over another agency.

``reading_alarms_waiting`` counts those about one officer that nobody has looked into.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
WATCHES = f"""me.id = {ACTOR} and me.is_active
    and me.role in ('administrator', 'authority') and me.agency_id <> about.agency_id"""
FUNCTIONS = f"""
create function reading_alarms()
returns table (id bigint, officer text, agency text, door text, at timestamptz,
  looked_at timestamptz, looked_by text, words text) language sql stable {AS_OWNER} as $$
  select r.id, about.username::text, a.name::text, r.door::text, r.at, r.looked_at,
    coalesce(b.username, '')::text, r.words::text
  from public.reading_alarm r
    join public.access_officer about on about.id = r.officer_id
    join public.agencies_agency a on a.id = about.agency_id
    join public.access_officer me on {WATCHES}
    left join public.access_officer b on b.id = r.looked_by_id
$$;

create function reading_look_into(alarm bigint, said text) returns text
language sql {AS_OWNER} as $$
  update public.reading_alarm r
    set looked_at = clock_timestamp(), looked_by_id = {ACTOR}, words = btrim(said)
    from public.access_officer about, public.access_officer me
    where r.id = alarm and r.looked_at is null and about.id = r.officer_id and {WATCHES}
      and length(btrim(said)) >= 20
    returning about.username::text
$$;

create function reading_alarms_waiting(who bigint) returns bigint
language sql stable {AS_OWNER} as $$
  select count(*) from public.reading_alarm r where r.officer_id = who and r.looked_at is null
$$;
revoke all on function reading_alarms(), reading_look_into(bigint, text),
  reading_alarms_waiting(bigint) from public;
grant execute on function reading_alarms(), reading_look_into(bigint, text),
  reading_alarms_waiting(bigint) to mekhala_app;

-- A new alarm: nobody has looked into it.
create or replace function reading_alarm(who bigint, what_is_read text, at_door text) returns bigint
language plpgsql {AS_OWNER} as $$
declare made bigint;
begin
  insert into public.reading_alarm (canary_id, officer_id, door, at, words)
    select c.number, who, at_door, clock_timestamp(), '' from public.reading_canary c
    where c.number = what_is_read
    returning id into made;
  return made;
end $$;
"""
UNDO = """
drop function reading_alarms_waiting(bigint); drop function reading_look_into(bigint, text);
drop function reading_alarms();
"""


class Migration(migrations.Migration):
    dependencies = [("reading", "0003_alarms_are_looked_into")]
    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
