"""Whom the register takes, once, and how a certificate is checked and withdrawn."""

from datetime import timedelta

import pytest

from mekhala.core.check_digit import is_right
from mekhala.pathway.determination.models import TraffickingStatus
from mekhala.pathway.registration import errors, queries, services
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.seals.models import Seal
from mekhala.safeguards.seals.queries import check
from tests.builders import NOW, officer, open_to
from tests.builders_help import decision, registrar_with_case
from tests.log import Entry

LATER = NOW + timedelta(days=40)
RECOGNISED, NOT_ESTABLISHED = TraffickingStatus.RECOGNISED, TraffickingStatus.NOT_ESTABLISHED


def test_a_recognised_person_is_registered_under_a_number_that_can_be_checked(db, acting):
    registrar, made = registrar_with_case()
    standing = decision(made)
    acting(registrar)
    entered = services.register(case=made, by=registrar, at=NOW)
    assert is_right(entered.number, "RG")
    assert entered.decision == standing
    assert check(entered.number, entered.certificate_code) == "valid"
    assert Entry.objects.filter(act="registration.registered", subject=made.number).count() == 1


def test_the_seal_knows_neither_case_nor_number(db, acting):
    registrar, made = registrar_with_case()
    decision(made)
    acting(registrar)
    entered = services.register(case=made, by=registrar, at=NOW)
    kept = str(Seal.objects.values().get())
    assert made.number not in kept
    assert entered.number not in kept
    assert entered.certificate_code not in kept


def test_without_a_decision_nobody_is_registered_and_nothing_is_sealed(db, acting):
    registrar, made = registrar_with_case()
    acting(registrar)
    with pytest.raises(errors.NotRecognised):
        services.register(case=made, by=registrar, at=NOW)
    assert not Seal.objects.exists()


def test_a_negative_decision_registers_nobody(db, acting):
    registrar, made = registrar_with_case()
    decision(made, NOT_ESTABLISHED)
    acting(registrar)
    with pytest.raises(errors.NotRecognised):
        services.register(case=made, by=registrar, at=NOW)


@pytest.mark.parametrize(("first", "then", "taken"), [
    (RECOGNISED, NOT_ESTABLISHED, False), (NOT_ESTABLISHED, RECOGNISED, True),
])  # fmt: skip
def test_of_two_decisions_the_one_that_stands_counts(db, acting, first, then, taken):
    registrar, made = registrar_with_case()
    decision(made, then, replaces=decision(made, first), at=NOW + timedelta(days=1))
    acting(registrar)
    if taken:
        assert services.register(case=made, by=registrar, at=LATER).decision.status == then
    else:
        with pytest.raises(errors.NotRecognised):
            services.register(case=made, by=registrar, at=LATER)


def test_a_case_is_registered_once_and_the_second_try_seals_nothing(db, acting):
    registrar, made = registrar_with_case()
    decision(made)
    acting(registrar)
    services.register(case=made, by=registrar, at=NOW)
    with pytest.raises(errors.AlreadyRegistered):
        services.register(case=made, by=registrar, at=LATER)
    assert (Registration.objects.count(), Seal.objects.count()) == (1, 1)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.REGISTRAR])
def test_only_registrars_keep_the_register(db, acting, role):
    _registrar, made = registrar_with_case()
    decision(made)
    other = officer(role)
    open_to(other, made.number, Purpose.REGISTRATION)
    acting(other)
    with pytest.raises(NotYourRole):
        services.register(case=made, by=other, at=NOW)


def test_a_registrar_with_another_purpose_hears_that_there_is_nothing(db, acting):
    _registrar, made = registrar_with_case()
    other = officer(Role.REGISTRAR)
    open_to(other, made.number, Purpose.SUPPORT)
    acting(other)
    with pytest.raises(NotOpenToYou):
        services.register(case=made, by=other, at=NOW)


def test_a_withdrawn_certificate_is_told_as_withdrawn(db, acting):
    registrar, made = registrar_with_case()
    decision(made)
    acting(registrar)
    entered = services.register(case=made, by=registrar, at=NOW)
    with pytest.raises(errors.ReasonMissing):
        services.withdraw(entered, "  ", by=registrar, at=LATER)
    services.withdraw(entered, "Issued on the wrong file", by=registrar, at=LATER)
    assert check(entered.number, entered.certificate_code) == "withdrawn"
    with pytest.raises(errors.AlreadyWithdrawn):
        services.withdraw(entered, "Again", by=registrar, at=LATER)
    assert "wrong file" not in str(Entry.objects.get(act="registration.withdrawn").details)


@pytest.mark.parametrize("typed", ["{number}", " {number} ", "{lower}", "{bare}"])
def test_a_number_is_found_however_it_is_typed(db, acting, typed):
    registrar, made = registrar_with_case()
    decision(made)
    acting(registrar)
    entered = services.register(case=made, by=registrar, at=NOW)
    number, code = entered.number, entered.certificate_code
    said = typed.format(number=number, lower=number.lower(), bare=number.replace("-", ""))
    assert check(said, f"{code[:5]} {code[5:].lower()}") == "valid"
    assert check(said, code[::-1] + "X") == "not_valid"


def test_what_is_due_for_registration_is_what_is_recognised_and_not_registered(db, acting):
    registrar, made = registrar_with_case()
    standing = decision(made)
    acting(registrar)
    assert list(queries.due(registrar)) == [standing]
    services.register(case=made, by=registrar, at=NOW)
    assert not queries.due(registrar)


def test_a_registration_says_when_its_decision_was_replaced(db, acting):
    registrar, made = registrar_with_case()
    standing = decision(made)
    acting(registrar)
    entered = services.register(case=made, by=registrar, at=NOW)
    assert queries.rests_on_standing_decision(entered)
    decision(made, NOT_ESTABLISHED, replaces=standing, at=LATER)
    acting(registrar)
    assert not queries.rests_on_standing_decision(entered)
