"""Who takes down and reads reports about officials. Nothing here changes anything."""

from datetime import date, datetime

from django.utils import timezone

from mekhala.pathway.incidents import errors
from mekhala.pathway.incidents.models import Way
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind

# Counsel, organisations, hotlines, monitors and an anti-corruption unit work here as providers;
# social workers hear of much. The migrations hold the same lists at the rows.
LOGGERS = frozenset({Role.PROVIDER, Role.REGISTRAR})
SEALED_FROM = frozenset({AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT})
COUNTERS = LOGGERS | {Role.STATISTICIAN}


def may_log(officer: Officer) -> bool:
    """Answer whether this room is there for the officer at all."""
    return officer.role in LOGGERS and officer.agency.kind not in SEALED_FROM


def check_may_log(by: Officer) -> None:
    """Refuse every role and agency the room is sealed from."""
    if not may_log(by):
        raise NotYourRole


def may_see_patterns(officer: Officer) -> bool:
    """Answer whether the counts are there for the officer."""
    return officer.role in COUNTERS and officer.agency.kind not in SEALED_FROM


def check_not_own(of_agency: Agency | None, by: Officer) -> None:
    """Refuse to keep a report about one's own agency."""
    if of_agency is not None and of_agency.pk == by.agency_id:
        raise errors.OwnAgency


def check_month(month: str, *, now: datetime) -> None:
    """Refuse a month to come."""
    if month > timezone.localdate(now).strftime("%Y-%m"):
        raise errors.DayToCome


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day to come."""
    if day > timezone.localdate(now):
        raise errors.DayToCome


def check_route(way: str, agency: Agency | None, receipt: str) -> None:
    """Refuse a way that leads nowhere, and one that does when the reporter said nobody yet."""
    goes = agency is not None or bool(receipt)
    if (way == Way.NOBODY_YET) == goes:
        raise errors.NotARoute
