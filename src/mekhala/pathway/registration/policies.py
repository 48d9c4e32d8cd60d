"""Who keeps the register, and whom it takes."""

from datetime import datetime

from mekhala.pathway.determination.models import Decision, TraffickingStatus
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration.errors import AlreadyWithdrawn, NotRecognised, ReasonMissing
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for


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


def check_may_withdraw(
    officer: Officer, registration: Registration, because: str, *, now: datetime
) -> None:
    """Refuse a second withdrawal, one without a reason, or one by somebody else."""
    check_keeps_register(officer, registration.case_id, now=now)
    if registration.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if not because.strip():
        raise ReasonMissing
