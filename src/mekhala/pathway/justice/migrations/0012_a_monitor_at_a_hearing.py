"""What a trial monitor may do without a proceeding being open: two functions.

``justice_hearings_to_watch``: hearings that are not closed to the public, with the numbers of
their accused; no name, no charge, no case. ``justice_watched``: keeps what a monitor saw at one
of them, once it has begun, for one accused. A corrected form takes the place of the one before.
Both are for officers of an agency that watches trials, and answer nobody else.
"""

from django.db import migrations, models

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
MONITOR = """
  actor bigint := nullif(current_setting('mekhala.officer', true), '')::bigint;
  before text := current_setting('mekhala.maintenance', true);
begin
  if not exists (select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
      where o.id = actor and o.is_active and o.role = 'provider' and a.is_active
        and a.kind = 'observer') then
    raise insufficient_privilege using message = 'this is for monitors of trials';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
"""
END = "perform set_config('mekhala.maintenance', coalesce(before, ''), true);"
SEEN = (
    "posted", "lawyer", "interpreter", "complainant_present", "law_explained", "silence_told",
    "could_question", "intimidating", "person_protected", "judge_doubted", "reasons_given",
)  # fmt: skip
WATCH = f"""
create function justice_hearings_to_watch(since timestamptz)
returns table (number text, kind text, starts_at timestamptz, court text, room text,
  accused text[]) language plpgsql {AS_OWNER} as $$
declare {MONITOR}
  return query
    select h.number::text, h.kind::text, h.starts_at, coalesce(c.name, '')::text, h.room::text,
        array(select a.number::text from public.justice_accused a
          where a.proceeding_id = h.proceeding_id order by a.number)
      from public.justice_hearing h left join public.agencies_agency c on c.id = h.court_id
      where h.is_public is distinct from false and h.put_off_to_id is null
        and h.starts_at >= since
      order by h.starts_at, h.number limit 200;
  {END}
end $$;
create function justice_watched(of_hearing text, of_accused text, of_forms text[], seen jsonb,
  seen_at timestamptz) returns text language plpgsql {AS_OWNER} as $$
declare
  held record;
  one text;
  many integer;
  earlier bigint;
  {MONITOR}
  select h.number, h.proceeding_id into held from public.justice_hearing h
    where h.number = of_hearing and h.is_public is distinct from false
      and h.put_off_to_id is null and h.starts_at <= seen_at;
  if not found then
    {END}
    return 'no_hearing';
  end if;
  select count(*), min(a.number) into many, one from public.justice_accused a
    where a.proceeding_id = held.proceeding_id and (of_accused = '' or a.number = of_accused);
  if many <> 1 then
    {END}
    return 'which_accused';
  end if;
  perform 1 from public.justice_accused a where a.number = one for update;
  select o.id into earlier from public.justice_observation o
    where o.form_number = any (of_forms) and o.accused_id = one
      and not exists (select 1 from public.justice_observation n where n.replaces_id = o.id)
    order by o.id desc limit 1;
  insert into public.justice_observation (accused_id, hearing_id, recorded_by_id, recorded_at,
      replaces_id, seen_by, form_number, note, minutes, {", ".join(SEEN)})
    values (one, of_hearing, actor, seen_at, earlier, 'monitor', of_forms[1], '',
      (seen ->> 'minutes')::smallint, {", ".join(f"(seen ->> '{n}')::boolean" for n in SEEN)});
  {END}
  return one;
end $$;
revoke all on function justice_hearings_to_watch(timestamptz),
  justice_watched(text, text, text[], jsonb, timestamptz) from public;
grant execute on function justice_hearings_to_watch(timestamptz),
  justice_watched(text, text, text[], jsonb, timestamptz) to mekhala_app;
"""
UNDO = """
drop function justice_watched(text, text, text[], jsonb, timestamptz);
drop function justice_hearings_to_watch(timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("justice", "0011_a_lawyer_once_and_a_clock_for_detention")]
    operations = [
        migrations.AddField(
            "observation", "form_number",
            models.CharField(
                blank=True, default="", max_length=20,
                help_text="The filled form of a monitor it was read from",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(WATCH, UNDO),
    ]  # fmt: skip
