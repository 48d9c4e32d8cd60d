"""A grant opens the classes it names, hands on none it does not hold, and grows only by a yes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.safeguards.access import services
from mekhala.safeguards.access.errors import ClassNotOfPurpose, NotOpenToYou
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose, Role
from tests.builders import NOW, case, officer, open_to

OPEN, NARRATIVE, IDENTITY = FieldClass.OPEN, FieldClass.NARRATIVE, FieldClass.IDENTITY


def _given(by, to, number, classes=None, consent=None):
    services.open_to(
        [to], number, purpose=Purpose.DETERMINATION, by=by, at=timezone.now(),
        field_classes=classes, consent=consent,
    )  # fmt: skip
    return set(Grant.objects.get(officer=to, file_number=number).field_classes)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_database_knows_the_same_classes_of_a_purpose(db, purpose):
    for one in CLASSES_OF_PURPOSE[purpose]:
        open_to(officer(), new_number("MK"), purpose, classes=[one])
    for one in set(FieldClass) - CLASSES_OF_PURPOSE[purpose]:
        with pytest.raises(IntegrityError, match="grant_within_its_purpose"), transaction.atomic():
            open_to(officer(), new_number("MK"), purpose, classes=[one])


def test_a_grant_of_nothing_and_of_what_the_purpose_does_not_carry_is_refused(db, acting):
    me, reader = officer(), officer(Role.AUTHORITY)
    number = case(me).number
    acting(me)
    for wrong in ([], [FieldClass.ACCUSED], [OPEN, FieldClass.ACCUSED]):
        with pytest.raises(ClassNotOfPurpose):
            _given(me, reader, number, wrong)


def test_who_holds_some_classes_hands_on_those_and_no_other(db, acting):
    me, number = officer(Role.REGISTRAR), new_number("MK")
    open_to(me, number, Purpose.REGISTRATION, by=officer(), classes=[OPEN, NARRATIVE])
    acting(me)
    for wrong in ([IDENTITY], [OPEN, IDENTITY], None):
        with pytest.raises(NotOpenToYou):
            _given(me, officer(Role.AUTHORITY), number, wrong)
    assert _given(me, officer(Role.AUTHORITY), number, [OPEN]) == {OPEN}
    assert _given(me, officer(Role.AUTHORITY), number, [OPEN, NARRATIVE]) == {OPEN, NARRATIVE}


def test_a_second_grant_narrows_at_any_time_and_widens_only_on_a_newer_yes(db, acting):
    me, reader = officer(), officer(Role.AUTHORITY)
    number = case(me).number
    acting(me)
    assert _given(me, reader, number, [OPEN, NARRATIVE]) == {OPEN, NARRATIVE}
    assert _given(me, reader, number, [OPEN]) == {OPEN}
    for wrong in ([OPEN, NARRATIVE], None):
        with pytest.raises(NotOpenToYou):
            _given(me, reader, number, wrong)
    assert Grant.objects.filter(officer=reader).count() == 1


def test_nobody_widens_a_grant_by_writing_into_it(db, acting):
    me, number = officer(Role.REGISTRAR), new_number("MK")
    open_to(me, number, Purpose.REGISTRATION, by=officer(), classes=[OPEN])
    acting(me)
    mine = Grant.objects.filter(officer=me)
    for more in ({}, {"until": NOW + timedelta(days=1)}, {"granted_at": NOW}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            mine.update(field_classes=["open", "identity"], **more)
    with pytest.raises(ProgrammingError, match="newer consent"), transaction.atomic():
        mine.update(field_classes=["identity"], until=NOW + timedelta(days=1))
