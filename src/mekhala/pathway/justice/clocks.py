"""Custody and the time to appeal: when each runs out, and telling before it does.

The limits are those of ``core/calendar/limits``; whichever that may hold ends first is minded.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from mekhala.core.calendar.limits import Clock, clock, limits, zone
from mekhala.pathway.justice import custody
from mekhala.pathway.justice.models import Appellant
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind as Notice

# Whose time to appeal is another than everybody's.
APPEAL_OF: dict[str, str] = {Appellant.PROSECUTOR_GENERAL: "appeal_of_the_prosecutor_general"}


@dataclass(frozen=True)
class Running:
    """One clock that runs, as the database tells the job.

    ``parts`` are all custodies of the accused that stand: some may be one stretch with this one.
    """

    clock: str
    entry: int
    accused: str
    proceeding: str
    since: datetime
    parts: list[dict[str, Any]]
    released_on: list[str]
    officers: list[int]


def at_the_beginning_of(day: date) -> datetime:
    """Return the first instant of a day, where the limits are counted."""
    return datetime.combine(day, time.min, tzinfo=zone())


def of_appeal(judged_at: datetime, *, by: str = "") -> Clock:
    """Return the clock of an appeal against a judgment; ``by`` is an ``Appellant``."""
    return clock(limits()[APPEAL_OF.get(by, "appeal")], judged_at)


def last_day_to_appeal(judged_on: date, *, by: str = "") -> date:
    """Return the last day on which an appeal is in time, counted from the day of the judgment."""
    ends = of_appeal(at_the_beginning_of(judged_on), by=by).runs_out_at
    return (ends - timedelta(microseconds=1)).date()


def of_running(one: Running) -> Clock:
    """Return the clock of what the database says is running."""
    if one.clock == "appeal":
        return of_appeal(one.since)
    return custody.around(one.entry, one.parts, one.released_on).clock


def running() -> list[Running]:
    """Return every clock of custody, detention before trial and appeal; for the job."""
    with connection.cursor() as cursor:
        cursor.execute("select * from justice_clocks_running()")
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    told = ("parts", "released_on")
    return [Running(**row | {name: json.loads(row[name]) for name in told}) for row in rows]


@transaction.atomic
def tell_before_they_run_out(*, at: datetime) -> int:
    """Tell who keeps a proceeding of each limit whose alarm is due, once a limit; return how many.

    For the job, which acts for nobody. An extension makes a new limit, and a new alarm.
    """
    return sum(_told(one, at) for one in running())


def _told(one: Running, at: datetime) -> int:
    found = of_running(one)
    if not found.is_due(at):
        return 0
    if not _first_time(one, found):
        return 0
    officers = Officer.objects.filter(pk__in=one.officers)
    more: dict[str, Any] = {"clock": one.clock, "accused": one.accused}
    notices.tell(officers, Notice.CLOCK_RUNS_OUT, subject=one.proceeding, by=None, at=at, **more)
    return 1


def _first_time(one: Running, found: Clock) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select justice_tell_of_clock(%s, %s, %s, %s)",
            [one.clock, one.entry, one.accused, found.runs_out_at],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
