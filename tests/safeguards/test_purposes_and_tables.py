"""Which rows each purpose opens, table by table, as the mechanism wants it.

Justice sees its own proceedings and nothing of the person's help or status; who supports sees
neither screening nor determination; a file that is not open has no rows at all. The tables are
read from ``matrix/tables.csv``.
"""

import pytest
from django.db import connection, transaction

from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.builders_guard import everything
from tests.safeguards import rows_seen
from tests.safeguards.test_row_security import PERSON_TABLES

OF_THE_CASE = rows_seen.opened_tables("case")
OF_THE_PROCEEDING = rows_seen.opened_tables("proceeding")
OF_THE_WORKER = rows_seen.opened_tables("worker")
BESIDE = {
    # no grant opens them
    "questionnaires_sealedenvelope",
    "incidents_incident", "incidents_reporter", "incidents_opening", "incidents_route",
    "dossiers_access", "dossiers_named", "dossiers_taken", "visits_visit",
    "access_grant", "notices_notice", "emergency_opening", "linkage_listrecord",
    "linkage_listopening", "linkage_linkedpair", "linkage_linkedrecord", "linkage_settledrecord",
    "linkage_sampledpair",
    "linkage_runreviewer", "linkage_reviewpair", "linkage_reviewanswer", "linkage_recordshown",
}  # fmt: skip


def _seen(table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def full(standing):
    """Return everything, with a filled form put to the case; nobody acts yet."""
    from mekhala.forms import services as forms
    from mekhala.forms.models import Submission
    from mekhala.intake.models import Taken
    from mekhala.safeguards.access.acting import become
    from mekhala.safeguards.consent.models import Guardian
    from tests.builders import NOW

    made = everything()
    first = made.inside[Role.FIRST_RESPONDER]
    become(first.pk)
    sent = Submission.objects.get()
    sent.attachments.create(name="a.txt", content_type="text/plain", content=b"x")
    forms.link_to_case(sent, case_number=made.number, by=first, at=NOW)
    Taken.objects.create(
        submission=sent, number=sent.number, state="waits", why="unanswered", taken_at=NOW
    )
    Guardian.objects.create(
        case_number=made.number, relation="none", recorded_at=NOW, recorded_by=first.pk
    )
    become(None)
    return made


@pytest.mark.parametrize("purpose", Purpose)
def test_a_purpose_opens_these_tables_of_a_case_and_no_other(full, acting, purpose):
    who = officer(rows_seen.ROLE_FOR[purpose])
    open_to(who, full.number, purpose)
    acting(who)
    seen = {table for table in PERSON_TABLES - BESIDE if _seen(table)}
    assert seen == {table for table, opened in OF_THE_CASE.items() if purpose in opened}


@pytest.mark.parametrize("purpose", Purpose)
def test_a_purpose_opens_these_tables_of_a_proceeding_and_no_other(full, acting, purpose):
    who = officer(rows_seen.ROLE_FOR[purpose])
    open_to(who, full.ids["proceeding"], purpose)
    acting(who)
    seen = {table for table in PERSON_TABLES - BESIDE if _seen(table)}
    assert seen == {table for table, opened in OF_THE_PROCEEDING.items() if purpose in opened}


@pytest.mark.parametrize("purpose", Purpose)
def test_a_purpose_opens_these_tables_of_a_workers_file_and_no_other(full, acting, purpose):
    who = officer(rows_seen.ROLE_FOR[purpose])
    open_to(who, full.ids["worker"], purpose)
    acting(who)
    seen = {table for table in PERSON_TABLES - BESIDE if _seen(table)}
    assert seen == {table for table, opened in OF_THE_WORKER.items() if purpose in opened}


def test_the_tables_reasoned_out_are_all_that_speak_of_a_person():
    assert (
        OF_THE_CASE.keys() | OF_THE_PROCEEDING.keys() | OF_THE_WORKER.keys() | BESIDE
        == PERSON_TABLES
    )


@pytest.mark.parametrize("role", Role)
def test_without_a_grant_no_role_sees_or_changes_a_row(full, acting, role):
    acting(officer(role))
    for table in PERSON_TABLES - BESIDE:
        assert _seen(table) == 0, table
    columns = {
        "encounter_case": "sex", "identity_identity": "file_number",
        "screening_screening": "because", "justice_accused": "sex",
    }  # fmt: skip
    for table, column in columns.items():
        with connection.cursor() as cursor:
            cursor.execute(f"update {table} set {column} = 'x'")
            assert cursor.rowcount == 0, table
