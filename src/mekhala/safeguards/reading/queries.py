"""Which locks stand, and which invented files were asked for. Nothing here changes anything."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.reading.models import Limit, Lock


def locks_to_lift(officer: Officer) -> QuerySet[Lock]:
    """Return the locks that stand on officers of other agencies, the newest first."""
    found = Lock.objects.filter(lifted_at=None).exclude(officer__agency=officer.agency_id)
    return found.select_related("officer__agency")


@dataclass(frozen=True)
class Raised:
    """One alarm, without the file; ``looked_at`` None: nobody has looked into it yet."""

    pk: int
    officer: str
    agency: str
    door: str
    at: datetime
    looked_at: datetime | None
    looked_by: str
    words: str


def alarms() -> list[Raised]:
    """Return the alarms about officers of other agencies, those not looked into first.

    The database's own function answers, to administrators and the competent authority only, and
    never tells which file it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select id, officer, agency, door, at, looked_at, looked_by, words
              from reading_alarms() order by looked_at is not null, id desc"""
        )
        return [Raised(*row) for row in cursor.fetchall()]


def limits() -> QuerySet[Limit]:
    """Return how many files each role may read, and why that many."""
    return Limit.objects.order_by("role")
