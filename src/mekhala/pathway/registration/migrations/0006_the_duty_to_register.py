"""Announcements without a name, and what organisations still owe the ministry.

The ministry reads announcements through a function that hands out no case number, and counts of
what is owed; an organisation reads what it owes of files that are open to who asks.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, open_by_grant

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
BEGIN = "perform set_config('mekhala.maintenance', 'on', true);"
END = "perform set_config('mekhala.maintenance', coalesce(before, ''), true);"
BEFORE = "before text := current_setting('mekhala.maintenance', true);"
# Whom organisations met and advised to refer; a case opened by mistake is nobody.
KNOWN = """select c.number, c.agency_id, min(s.screened_at) as known_at
    from public.encounter_case c
      join public.agencies_agency a on a.id = c.agency_id
      join public.screening_screening s on s.case_id = c.number and s.outcome = 'refer'
    where a.kind in ('first_responder', 'provider') and c.erased_at is null
      and c.closed_because <> 'by_mistake'
    group by c.number, c.agency_id"""
IS_TOLD = """(exists (select 1 from public.registration_announcement n where n.case_id = k.number)
      or exists (select 1 from public.registration_registration r where r.case_id = k.number))"""
IS_NO_VICTIM = """exists (select 1 from public.determination_decision d
      where d.case_id = k.number and d.status = 'NotAVictimOfTrafficking'
        and not exists (select 1 from public.determination_decision l where l.replaces_id = d.id))"""
MINISTRY = f"""exists (select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
    where o.id = {ACTOR} and o.is_active and a.is_active and o.role = 'registrar'
      and a.kind = 'social_affairs')"""
FUNCTIONS = f"""
create function registration_owed_by_me()
returns table (number varchar, known_at timestamptz) language plpgsql {AS_OWNER} as $$
declare {BEFORE}
begin
  {BEGIN}
  return query
    select k.number, k.known_at from ({KNOWN}) k
      join public.access_officer o on o.id = {ACTOR} and o.is_active and o.agency_id = k.agency_id
    where not {IS_TOLD} and not {IS_NO_VICTIM}
      and exists (select 1 from public.access_grant g
        where g.officer_id = o.id and g.file_number = k.number and g.until > now()
          and g.purpose in ('first_contact', 'registration'))
    order by k.known_at, k.number;
  {END}
end $$;
create function registration_duties(in_time_from timestamptz)
returns table (agency varchar, waiting bigint, overdue bigint, announced bigint, registered bigint)
language plpgsql {AS_OWNER} as $$
declare {BEFORE}
begin
  if not {MINISTRY} then return; end if;
  {BEGIN}
  return query
    select a.name,
      count(*) filter (where not {IS_TOLD} and not {IS_NO_VICTIM} and k.known_at >= in_time_from),
      count(*) filter (where not {IS_TOLD} and not {IS_NO_VICTIM} and k.known_at < in_time_from),
      count(n.number) filter (where r.number is null),
      count(r.number)
    from ({KNOWN}) k
      join public.agencies_agency a on a.id = k.agency_id
      left join public.registration_announcement n on n.case_id = k.number
      left join public.registration_registration r on r.case_id = k.number
    where public.reading_is_real(k.number)
    group by a.id, a.name order by a.name;
  {END}
end $$;
create function registration_announced(most int, skip int)
returns table (number varchar, agency varchar, sex varchar, age_told varchar, known_on date,
  announced_at timestamptz, is_registered boolean)
language plpgsql {AS_OWNER} as $$
declare {BEFORE}
begin
  if not {MINISTRY} then return; end if;
  {BEGIN}
  return query
    select n.number, a.name, n.sex, n.age_told, n.known_on, n.announced_at,
      exists (select 1 from public.registration_registration r where r.case_id = n.case_id)
    from public.registration_announcement n join public.agencies_agency a on a.id = n.agency_id
    order by n.announced_at desc, n.number limit least(most, 1000) offset skip;
  {END}
end $$;
revoke all on function registration_owed_by_me(), registration_duties(timestamptz),
  registration_announced(int, int) from public;
grant execute on function registration_owed_by_me(), registration_duties(timestamptz),
  registration_announced(int, int) to mekhala_app;
"""
UNDO = """drop function registration_owed_by_me();
drop function registration_duties(timestamptz);
drop function registration_announced(int, int);"""


def foreign(to: str, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_organisations_that_watch_trials"),
        ("encounter", "0008_an_open_stay_keeps_a_case_open"),
        ("reading", "0002_files_read_are_counted"),
        ("registration", "0005_who_is_one_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("number", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("sex", models.CharField(choices=[("female", "Female"), ("male", "Male"), ("other", "Other"), ("unknown", "Not known")], max_length=10)),
                ("age_told", models.CharField(choices=[("0-17", "Under 18"), ("18+", "18 or older"), ("unknown", "Not known")], max_length=10)),
                ("known_on", models.DateField(help_text="First screened with the advice to refer")),
                ("announced_at", models.DateTimeField()),
                ("agency", foreign("agencies.agency")),
                ("announced_by", foreign(settings.AUTH_USER_MODEL)),
                ("case", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="announcement", to="encounter.case")),
            ],
            options={"ordering": ["-announced_at", "number"]},
        ),
        open_by_grant(
            "registration_announcement", "case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION,
            Purpose.DETERMINATION, field_class=FieldClass.OPEN,
        ),
        append_only("registration_announcement"),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]  # fmt: skip
