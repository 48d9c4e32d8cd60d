"""Who may screen, and what a screening needs."""

from datetime import datetime

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening.errors import NotFromAForm, ReasonMissing, ScreenedLater
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_SCREEN = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR})
SCREENED_UNDER = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})


def may_screen(by: Officer, purposes: set[Purpose]) -> bool:
    """Return whether the officer's role and purposes let them screen."""
    return by.role in WHO_SCREEN and bool(purposes & SCREENED_UNDER)


def check_may_screen(by: Officer, case: Case, *, at: datetime) -> None:
    """Refuse another role, a case that is not open for it, and a date before the case."""
    if by.role not in WHO_SCREEN:
        raise NotYourRole
    if not access.purposes_for(by, case.number, now=at) & SCREENED_UNDER:
        raise NotOpenToYou
    if at < case.opened_at:
        raise ScreenedLater


def check_may_correct(by: Officer, screening: Screening, *, at: datetime) -> None:
    """Refuse who may not screen, and a screening that was not taken from a filled form."""
    check_may_screen(by, screening.case, at=at)
    if screening.submission_id is None:
        raise NotFromAForm


def check_reasoned(outcome: str, because: str) -> None:
    """Refuse to leave somebody without a referral and without a reason."""
    if outcome != ScreeningOutcome.REFER and not because.strip():
        raise ReasonMissing
