"""Seen from the file it is kept under; what justice keeps also from the case it was linked to.

Who supports a person may see and pay in, and never change, what justice keeps. The plan for
being heard is there for the proceeding and for nobody else. A link is laid by an officer of the
proceeding while the person's yes to the agency stands (purpose justice, what happened to me),
and is seen from the case only.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, granted, guard, open_by_grant, open_with_parent

OPEN = FieldClass.OPEN.value
KEPT = ("owed", "measure", "legalaid", "righttold")


def home(table):
    """Return the rule: the file a row is kept under is open."""
    of_case = granted(
        f"{table}.case_id", Purpose.REGISTRATION, Purpose.SUPPORT, field_class=OPEN
    )
    of_proceeding = granted(f"{table}.proceeding", Purpose.JUSTICE, field_class=OPEN)
    return f"({of_case} or {of_proceeding})"


def kept(name):
    """Guard one table: written from its own file, read from the linked case too."""
    table = f"redress_{name}"
    linked = f"exists (select 1 from redress_link l where l.number = {table}.number)"
    return [
        guard(table, home(table)),
        migrations.RunSQL(
            f"alter policy by_grant on {table} using ({home(table)} or {linked})",
            migrations.RunSQL.noop,
        ),
    ]


LAID = """
create function redress_link_is_laid() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  actor bigint := nullif(current_setting('mekhala.officer', true), '')::bigint;
  in_file text;
  agency text;
begin
  if before = 'on' then return new; end if;
  perform set_config('mekhala.maintenance', 'on', true);
  select r.proceeding into in_file from (
      select number, proceeding from public.redress_owed
      union all select number, proceeding from public.redress_measure
      union all select number, proceeding from public.redress_legalaid
      union all select number, proceeding from public.redress_righttold) r
    where r.number = new.number and r.proceeding <> '';
  select a.code into agency from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
    where o.id = actor and exists (select 1 from public.access_grant g
      where g.officer_id = actor and g.file_number = in_file and g.purpose = 'justice'
        and g.until > now());
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  if agency is null then
    raise insufficient_privilege using message = 'not a row of a proceeding open to the officer';
  end if;
  perform public.consent_hold(new.case_id);
  if not exists (select 1 from public.consent_standing(
      new.case_id, agency, 'justice', 'story', now()) s where s.yes is not null) then
    raise insufficient_privilege using message = 'no yes stands for this agency';
  end if;
  return new;
end $$;
revoke all on function redress_link_is_laid() from public;
create trigger is_laid before insert on redress_link
  for each row execute function redress_link_is_laid();
drop policy by_grant on redress_link;
create policy seen on redress_link for select to mekhala_app using ({seen});
create policy laid on redress_link for insert to mekhala_app with check (true);
""".replace(
    "{seen}",
    granted("redress_link.case_id", Purpose.REGISTRATION, Purpose.SUPPORT, field_class=OPEN),
)
NARROW = """
revoke update on redress_owed, redress_measure, redress_legalaid, redress_witnessplan
  from mekhala_app;
grant update (ended_on, ended_because) on redress_owed to mekhala_app;
grant update (granted, answered_by, answered_on, why_refused) on redress_measure to mekhala_app;
grant update (agency_id, bar_number, fee, assigned_on, ended_on) on redress_legalaid
  to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("redress", "0001_initial"),
        ("access", "0004_grants_name_the_classes_they_open"),
        ("consent", "0006_a_yes_taken_back_takes_effect_at_once"),
    ]
    operations = [
        open_by_grant(
            "redress_link", "case_id", Purpose.REGISTRATION, Purpose.SUPPORT,
            field_class=FieldClass.OPEN,
        ),
        *[step for name in KEPT for step in kept(name)],
        open_by_grant(
            "redress_witnessplan", "proceeding", Purpose.JUSTICE, field_class=FieldClass.OPEN
        ),
        open_with_parent("redress_payment", "owed_id", "redress_owed", "number"),
        append_only("redress_payment"),
        append_only("redress_righttold"),
        append_only("redress_witnessplan"),
        append_only("redress_link"),
        migrations.RunSQL(LAID, migrations.RunSQL.noop),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
    ]
