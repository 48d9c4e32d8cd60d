"""Who writes and who reads the registers of institutions. No row of them is about a person.

Mandates, projects and teaching are open to every officer. What other countries were asked is read
by those who ask and by the national committee: an open request tells of an inquiry that runs.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from mekhala.population.institutions import errors
from mekhala.population.institutions.words import MAY_FOLLOW, Status
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role

if TYPE_CHECKING:
    from mekhala.population.institutions.models import ProjectStatus
    from mekhala.safeguards.access.models import Officer


def may_keep(by: "Officer") -> bool:
    """Return whether the officer keeps mandates, projects and teaching: the national committee."""
    return by.role == Role.STATISTICIAN


def check_may_keep(by: "Officer") -> None:
    """Refuse all but the national committee."""
    if not may_keep(by):
        raise NotYourRole


def may_ask_abroad(by: "Officer") -> bool:
    """Return whether the officer logs requests to other countries: police, prosecution, courts."""
    return by.role == Role.JUSTICE


def check_may_ask_abroad(by: "Officer") -> None:
    """Refuse all who ask nothing of other countries."""
    if not may_ask_abroad(by):
        raise NotYourRole


def may_read_requests(by: "Officer") -> bool:
    """Return whether the officer reads the log of requests."""
    return may_ask_abroad(by) or may_keep(by)


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day to come."""
    if day > timezone.localdate(now):
        raise errors.DayToCome


def check_reason(reason: str) -> None:
    """Refuse a change without a reason."""
    if not reason.strip():
        raise errors.ReasonMissing


def check_said(*words: str) -> None:
    """Refuse a line that does not say whose word it is."""
    if not all(each.strip() for each in words):
        raise errors.SourceMissing


def may_follow(last: "ProjectStatus | None") -> list[Status]:
    """Return the statuses that may follow the last one, in the order of a project's way."""
    return [each for each in Status if each in MAY_FOLLOW[last.status if last else ""]]


def check_may_follow(status: str, since: date, last: "ProjectStatus | None") -> None:
    """Refuse a status that does not follow the last one, or begins before it."""
    if status not in may_follow(last):
        raise errors.MayNotFollow
    if last and since < last.since:
        raise errors.BeforeTheLast


def check_counts(tested: int | None, knew: int | None) -> None:
    """Refuse half of a measurement, and more who knew than were tested."""
    if (tested is None) != (knew is None) or (knew or 0) > (tested or 0):
        raise errors.CountsDisagree
