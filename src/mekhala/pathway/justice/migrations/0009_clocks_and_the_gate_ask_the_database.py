"""What the rooms of justice may ask about what they may not see: two functions, two answers.

``justice_clocks_running``: for the job that tells before a limit runs out: custodies nobody has
ended and judgments not yet final, with the officers the proceeding is open to.
``justice_tell_of_clock``: notes that they were told, once for each limit.
``justice_presumption``: whether a person whose case may be named to this agency is presumed to be
a victim: yes, no, or null where no yes of the person stands, which is also the answer for a
number nobody has. Nothing else of the case is told.
"""

from django.db import migrations

AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
NO_OFFICER = """
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'this is for the job, not for an officer';
  end if;
"""
CLOCKS = f"""
create function justice_clocks_running()
returns table (clock text, entry bigint, accused text, proceeding text, since timestamptz,
  extended boolean, was_minor boolean, offence_class text, officers bigint[])
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  {NO_OFFICER}
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with running as (
      select 'custody' as clock, c.id as entry, c.accused_id, c.held_at as since, c.extended,
          c.was_minor, c.offence_class::text as offence_class
        from public.justice_custody c where c.released_at is null and c.place = 'police'
          and not exists (select 1 from public.justice_custody n where n.replaces_id = c.id)
      union all
      select 'appeal', v.id, v.accused_id, v."on"::timestamp at time zone 'Asia/Phnom_Penh',
          null, null, ''
        from public.justice_verdict v where v.final_on is null
          and v.result in ('convicted', 'suspended')
          and not exists (select 1 from public.justice_verdict n where n.replaces_id = v.id)
          and not exists (select 1 from public.justice_appeal p where p.accused_id = v.accused_id
            and p.filed and p.judged_on = v."on"))
    select r.clock, r.entry, r.accused_id::text, a.proceeding_id::text, r.since, r.extended,
        r.was_minor, r.offence_class,
        array(select o.id from public.access_grant g join public.access_officer o
          on o.id = g.officer_id where g.file_number = a.proceeding_id and g.purpose = 'justice'
            and g.until > clock_timestamp() and o.is_active order by o.id)
      from running r join public.justice_accused a on a.number = r.accused_id
      order by r.since, r.entry;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
create function justice_tell_of_clock(of_clock text, of_entry bigint, of_accused text,
  of_limit timestamptz) returns boolean language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  changed integer;
begin
  {NO_OFFICER}
  perform set_config('mekhala.maintenance', 'on', true);
  insert into public.justice_clockalarm (accused_id, clock, entry, limit_at, told_at)
    values (of_accused, of_clock, of_entry, of_limit, clock_timestamp()) on conflict do nothing;
  get diagnostics changed = row_count;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return changed = 1;
end $$;
"""
GATE = f"""
create function justice_presumption(of_case text) returns boolean language plpgsql
{AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  actor bigint := nullif(current_setting('mekhala.officer', true), '')::bigint;
  agency text;
  found boolean;
begin
  select a.code into agency from public.access_officer o
    join public.agencies_agency a on a.id = o.agency_id
    where o.id = actor and o.is_active and o.role = 'justice';
  if agency is null or not exists (select 1 from public.consent_standing(
      of_case, agency, 'justice', 'story', now()) s where s.yes is not null) then
    return null;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  -- the last decision speaks; while none is made, a question that is open or a screening that
  -- led to a referral does
  select d.status in ('PossibleVictimOfTrafficking', 'ActualVictimOfTrafficking') into found
    from public.determination_decision d where d.case_id = of_case order by d.id desc limit 1;
  if found is distinct from true and exists (
      select 1 from public.determination_determinationfile f where f.case_id = of_case
        and not exists (select 1 from public.determination_decision d where d.file_id = f.id))
  then
    found := true;
  end if;
  if found is null then
    found := exists (select 1 from public.screening_screening s where s.case_id = of_case
      and s.outcome in ('refer', 'unsure'));
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return found;
end $$;
revoke all on function justice_clocks_running(), justice_presumption(text),
  justice_tell_of_clock(text, bigint, text, timestamptz) from public;
grant execute on function justice_clocks_running(), justice_presumption(text),
  justice_tell_of_clock(text, bigint, text, timestamptz) to mekhala_app;
"""
UNDO = """
drop function justice_presumption(text);
drop function justice_tell_of_clock(text, bigint, text, timestamptz);
drop function justice_clocks_running();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0008_records_go_with_their_accused"),
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),
        ("determination", "0010_quality_counts_real_people_only"),
        ("screening", "0005_words_are_erased"),
    ]
    operations = [migrations.RunSQL(CLOCKS + GATE, UNDO)]
