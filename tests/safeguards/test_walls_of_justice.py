"""The wall between help and justice, at every page, operation, export and table; words before all.

The matrix says who may have which address; here it is asked what stands in the answers.
"""

import re

import pytest
from django.db import connection

from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import open_to
from tests.builders_guard import everything
from tests.safeguards import cells

OF_HELP = (
    "aftercare_note", "aftercare_stay", "aftercare_supportplan", "incidents_incident",
    "incidents_reporter", "incidents_route", "incidents_opening",
)  # fmt: skip
OF_JUSTICE = (
    "justice_proceeding", "justice_accused", "justice_step", "justice_charge", "evidence_item",
    "evidence_disclosurelist", "redress_witnessplan",
)  # fmt: skip
NOTE, OFFICIAL, REPORTER = "Slept well.", "Invented Official", "Invented Reporter"
NEVER = re.compile(r"perpetrator|trafficker|offender|culprit|guilty|criminal record", re.IGNORECASE)
OF_A_FILE = re.compile(r"/(cases|proceedings|accused|incidents)\b")


@pytest.fixture
def full(db):
    """Return a case and a proceeding with everything in them; justice also holds its purpose."""
    made = everything()
    cells._send_a_form(made)
    open_to(made.inside[Role.JUSTICE], made.number, Purpose.JUSTICE)
    return made


def _read(full, role, tables=("cases", "proceedings", "kept", "operations", "finds")):
    """Yield each address of a file that a role reads, and what it was told."""
    client = cells.clients({role: full.inside[role]})[role]
    for name in tables:
        for row in cells.table(name):
            if row.action == "read" and (name != "operations" or OF_A_FILE.search(row.address)):
                answer = cells.ask(client, row, full)
                body = b"".join(answer) if answer.streaming else answer.content
                yield row, answer.status_code, body.decode(errors="replace")


def _seen(officer, tables):
    """Return how many rows of each table the database shows an officer."""
    become(officer.pk)
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"select count(*) from {table}")
            found[table] = cursor.fetchone()[0]
    return found


def _told(full, role, hidden):
    """Return where a role is told one of ``hidden``; what is not there may repeat its address."""
    return [
        (row.address, word) for row, status, body in _read(full, role) for word in hidden
        if status == 200 and str(word) in body
    ]  # fmt: skip


def test_neither_side_is_told_anything_of_the_other(full):
    """Justice: no note of help, stay or report about officials; who helps: no suspect."""
    of_help = (NOTE, OFFICIAL, REPORTER, full.ids["incident"])
    of_justice = [full.ids[kind] for kind in ("accused", "proceeding", "item", "list", "plan")]
    assert not _told(full, Role.JUSTICE, of_help)
    court = full.inside[Role.JUSTICE]
    assert _seen(court, OF_HELP) == dict.fromkeys(OF_HELP, 0)
    assert all(_seen(court, OF_JUSTICE).values())
    for role in (Role.REGISTRAR, Role.PROVIDER):
        assert not _told(full, role, of_justice)
        assert _seen(full.inside[role], OF_JUSTICE) == dict.fromkeys(OF_JUSTICE, 0)
    helper = _seen(full.inside[Role.PROVIDER], ("aftercare_note", "incidents_incident"))
    assert all(helper.values())


def test_whoever_is_mentioned_carries_the_word_of_today_and_no_word_of_guilt(full):
    word, number = str(Stage.ACCUSED.label), full.ids["accused"]
    told = [
        (row.address, body)
        for row, status, body in _read(full, Role.JUSTICE, ("proceedings", "operations", "finds"))
        if status == 200 and number in body
    ]
    assert len(told) > 12
    assert not [address for address, body in told if word not in body and '"accused"' not in body]
    assert not [(address, NEVER.findall(body)) for address, body in told if NEVER.search(body)]
