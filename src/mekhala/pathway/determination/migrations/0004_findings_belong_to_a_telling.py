"""What was kept per finding (who said it, on which day) becomes a telling the finding belongs to.

Files decided, or read with an answer, before there were stages asked the conclusive question.
A file returned to an officer for an answer is seen by that officer; the question is asked with
the rights of the owner, because the policies of both tables would otherwise ask each other.
"""

import django.db.models.deletion
from django.db import migrations, models

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import append_only, guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
FILE, FINDING, READING = (
    "determination_determinationfile", "determination_finding", "determination_reading",
)
SOURCE, REQUEST = "determination_source", "determination_factrequest"
CLOCK, RECUSAL = "determination_clockchange", "determination_recusal"

MOVE = f"""
select set_config('mekhala.maintenance', 'on', true);
set constraints all immediate;  -- a table with deferred checks to come cannot be altered
drop policy brought_seen on {FINDING};
drop policy brought on {FINDING};
alter table {FINDING} disable trigger no_change;
insert into {SOURCE} (file_id, kind, manner, who, said_on, language, interpreting, present,
    in_between, recorded_by_id, recorded_at)
  select file_id, source_kind, case source_kind when 'document' then 'document'
      when 'officer' then 'observation' when 'screening' then 'screening' else 'statement' end,
    '', said_on, '', 'not_known', '', '', recorded_by_id, min(recorded_at)
  from {FINDING} group by file_id, source_kind, said_on, recorded_by_id;
update {FINDING} f set source_id = s.id from {SOURCE} s
  where s.file_id = f.file_id and s.kind = f.source_kind and s.recorded_by_id = f.recorded_by_id
    and s.said_on is not distinct from f.said_on;
alter table {FINDING} enable trigger no_change;
update {FILE} f set stage = 'conclusive_grounds'
  where closed_at is not null or exists (select 1 from {READING} r where r.file_id = f.id);
alter table {READING} disable trigger no_change;
update {READING} set is_override = (differs_because <> '');
alter table {READING} enable trigger no_change;
"""

RETURNED = f"""
create function determination_returned_to_me(file bigint)
returns boolean language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (select 1 from public.{REQUEST} r
    where r.file_id = file and r.asked_of_id = {ACTOR}) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function determination_returned_to_me(bigint) from public;
grant execute on function determination_returned_to_me(bigint) to mekhala_app;
create policy returned_seen on {FILE} for select to mekhala_app
  using (determination_returned_to_me(id));
"""
FORGET = f"""
drop policy returned_seen on {FILE};
drop function determination_returned_to_me(bigint);
"""


def granted(number, *purposes):
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    return f"""exists (select 1 from access_grant g where g.officer_id = {ACTOR}
      and g.file_number = {number} and g.purpose in ({words}) and g.until > now() offset 0)"""


def through_file(table):
    return f"""exists (select 1 from {FILE} f where f.id = {table}.file_id
      and {granted("f.case_id", Purpose.DETERMINATION)} offset 0)"""


def of_screening(table):
    """What who referred the person, or was asked, put into the file from the screening."""
    return f"""recorded_by_id = {ACTOR} and exists (select 1 from {FILE} f
      where f.id = {table}.file_id
        and (f.opened_by_id = {ACTOR} or determination_returned_to_me(f.id)) offset 0)"""


def policy(name, table, what, rule):
    check = f"with check ({rule})" if what != "select" else f"using ({rule})"
    return migrations.RunSQL(
        f"create policy {name} on {table} for {what} to mekhala_app {check};",
        f"drop policy {name} on {table};",
    )


ASKED = f"asked_of_id = {ACTOR}"
BROUGHT_SOURCE = f"manner = 'screening' and {of_screening(SOURCE)}"
BROUGHT_FINDING = f"""{of_screening(FINDING)}
  and exists (select 1 from {SOURCE} s where s.id = {FINDING}.source_id
    and s.manner = 'screening' offset 0)"""


class Migration(migrations.Migration):
    dependencies = [("determination", "0003_stages_sources_and_clocks")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField("finding", "said_on"),
        migrations.RemoveField("finding", "source_kind"),
        migrations.AlterField(
            "finding", "source",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings",
                to="determination.source",
            ),
        ),
        migrations.RunSQL(RETURNED, FORGET),
        guard(SOURCE, through_file(SOURCE)),
        guard(REQUEST, through_file(REQUEST)),
        guard(CLOCK, through_file(CLOCK)),
        guard(RECUSAL, granted(f"{RECUSAL}.case_id", Purpose.DETERMINATION)),
        policy("brought_seen", SOURCE, "select", BROUGHT_SOURCE),
        policy("brought", SOURCE, "insert", BROUGHT_SOURCE),
        policy("brought_seen", FINDING, "select", BROUGHT_FINDING),
        policy("brought", FINDING, "insert", BROUGHT_FINDING),
        policy("asked_seen", REQUEST, "select", ASKED),
        migrations.RunSQL(
            f"create policy answered on {REQUEST} for update to mekhala_app"
            f" using ({ASKED} and ended_at is null) with check ({ASKED});",
            f"drop policy answered on {REQUEST};",
        ),
        append_only(SOURCE),
        append_only(CLOCK),
        append_only(RECUSAL),
    ]
