"""The file is there for the authority; the decision also for the registrar. None is ever changed.

Who refers a person sees that the file was received and when it closed, and what she or he put
into it from the screening: nothing that the authority found, read or decided.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import append_only, guard, open_by_grant

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
FILE, FINDING, READING = (
    "determination_determinationfile", "determination_finding", "determination_reading",
)


def granted(number, *purposes):
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    return f"""exists (select 1 from access_grant g where g.officer_id = {ACTOR}
      and g.file_number = {number} and g.purpose in ({words}) and g.until > now() offset 0)"""


def through_file(table):
    return f"""exists (select 1 from {FILE} f where f.id = {table}.file_id
      and {granted("f.case_id", Purpose.DETERMINATION)} offset 0)"""


REFERRED = f"""opened_by_id = {ACTOR}
  and {granted(f"{FILE}.case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION)}"""
BROUGHT = f"""recorded_by_id = {ACTOR} and source_kind = 'screening'
  and exists (select 1 from {FILE} f where f.id = {FINDING}.file_id and f.opened_by_id = {ACTOR} offset 0)"""


def also(table, rule):
    return migrations.RunSQL(
        f"create policy brought_seen on {table} for select to mekhala_app using ({rule});"
        f"create policy brought on {table} for insert to mekhala_app with check ({rule});",
        f"drop policy brought_seen on {table}; drop policy brought on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [('determination', '0001_initial'), ('access', '0002_grants_seen_by_those_they_concern')]
    operations = [
        open_by_grant(FILE, "case_id", Purpose.DETERMINATION),
        also(FILE, REFERRED),
        guard(FINDING, through_file(FINDING)),
        also(FINDING, BROUGHT),
        guard(READING, through_file(READING)),
        open_by_grant(
            "determination_decision", "case_id", Purpose.DETERMINATION, Purpose.REGISTRATION
        ),
        append_only(FINDING),
        append_only(READING),
        append_only("determination_decision"),
    ]
