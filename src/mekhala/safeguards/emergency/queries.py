"""What is open in an emergency, and what waits for a review. Nothing here changes anything."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.emergency.models import Opening


@dataclass(frozen=True)
class Look:
    """One look at the file while it was open: when, and at which page or what."""

    at: datetime
    act: str
    page: str


def live_of(officer: Officer, number: str, *, now: datetime) -> Opening | None:
    """Return the opening that shows this file to ``officer`` now, None without one."""
    found = Opening.objects.filter(officer=officer, file_number=number, until__gt=now)
    return found.order_by("-until").first()


def to_review(officer: Officer) -> QuerySet[Opening]:
    """Return what officers of other agencies opened, not reviewed first, then the newest."""
    found = Opening.objects.exclude(until=None).exclude(officer__agency=officer.agency_id)
    return found.select_related("officer__agency").order_by("reviewed_at", "-id")


def looks_during(opening: Opening) -> list[Look]:
    """Return what the officer looked at in the file, the first first; only for who reviews it."""
    with connection.cursor() as cursor:
        cursor.execute("select at, act, page from emergency_looks(%s) order by at", [opening.pk])
        return [Look(*row) for row in cursor.fetchall()]
