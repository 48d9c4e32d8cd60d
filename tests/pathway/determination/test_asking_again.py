"""A negative is looked at again by others; the earlier decision stays and help goes on."""

from datetime import timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.errors import (
    AskedTooLate,
    FileAlreadyOpen,
    NothingToAskAgain,
    NotImpartial,
)
from mekhala.pathway.determination.models import Decision
from mekhala.pathway.determination.queries import CaseStatus
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from tests.builders import NOW, officer
from tests.builders_casework import (
    GROUNDS,
    MADE_OUT,
    REFUSED,
    authority,
    read,
    referred,
    registrar,
    told,
)

NO_MEANS = MADE_OUT | {"means.deception": False}
ASKED = {"grounds": ["new_evidence"], "because": "Her contract has come."}


def _refused(readers):
    from mekhala.core.vocabulary.facts import FactGroup, codes_in_group

    no_means = dict.fromkeys(codes_in_group(FactGroup.MEANS), False)
    file = referred(answers=MADE_OUT | no_means)
    ground = {"grounds": ["no_means", "fits_smuggling"]}
    read(file, readers[0], REFUSED, **ground)
    return read(file, readers[1], REFUSED, **ground)


def _ask(decision, by, *, days=10, **more):
    at = NOW + timedelta(days=days)
    return services.ask_again(decision=decision, by=by, at=at, **(ASKED | more))


def test_a_registrar_asks_again_within_thirty_days(db, acting):
    readers, here = authority(5), registrar()
    old = _refused(readers)
    acting(here)
    again = _ask(old, here, days=31)  # decided on the first day after the encounter
    acting(readers[2])
    assert (again.stage, again.asks_again, again.not_before) == ("reasonable_grounds", old, None)
    assert queries.statuses([old.case_id])[old.case_id] == CaseStatus.LOOK_AGAIN
    assert Decision.objects.get() == old


def test_after_thirty_days_the_exceptional_reason_is_said(db, acting):
    readers, here = authority(5), registrar()
    old = _refused(readers)
    acting(here)
    with pytest.raises(AskedTooLate):
        _ask(old, here, days=32)
    assert _ask(old, here, days=32, late_because="She was in hospital.").pk


def test_those_who_refused_do_not_read_it_again_and_others_may_overturn(db, acting):
    readers = authority(5)
    first, second, third, fourth, _ = readers
    old = _refused(readers)
    acting(third)
    again = _ask(old, third)
    told(again, fourth, {"means.threat": True}, kind="document", manner="document", hours=250)
    assert again in queries.files_asked_again(fourth)
    acting(first)
    assert again not in queries.files_to_read(first, at=NOW + timedelta(days=12))
    for reader in (first, second):
        with pytest.raises(NotImpartial):
            read(again, reader, days=12)
    read(again, third, days=12)
    new = read(again, fourth, days=12)
    assert (new.status, new.replaces) == (GROUNDS, old)
    assert queries.open_file_of(new.case).stage == "conclusive_grounds"


def test_who_refused_once_does_not_read_a_second_reconsideration(db, acting):
    readers = authority(7)
    old = _refused(readers)
    acting(readers[2])
    again = _ask(old, readers[2])
    for reader in readers[2:4]:
        newer = read(again, reader, REFUSED, days=12)
    acting(readers[4])
    once_more = _ask(newer, readers[4], days=13)
    for reader in readers[:4]:
        with pytest.raises(NotImpartial):
            read(once_more, reader, days=14)
    assert read(once_more, readers[4], REFUSED, days=14) is None


def test_a_positive_decision_is_not_taken_back_this_way(db, acting):
    first, second, third = authority()
    file = referred()
    read(file, first)
    positive = read(file, second)
    acting(third)
    with pytest.raises(NothingToAskAgain):
        _ask(positive, third)


def test_it_is_asked_once_at_a_time(db, acting):
    readers = authority(5)
    old = _refused(readers)
    acting(readers[2])
    _ask(old, readers[2])
    with pytest.raises(FileAlreadyOpen):
        _ask(old, readers[2])


def test_only_whom_the_decision_is_open_to_asks(db, acting):
    readers, elsewhere, responder = authority(), registrar("01"), officer()
    registrar("12")
    old = _refused(readers)
    with pytest.raises(NotOpenToYou):
        _ask(old, elsewhere)
    with pytest.raises(NotYourRole):
        _ask(old, responder)


@pytest.mark.parametrize(
    "more", [{"grounds": []}, {"grounds": ["because_i_say"]}, {"because": " "}]
)
def test_a_ground_and_words_are_needed(db, acting, more):
    readers = authority(5)
    old = _refused(readers)
    acting(readers[2])
    with pytest.raises(WrongInput):
        _ask(old, readers[2], **more)


def test_a_registrar_who_asks_opens_the_case_to_nobody_with_a_tie(db, acting):
    readers, here = authority(5), registrar()
    old = _refused(readers)
    acting(readers[4])
    again_first = Decision.objects.get(pk=old.pk)
    acting(here)
    kept = Decision.objects.get(pk=old.pk)  # as a page finds it: with nothing at hand
    file = _ask(kept, here)
    acting(readers[4])
    services.declare_tie(file=file, by=readers[4], at=NOW + timedelta(days=11))
    for reader in readers[2:4]:
        newer = read(file, reader, REFUSED, days=12)
    acting(here)
    _ask(Decision.objects.get(pk=newer.pk), here, days=13)
    acting(readers[4])
    assert not Decision.objects.filter(pk=again_first.pk).exists()
    assert not queries.open_to_read(readers[4]).exists()


def test_decisions_that_can_still_be_asked_again_are_told_until_the_last_day(db, acting):
    readers, here = authority(5), registrar()
    old = _refused(readers)
    acting(here)
    last = (NOW + timedelta(days=31)).date()  # decided on the day after the encounter
    assert list(queries.decisions_to_ask_again(today=last)) == [old]
    assert not queries.decisions_to_ask_again(today=last + timedelta(days=1))
    _ask(old, here)
    assert not queries.decisions_to_ask_again(today=last)


def test_a_third_reader_is_asked_for_without_saying_who_found_what(db, acting):
    readers = authority(3)
    file, at = referred(), NOW + timedelta(days=1)
    read(file, readers[0])
    assert not queries.files_for_a_further_reader(readers[2], at=at)
    read(file, readers[1], REFUSED, differs_because="A family visit.")
    assert not queries.files_for_a_further_reader(readers[1], at=at)
    acting(readers[2])
    assert list(queries.files_for_a_further_reader(readers[2], at=at)) == [file]
