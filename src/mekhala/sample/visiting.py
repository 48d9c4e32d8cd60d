"""Invented visits to invented places: what an organisation saw there; nobody is written about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from mekhala.pathway.visits import services
from mekhala.pathway.visits.models import Done, Entry, PlaceKind, Visit, Visitor

from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

AGENCY, PROVINCE = "fr-01", "12"
VISITS = 14  # of which the last two were not let in: of the others it is told what was seen
KINDS = (PlaceKind.ENTERTAINMENT, PlaceKind.WORKPLACE, PlaceKind.GUESTHOUSE)


def visit(job: Job) -> int:
    """Keep the visits of one organisation, a day between two; return how many there are."""
    today = timezone.localdate(job.now)
    with acting_as(job.cast.officer(AGENCY)) as officer:
        if Visit.objects.exists():
            return 0
        for n in range(VISITS):
            let_in = n < VISITS - 2
            seen = {"minors": n % 3 == 0, "papers": n % 4 == 1 or None, "locked_in": False}
            services.record_visit(
                visited_on=today - timedelta(days=n + 1), kind=KINDS[n % len(KINDS)],
                province_code=PROVINCE, visitors=[Visitor.OWN_TEAM], by=officer, at=job.now,
                entry=Entry.PART if let_in else Entry.REFUSED, seen=seen if let_in else {},
                done=[Done.HOTLINE] if n % 2 else [],
            )  # fmt: skip
    return VISITS
