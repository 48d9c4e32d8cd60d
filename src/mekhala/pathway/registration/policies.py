"""Who keeps the register, and whom it takes."""

from datetime import datetime

from mekhala.pathway.determination.models import Decision, TraffickingStatus
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration.errors import (
    AlreadyWithdrawn,
    BecauseMissing,
    NotRecognised,
    ReasonMissing,
)
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for
from mekhala.safeguards.emergency.policies import INVESTIGATE

WHO_KNOW_PEOPLE = frozenset({Role.REGISTRAR, Role.FIRST_RESPONDER})
WHO_MEET = frozenset({Purpose.REGISTRATION, Purpose.FIRST_CONTACT})


def check_keeps_register(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever is not a registrar to whom this file is open for registration."""
    if officer.role != Role.REGISTRAR:
        raise NotYourRole
    if Purpose.REGISTRATION not in purposes_for(officer, case_number, now=now):
        raise NotOpenToYou


def standing_decision(case: Case) -> Decision:
    """Return the decision that recognises the person and was not replaced; refuse without one."""
    found = Decision.objects.filter(
        case=case, status=TraffickingStatus.RECOGNISED, replaced_by=None
    ).first()
    if found is None:
        raise NotRecognised
    return found


def may_register(officer: Officer, case: Case, *, now: datetime) -> bool:
    """Return whether ``officer`` may enter this case now; not whether it is entered already."""
    try:
        check_keeps_register(officer, case.number, now=now)
        standing_decision(case)
    except ActRefused:
        return False
    return True


def may_look_for_same(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may look whether a person is known: a registrar, by whom the case
    is registered or was opened, of an agency that neither investigates nor judges (K2).
    """
    return may_answer_about_same(officer, case_number, now=now) and officer.role == Role.REGISTRAR


def looks_for_same(officer: Officer, purposes: set[Purpose]) -> bool:
    """Return the same for an officer to whom the case is open for these purposes."""
    return officer.role == Role.REGISTRAR and is_of_who_help(officer) and bool(purposes & WHO_MEET)


def may_answer_about_same(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may be asked whether somebody is the person of their case."""
    if not is_of_who_help(officer):
        return False
    return bool(purposes_for(officer, case_number, now=now) & WHO_MEET)


def is_of_who_help(officer: Officer) -> bool:
    """Return whether an officer of this role and agency is ever asked who is one person."""
    return officer.role in WHO_KNOW_PEOPLE and officer.agency.kind not in INVESTIGATE


def check_may_look_for_same(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever may not look. The database asks the same again."""
    if not may_look_for_same(officer, case_number, now=now):
        raise NotYourRole


def check_reason(because: str) -> None:
    """Refuse a judgement without a reason."""
    if not because.strip():
        raise BecauseMissing


def check_may_withdraw(
    officer: Officer, registration: Registration, because: str, *, now: datetime
) -> None:
    """Refuse a second withdrawal, one without a reason, or one by somebody else."""
    check_keeps_register(officer, registration.case_id, now=now)
    if registration.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if not because.strip():
        raise ReasonMissing
