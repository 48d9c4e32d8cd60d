"""Who keeps a support plan. Never police, prosecution or court."""

from datetime import date, datetime

from django.utils import timezone

from mekhala.pathway.aftercare.errors import AlreadyDone, DayToCome, GoalsMissing, OutcomeMissing
from mekhala.pathway.aftercare.models import FollowUp, FollowUpOutcome, PlanTask
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for

SUPPORTERS = frozenset({Role.REGISTRAR, Role.PROVIDER})
SUPPORTING = frozenset({Purpose.SUPPORT, Purpose.REGISTRATION})


def check_may_support(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever is no social worker or provider, or to whom the file is not open for it."""
    if officer.role not in SUPPORTERS:
        raise NotYourRole
    if not purposes_for(officer, case_number, now=now) & SUPPORTING:
        raise NotOpenToYou


def may_support(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may keep this person's plan."""
    try:
        check_may_support(officer, case_number, now=now)
    except ActRefused:
        return False
    return True


def check_goals(goals: str) -> None:
    """Refuse a plan that does not begin with what the person wants."""
    if not goals.strip():
        raise GoalsMissing


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day after today for what has already been agreed or done."""
    if day > timezone.localdate(now):
        raise DayToCome


def check_not_done(step: PlanTask | FollowUp) -> None:
    """Refuse to finish a thing twice."""
    if step.done_on is not None:
        raise AlreadyDone


def check_outcome(outcome: str) -> None:
    """Refuse a follow-up that does not say how things stand."""
    if outcome not in FollowUpOutcome.values:
        raise OutcomeMissing
