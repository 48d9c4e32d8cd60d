"""Which locks stand. Nothing here changes anything."""

from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.reading.models import Limit, Lock


def locks_to_lift(officer: Officer) -> QuerySet[Lock]:
    """Return the locks that stand on officers of other agencies, the newest first."""
    found = Lock.objects.filter(lifted_at=None).exclude(officer__agency=officer.agency_id)
    return found.select_related("officer__agency")


def limits() -> QuerySet[Limit]:
    """Return how many files each role may read, and why that many."""
    return Limit.objects.order_by("role")
