"""Bodies and agencies by duty, case load and breaches: counts, and nobody in them.

Case loads and breaches of agencies come from one function of the database, for statisticians;
counts from one to nine are told to nobody. What bodies owe comes from the registers of this room.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.utils import timezone

from mekhala.core.calendar.stages import first_day_to_announce_in_time
from mekhala.population.institutions import queries
from mekhala.population.institutions.models import ReportDue
from mekhala.safeguards.agencies.models import Agency

FEWEST = 10
COUNTS = ("open", "opened", "asked", "waiting", "unanswered", "owed", "overdue")
type Count = int | None  # None: from one to nine


@dataclass(frozen=True, kw_only=True)
class OfAgency:
    """One agency: cases it opened, requests to its services, and its duty to register.

    ``opened``, ``asked`` and ``unanswered`` are of the last twelve months.
    """

    agency: Agency
    open: Count
    opened: Count
    asked: Count
    waiting: Count
    unanswered: Count
    owed: Count
    overdue: Count


@dataclass(frozen=True, kw_only=True)
class OfBody:
    """One body: what it owes, how much of it no office answers for, and its reports."""

    body: str
    duties: int
    without_office: int
    reports: int
    late: int
    missing: int


def agencies(*, now: datetime, today: date) -> list[OfAgency]:
    """Return every agency in use by its name; none for other roles than statisticians."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from institutions_overview(%s, %s)",
            [now, _begin_of(first_day_to_announce_in_time(today))],
        )
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    found = Agency.objects.filter(pk__in=counted)
    return [
        OfAgency(agency=one, **dict(zip(COUNTS, map(_told, counted[one.pk]), strict=True)))
        for one in found
    ]


def bodies(*, today: date) -> list[OfBody]:
    """Return every body that owes a duty or a report, by its name."""
    duties, without = Counter[str](), Counter[str]()
    for mandate in queries.mandates():
        duties[mandate.body] += 1
        without[mandate.body] += not mandate.office
    reports: defaultdict[str, list[ReportDue]] = defaultdict(list)
    for one in ReportDue.objects.filter(due_on__lte=today):
        reports[one.body].append(one)
    return [
        OfBody(
            body=body, duties=duties[body], without_office=without[body],
            reports=len(reports[body]),
            late=sum(queries.days_late(one, today) > 0 for one in reports[body] if one.came_on),
            missing=sum(one.came_on is None and one.due_on < today for one in reports[body]),
        )
        for body in sorted(duties.keys() | reports.keys())
    ]  # fmt: skip


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _told(count: int) -> Count:
    return None if 0 < count < FEWEST else count
