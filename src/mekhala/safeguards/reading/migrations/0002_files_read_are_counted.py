"""The count of files read, the locks and the invented files are kept by functions.

``reading_look`` notes that a file is asked for and says three things: whether a lock stands, which
limit is passed, whether the file is invented. It does the same work for every file, there or not.
The application can neither read nor reset what it counts. ``reading_lift`` asks again who acts.

Officers whose work is with people may read 60 files an hour and 200 a day (R-09). A limit is a row of
``reading_limit`` with its reason; only the owner of the tables changes one.
"""

from django.db import migrations

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
HELPERS = "A day's work with people is far below; more is somebody who goes through the files."
OTHERS = "This role opens single files only; the limit is the same so that one rule is told to all."
ROLES = {
    "first_responder": HELPERS, "authority": HELPERS, "registrar": HELPERS, "provider": HELPERS,
    "justice": OTHERS, "statistician": OTHERS, "administrator": OTHERS,
}
LIMITS = "".join(
    f"insert into reading_limit (role, per_hour, per_day, because) values ('{role}', 60, 200, '{words}');"
    for role, words in ((role, words.replace("'", "''")) for role, words in ROLES.items())
)
FUNCTIONS = f"""
create function reading_past(who bigint) returns text language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select case
    when count(*) filter (where r.at > clock_timestamp() - interval '1 hour') > min(l.per_hour)
      then 'per_hour'
    when count(*) > min(l.per_day) then 'per_day' end
  from reading_read r join access_officer o on o.id = r.officer_id
    join reading_limit l on l.role = o.role
  where r.officer_id = who and r.at > clock_timestamp() - interval '1 day'
$$;

create function reading_look(who bigint, what_is_read text)
returns table (locked boolean, past text, is_canary boolean) language plpgsql {AS_OWNER} as $$
begin
  perform pg_advisory_xact_lock(1919247972, who::int);
  delete from public.reading_read r
    where r.officer_id = who and r.at < clock_timestamp() - interval '1 day';
  insert into public.reading_read as r (officer_id, what, at)
    values (who, what_is_read, clock_timestamp())
    on conflict (officer_id, what) do update set at = excluded.at;
  return query select
    exists (select 1 from public.reading_lock l where l.officer_id = who and l.lifted_at is null),
    public.reading_past(who),
    exists (select 1 from public.reading_canary c where c.number = what_is_read);
end $$;

create function reading_lock(who bigint) returns void language plpgsql {AS_OWNER} as $$
begin
  insert into public.reading_lock (officer_id, reason, locked_at, because)
    select who, public.reading_past(who), clock_timestamp(), ''
    where public.reading_past(who) is not null
    on conflict do nothing;
end $$;

create function reading_alarm(who bigint, what_is_read text, at_door text) returns bigint
language plpgsql {AS_OWNER} as $$
declare made bigint;
begin
  insert into public.reading_alarm (canary_id, officer_id, door, at)
    select c.number, who, at_door, clock_timestamp() from public.reading_canary c
    where c.number = what_is_read
    returning id into made;
  return made;
end $$;

create function reading_lift(of_lock bigint, said text) returns void
language plpgsql {AS_OWNER} as $$
declare about bigint;
begin
  update public.reading_lock l set lifted_at = clock_timestamp(), lifted_by_id = {ACTOR},
      because = said
    from public.access_officer locked, public.access_officer me
    where l.id = of_lock and l.lifted_at is null and locked.id = l.officer_id
      and me.id = {ACTOR} and me.is_active and me.role in ('administrator', 'authority')
      and me.agency_id <> locked.agency_id and length(said) >= 20
    returning l.officer_id into about;
  if about is null then
    raise insufficient_privilege using message = 'a lock is lifted by another agency, with reasons';
  end if;
  delete from public.reading_read where officer_id = about;
end $$;

-- What is counted counts real people only: totals that cross files ask this.
create function reading_is_real(file_number text) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select 1 from public.reading_canary c where c.number = file_number)
$$;

revoke all on reading_read, reading_canary, reading_alarm from mekhala_app;
revoke insert, update, delete, truncate on reading_limit, reading_lock from mekhala_app;
revoke all on function reading_past(bigint),
  reading_look(bigint, text), reading_lock(bigint), reading_alarm(bigint, text, text),
  reading_lift(bigint, text), reading_is_real(text) from public;
grant execute on function reading_look(bigint, text), reading_lock(bigint),
  reading_alarm(bigint, text, text), reading_lift(bigint, text) to mekhala_app;
"""
UNDO = """
drop function reading_is_real(text); drop function reading_lift(bigint, text);
drop function reading_alarm(bigint, text, text); drop function reading_lock(bigint);
drop function reading_look(bigint, text); drop function reading_past(bigint);
delete from reading_limit;
"""


class Migration(migrations.Migration):
    dependencies = [("reading", "0001_initial"), ("notices", "0002_each_officer_sees_their_own")]
    operations = [migrations.RunSQL(LIMITS + FUNCTIONS, UNDO)]
