"""Who watches over the reading of others: never somebody of their own agency."""

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.reading.errors import LockNotYours

WATCHERS = frozenset({Role.ADMINISTRATOR, Role.AUTHORITY})


def may_watch(officer: Officer) -> bool:
    """Return whether the officer's role watches over what others read."""
    return officer.role in WATCHERS


def check_may_lift(by: Officer, about: Officer) -> None:
    """Refuse whoever does not watch, or works for the agency of the one who is locked."""
    if not may_watch(by) or by.agency_id == about.agency_id:
        raise LockNotYours
