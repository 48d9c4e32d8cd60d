"""Who may be known is found by blind keys and weighed; nobody is told more than they may know."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.registration import candidates, same_person
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.identity import errors, indexing
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.identity.models import Identity
from tests.builders import NOW, agency, case, officer
from tests.builders_justice import accused, court_officer
from tests.builders_reading_quota import as_owner
from tests.builders_same_person import (
    AGAIN,
    ANOTHER,
    MUM,
    looked,
    opened_to,
    person_of,
    social_worker,
)
from tests.log import Entry


def test_another_spelling_of_the_same_person_is_found_and_somebody_else_is_not(db):
    me = social_worker()
    first, other = person_of(me, MUM), person_of(me, ANOTHER)
    again = person_of(me, AGAIN)
    (found,) = looked(me, again)
    assert (found.number, found.is_open) == (first.number, True)
    assert other.number != found.number
    assert {"name", "birth"} <= {code.split(":")[0] for code in found.likeness}


def test_a_case_that_is_not_open_is_found_and_said_to_be_closed(db):
    person_of(social_worker(), MUM)
    me = social_worker()
    (found,) = looked(me, person_of(me, AGAIN))
    assert not found.is_open


def test_who_was_asked_about_is_known_of_each_case_and_not_by_how_many(db):
    theirs, me = social_worker(), social_worker()
    first = person_of(theirs, MUM)
    again = person_of(me, AGAIN)
    same_person.ask_who_knows(again, looked(me, again), by=me, at=NOW)
    assert same_person.not_asked(again, looked(me, again)) == 0
    opened_to(me, first)  # it is looked at here now; another is found in its place
    person_of(social_worker(), MUM)
    found = looked(me, again)
    assert [c.is_open for c in found if c.number == first.number] == [True]
    assert same_person.not_asked(again, found) == 1


def test_what_was_opened_to_compare_is_noted_with_how_many_and_never_with_what(db):
    first = person_of(social_worker(), MUM)
    me = social_worker()
    again = person_of(me, AGAIN)
    looked(me, again)
    (noted,) = Entry.objects.filter(act="registration.compared")
    assert (noted.subject, noted.details) == (again.number, {"opened": 1})
    assert not Entry.objects.filter(subject=first.number, by=me.pk).exists()


def test_the_accused_is_never_found(db):
    court = court_officer()
    charged = accused(court)
    become(court.pk)
    identities.keep(charged.number, file_number=charged.proceeding_id, by=court, at=NOW, **MUM)
    assert Identity.objects.get(pk=charged.number).keys_rules is None
    me = social_worker()
    assert looked(me, person_of(me, AGAIN)) == []


def test_a_name_that_is_erased_is_not_found_again(db):
    me = social_worker()
    first = person_of(me, MUM)
    identities.shred(first.number, by=me, at=NOW)
    assert looked(me, person_of(me, AGAIN)) == []
    assert Identity.objects.get(pk=first.number).keys_rules is None


def test_a_corrected_name_is_found_as_it_is_now_once_it_is_shown(db):
    me = social_worker()
    first = person_of(me, ANOTHER)
    become(me.pk)
    identities.keep(first.number, file_number=first.number, by=me, at=NOW, **AGAIN)
    assert [c.number for c in looked(me, person_of(me, MUM))] == [first.number]
    identities.show(first.number, by=me, at=NOW, purpose="registration")
    assert looked(me, person_of(me, ANOTHER)) == []


def test_a_name_kept_while_the_key_service_was_down_is_found_once_it_was_shown(db, settings):
    me = social_worker()
    settings.KEYS_SOCKET = "nowhere"
    first = person_of(me, MUM)
    settings.KEYS_SOCKET = ""
    again = person_of(me, AGAIN)
    assert looked(me, again) == []
    identities.show(first.number, by=me, at=NOW, purpose="registration")
    assert [c.number for c in looked(me, again)] == [first.number]


def test_while_the_key_service_is_down_nobody_is_compared(db, settings):
    me = social_worker()
    again = person_of(me, AGAIN)
    name = identities.show(again.number, by=me, at=NOW, purpose="registration")
    settings.KEYS_SOCKET = "nowhere"
    with pytest.raises(errors.NotNow):
        candidates.of(again, name, by=me, at=NOW)


def test_a_field_altered_outside_leaves_that_person_out_and_nobody_else(db):
    me = social_worker()
    first, second = person_of(me, MUM), person_of(me, MUM)
    become(me.pk)
    Identity.objects.filter(pk=first.pk).update(latin_name=b"\0\0\0\1 altered in the table")
    assert [c.number for c in looked(me, person_of(me, AGAIN))] == [second.number]


@pytest.mark.parametrize("kind", [AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT])
def test_the_database_itself_refuses_police_border_and_court(db, kind):
    theirs = officer(Role.REGISTRAR, at=agency(kind))
    made = case(theirs)
    _refused(theirs, made)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.REGISTRAR])
def test_the_database_itself_refuses_every_other_role(db, role):
    made = person_of(social_worker(), MUM)
    other = officer(role)
    opened_to(other, made)
    _refused(other, made)


def test_the_database_itself_refuses_a_case_that_is_not_open(db):
    _refused(social_worker(), person_of(social_worker(), MUM))


def _refused(who, made):
    become(who.pk)
    with (
        pytest.raises(ProgrammingError, match="looked for by registrars"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute("select * from registration_people_alike(%s, '{1}', 30)", [made.number])


@pytest.mark.parametrize("act", ["select keys from", "delete from", "update"])
def test_nobody_reads_or_writes_a_blind_key(db, act):
    person_of(social_worker(), MUM)
    tail = " set keys = '{}'" if act == "update" else ""
    with (
        pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"{act} identity_blindkeys{tail}")


def test_blind_keys_are_kept_only_with_a_name_that_is_open(db):
    made = person_of(social_worker(), MUM)
    become(social_worker().pk)
    with (
        pytest.raises(ProgrammingError, match="that is open"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute("select identity_keep_blind_keys(%s, '{}', true)", [made.number])


def test_names_kept_before_there_were_blind_keys_get_them_and_a_second_run_finds_none_left(
    db, settings
):
    me = social_worker()
    settings.KEYS_SOCKET = "nowhere"
    first = person_of(me, MUM)
    person_of(me, ANOTHER)
    settings.KEYS_SOCKET = ""
    again = person_of(me, AGAIN)
    as_owner("grant select, insert, update on identity_blindkeys to mekhala_app")
    become(me.pk)
    assert indexing.make_all() == (2, 0)
    assert indexing.make_all() == (0, 0)
    assert [c.number for c in looked(me, again)] == [first.number]
