"""Each meeting leads to a screening, or to a reason why there was none; until then it waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.errors import WhySaidBefore
from mekhala.pathway.encounter.models import Encounter, WhyNotScreened
from mekhala.pathway.encounter.not_screened import record_not_screened
from mekhala.pathway.screening.queries import answered, waiting
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_casework import met, screened

LATER = NOW + timedelta(days=9)


def _waits(by):
    return list(waiting(by, now=NOW).values_list("case_id", flat=True))


def _again(case, by, **more):
    return encounter.add_encounter(
        case=case, by=by, at=LATER, met_at=LATER, place_code="120101", **more
    )


def _why(case, by, because="not_safe"):
    return record_not_screened(encounter=case.encounters.get(), because=because, by=by, at=NOW)


def test_a_meeting_waits_until_the_person_is_screened(db, acting):
    by = officer()
    case = met(by)
    assert _waits(by) == [case.number]
    screened(case, by, {}, outcome="unsure", because="Little was said.")
    assert _waits(by) == []


def test_a_later_meeting_waits_again_unless_the_person_was_to_be_referred(db, acting):
    by = officer()
    seen, sent = met(by), met(by)
    screened(seen, by, {}, outcome="do_not_refer", because="No sign.")
    screened(sent, by)
    for case in (seen, sent):
        _again(case, by)
    assert _waits(by) == [seen.number]


def test_a_reason_takes_the_meeting_off_the_list_and_stands_once(db, acting):
    by = officer()
    case = met(by)
    _why(case, by, "no_interpreter")
    assert _waits(by) == []
    kept = Encounter.objects.get(case=case)
    assert (kept.not_screened_because, kept.not_screened_by) == ("no_interpreter", by)
    with pytest.raises(WhySaidBefore):
        _why(case, by)
    screened(case, by)  # it closed no door


def test_who_said_no_at_a_meeting_is_not_asked_for_again(db, acting):
    by = officer()
    case = met(by)
    screened(case, by, {}, outcome="unsure", because="Little was said.")
    _again(case, by, consents_to_go_on=False)
    assert _waits(by) == []


def test_the_list_is_of_ones_agency_and_of_what_is_open_with_its_screenings(db, acting):
    by = officer()
    case = met(by)
    colleague, narrow, stranger = officer(at=by.agency), officer(at=by.agency), officer()
    acting(colleague)
    assert _waits(colleague) == []
    open_to(colleague, case.number, Purpose.FIRST_CONTACT)
    assert _waits(colleague) == [case.number]
    open_to(stranger, case.number, Purpose.FIRST_CONTACT)
    acting(stranger)
    assert _waits(stranger) == []
    open_to(narrow, case.number, Purpose.FIRST_CONTACT, classes=[FieldClass.LOCATION])
    acting(narrow)
    assert _waits(narrow) == []  # whether there was a screening could not be read


def test_a_reason_is_refused_to_a_stranger_and_a_code_that_is_none_names_the_nearest(db, acting):
    by = officer()
    case = met(by)
    with pytest.raises(WrongInput, match="'not_safe'"):
        _why(case, by, "not_save")
    kept, stranger = case.encounters.get(), officer()
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        record_not_screened(encounter=kept, because="not_safe", by=stranger, at=NOW)


def test_the_database_keeps_no_reason_without_who_said_it(db, acting):
    met(officer())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update encounter_encounter set not_screened_because = 'not_safe'")


def test_what_meetings_led_to_is_counted_and_small_counts_are_not_told(db, acting):
    by = officer()
    for _ in range(12):
        _why(met(by), by, WhyNotScreened.CARE_FIRST)
    for _ in range(11):
        screened(met(by), by)
    _why(met(by), by, WhyNotScreened.NOBODY_TRAINED)
    met(by)
    own = {"care_first": 12, "nobody_trained": None, "screened": None, "waiting": 1}
    acting(by)
    assert answered(NOW.year) == own
    acting(officer(Role.STATISTICIAN))
    assert answered(NOW.year) == own | {"screened": 11, "waiting": None}
    for role in (Role.FIRST_RESPONDER, Role.JUSTICE, Role.PROVIDER, Role.AUTHORITY):
        acting(officer(role))
        assert answered(NOW.year) == {}
