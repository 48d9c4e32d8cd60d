"""Ways around a rule of the authority that somebody may try; each is closed."""

from datetime import date, timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import services
from mekhala.pathway.determination.errors import AskedBefore, TooFar
from mekhala.pathway.determination.models import Decision, Reading
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou
from tests.builders import NOW
from tests.builders_casework import (
    REFUSED,
    authority,
    believed,
    read,
    recognised,
    referred,
    registrar,
    screened,
)
from tests.builders_reading import refused, without_means

DAY = timedelta(days=1)


def test_a_reading_of_who_then_declared_a_tie_settles_nothing(db, acting):
    readers = authority(3)
    file = referred()
    read(file, readers[0])
    services.declare_tie(file=file, by=readers[0], at=NOW + DAY)
    assert read(file, readers[1]) is None
    assert read(file, readers[2]) is not None


def test_a_tie_holds_when_the_question_is_asked_again(db, acting):
    readers, here = authority(5), registrar()
    file = without_means()
    acting(readers[4])
    services.declare_tie(file=file, by=readers[4], at=NOW + DAY)
    old = refused(readers, file)
    acting(here)
    again = services.ask_again(
        decision=old, grounds=["new_evidence"], because="Her contract.", by=here, at=NOW + 9 * DAY
    )
    with pytest.raises(ActRefused):
        read(again, readers[4], REFUSED, days=10)


def test_a_tie_holds_at_the_next_stage(db, acting):
    readers = authority(3)
    file = referred()
    acting(readers[2])
    services.declare_tie(file=file, by=readers[2], at=NOW + DAY)
    asked = believed(file, *readers[:2])
    with pytest.raises(ActRefused):
        read(asked, readers[2])


def test_who_was_recognised_is_not_refused_by_referring_once_more(db, acting):
    readers = authority(5)
    file = referred()
    by = file.opened_by
    recognised(file, *readers[:2])
    become(by.pk)
    with pytest.raises(AskedBefore):
        services.refer_to_authority(screening=screened(file.case, by), by=by, at=NOW + 50 * DAY)


def test_more_time_is_a_day_that_can_come(db, acting):
    (reader, *_) = authority()
    file = referred()
    acting(reader)
    with pytest.raises(TooFar):
        services.extend(
            file=file,
            due_on=date(9999, 12, 31),
            reason="interpreter",
            because="x",
            by=reader,
            at=NOW + DAY,
        )


def test_conduct_that_has_not_come_is_refused(db, acting):
    (reader, *_) = authority()
    file = referred()
    acting(reader)
    with pytest.raises(WrongInput, match="conduct_from"):
        services.record_conduct(
            file=file, conduct_from="2999", conduct_to="", by=reader, at=NOW + DAY
        )


def test_a_registrar_sees_no_reading(db, acting):
    readers, here = authority(3), registrar()
    file = referred()
    read(file, readers[0])
    acting(here)
    assert not Reading.objects.exists()
    decided = refused(readers, without_means())
    acting(here)
    assert Decision.objects.filter(pk=decided.pk).exists()
    assert not Reading.objects.exists()


def test_a_second_tie_says_nothing_new(db, acting):
    readers = authority(3)
    file = referred()
    acting(readers[0])
    services.declare_tie(file=file, by=readers[0], at=NOW + DAY)
    with pytest.raises(NotOpenToYou):
        services.declare_tie(file=file, by=readers[0], at=NOW + DAY)
