"""What is due, overdue, held and erased. Nothing here changes anything."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.retention.models import Period
from mekhala.safeguards.retention.periods import kinds


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line for administrators; ``officers`` are the two behind a hold, else nobody."""

    number: str
    kind: str
    because: str
    at: datetime
    officers: tuple[Officer, ...] = ()


def due() -> list[tuple[str, str]]:
    """Return (number, kind) of all that may be erased now: for the job, which acts for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select number, kind from retention_due()")
        return [(number, kind) for number, kind in cursor.fetchall()]


def overdue() -> int:
    """Return how much should have been erased a day ago and was not; holds do not count."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_overdue()")
        return int(cursor.fetchone()[0])


def told(what: str) -> list[Told]:
    """Return what is ``coming`` in a month, ``waiting``, ``held`` or ``erased``.

    ``waiting``: due, and a proceeding goes on. Empty for whoever is no administrator.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from retention_told(%s)", [what])
        rows = cursor.fetchall()
    both = Officer.objects.in_bulk({pk for row in rows for pk in row[4:] if pk})
    return [
        Told(number=number, kind=kind, because=because, at=at,
             officers=tuple(both[pk] for pk in pair if pk))
        for number, kind, because, at, *pair in rows
    ]  # fmt: skip


def in_the_way(number: str) -> list[str]:
    """Return why a file open to the officer is not erased sooner: ``open``, ``held``, ``runs``."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_stands_in_the_way(%s)", [number])
        return list(cursor.fetchone()[0])


def differs_from_the_file() -> list[str]:
    """Return the kinds for which the database obeys another period than ``periods.yaml``."""
    said = {kind.code: (kind.days, kind.after) for kind in kinds().values()}
    obeyed = {p.kind: (p.days, p.timer) for p in Period.objects.all()}
    return sorted(k for k in said.keys() | obeyed.keys() if said.get(k) != obeyed.get(k))
