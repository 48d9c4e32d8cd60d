"""What was written of bodies is never changed; case loads and breaches are counted by agency.

One function hands a statistician counts by agency: cases that it opened, requests to its services,
its duty to register. It gives out no case number; ``overview`` tells no count from one to nine.
"""

from django.db import migrations

from mekhala.safeguards.guards import append_only

APPEND_ONLY = ("bodychange", "target", "reached", "policy", "influence")
ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
FUNCTION = f"""
create function institutions_overview(at_now timestamptz, in_time_from timestamptz)
returns table (agency bigint, open bigint, opened bigint, asked bigint, waiting bigint,
  unanswered bigint, owed bigint, overdue bigint)
language plpgsql {AS_OWNER} as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  if not exists (select 1 from public.access_officer o
      where o.id = {ACTOR} and o.is_active and o.role = 'statistician') then
    return;
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query
    with cases as (
      select c.number, c.agency_id, c.opened_at, c.closed_at from public.encounter_case c
      where c.erased_at is null and c.closed_because <> 'by_mistake'
        and public.reading_is_real(c.number)
    ), load as (
      select c.agency_id, count(*) filter (where c.closed_at is null) as open,
        count(*) filter (where c.opened_at > at_now - interval '1 year') as opened
      from cases c group by 1
    ), requests as (
      select s.agency_id, count(*) filter (where r.asked_at > at_now - interval '1 year') as asked,
        count(*) filter (where r.status = 'asked') as waiting,
        count(*) filter (
          where r.status = 'expired' and r.asked_at > at_now - interval '1 year') as unanswered
      from public.referral_referral r
        join public.directory_service s on s.id = r.service_id
        join cases c on c.number = r.case_id
      group by 1
    ), known as (
      select c.number, c.agency_id, min(s.screened_at) as known_at
      from cases c join public.agencies_agency a on a.id = c.agency_id
        join public.screening_screening s on s.case_id = c.number and s.outcome = 'refer'
      where a.kind in ('first_responder', 'provider')
        and not exists (select 1 from public.registration_announcement n where n.case_id = c.number)
        and not exists (select 1 from public.registration_registration r where r.case_id = c.number)
        and not exists (select 1 from public.determination_decision d
          where d.case_id = c.number and d.status = 'NotAVictimOfTrafficking' and not exists
            (select 1 from public.determination_decision l where l.replaces_id = d.id))
      group by 1, 2
    ), duty as (
      select k.agency_id, count(*) as owed,
        count(*) filter (where k.known_at < in_time_from) as overdue
      from known k group by 1
    )
    select a.id, coalesce(l.open, 0), coalesce(l.opened, 0), coalesce(q.asked, 0),
      coalesce(q.waiting, 0), coalesce(q.unanswered, 0), coalesce(d.owed, 0), coalesce(d.overdue, 0)
    from public.agencies_agency a
      left join load l on l.agency_id = a.id
      left join requests q on q.agency_id = a.id
      left join duty d on d.agency_id = a.id
    where a.is_active;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function institutions_overview(timestamptz, timestamptz) from public;
grant execute on function institutions_overview(timestamptz, timestamptz) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_bodies_are_held_to_what_they_owe"),
        ("referral", "0010_a_place_is_given_for_nights"),
        ("registration", "0006_the_duty_to_register"),
    ]
    operations = [
        *[append_only(f"institutions_{table}") for table in APPEND_ONLY],
        migrations.RunSQL(
            "revoke delete, truncate on institutions_reportdue from mekhala_app",
            "grant delete on institutions_reportdue to mekhala_app",
        ),
        migrations.RunSQL(FUNCTION, "drop function institutions_overview(timestamptz, timestamptz)"),
    ]  # fmt: skip
