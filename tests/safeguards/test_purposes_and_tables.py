"""Which rows each purpose opens, table by table, as the mechanism wants it.

Justice sees its own proceedings and nothing of the person's help or status; who supports sees
neither screening nor determination; a file that is not open has no rows at all.
"""

import pytest
from django.db import connection, transaction

from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.builders_guard import everything
from tests.safeguards.test_row_security import PERSON_TABLES

FC, DE, RE, SU, JU = (
    Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT,
    Purpose.JUSTICE,
)  # fmt: skip
ROLE_FOR = {
    FC: Role.FIRST_RESPONDER, DE: Role.AUTHORITY, RE: Role.REGISTRAR, SU: Role.PROVIDER,
    JU: Role.JUSTICE,
}  # fmt: skip
OF_THE_CASE = {
    "identity_identity": {FC, DE, RE, SU},  # the class identity; a grant of justice carries none
    "identity_datakey": {FC, DE, RE, SU},  # with the name it opens
    "consent_consent": {FC, DE, RE, SU},
    "encounter_case": {FC, DE, RE, SU},
    "encounter_encounter": {FC, DE, RE},
    "encounter_safecontact": {FC, DE, RE, SU},
    "screening_screening": {FC, DE, RE},
    "determination_letter": {DE, RE},
    "determination_determinationfile": {DE, RE},
    "determination_finding": {DE},
    "determination_source": {DE},
    "determination_factrequest": {DE},
    "determination_clockchange": {DE},
    "determination_recusal": {DE, FC, RE},
    "determination_reading": {DE},
    "determination_decision": {DE, RE},
    "registration_registration": {DE, RE},
    "referral_referral": {FC, DE, RE, SU},
    "aftercare_supportplan": {RE, SU},
    "aftercare_plantask": {RE, SU},
    "aftercare_followup": {RE, SU},
    "holds_hold": {DE, RE, JU},
    "unsealing_order": {DE, RE, SU},  # who supports: once opened, unless the order forbids it
    "four_eyes_secondsignature": {DE, RE, JU},  # about this file: who may sign, who holds it
    "questionnaires_submission": {FC, DE, RE},
    "questionnaires_attachment": {FC, DE, RE},
}
BESIDE = {"access_grant", "notices_notice", "emergency_opening"}  # no grant opens them
OF_THE_PROCEEDING = {
    "identity_identity": {JU},  # the accused's, under the number of the proceeding
    "identity_datakey": {JU},
    "justice_proceeding": {JU},
    "justice_accused": {JU},
    "justice_charge": {JU},
    "justice_step": {JU},
}


def _seen(table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def full(db, acting):
    """Return everything, with a filled form put to the case."""
    from mekhala.forms import services as forms
    from mekhala.forms.models import Submission
    from tests.builders import NOW

    made = everything()
    first = made.inside[Role.FIRST_RESPONDER]
    acting(first)
    sent = Submission.objects.get()
    sent.attachments.create(name="a.txt", content_type="text/plain", content=b"x")
    forms.link_to_case(sent, case_number=made.number, by=first, at=NOW)
    return made


@pytest.mark.parametrize("purpose", Purpose)
def test_a_purpose_opens_these_tables_of_a_case_and_no_other(full, acting, purpose):
    who = officer(ROLE_FOR[purpose])
    open_to(who, full.number, purpose)
    acting(who)
    seen = {table for table in PERSON_TABLES - BESIDE if _seen(table)}
    assert seen == {table for table, opened in OF_THE_CASE.items() if purpose in opened}


@pytest.mark.parametrize("purpose", Purpose)
def test_a_purpose_opens_these_tables_of_a_proceeding_and_no_other(full, acting, purpose):
    who = officer(ROLE_FOR[purpose])
    open_to(who, full.ids["proceeding"], purpose)
    acting(who)
    seen = {table for table in PERSON_TABLES - BESIDE if _seen(table)}
    assert seen == {table for table, opened in OF_THE_PROCEEDING.items() if purpose in opened}


def test_the_tables_reasoned_out_are_all_that_speak_of_a_person():
    assert OF_THE_CASE.keys() | OF_THE_PROCEEDING.keys() | BESIDE == PERSON_TABLES


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
