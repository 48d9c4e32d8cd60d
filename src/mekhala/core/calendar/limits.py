"""When a limit of criminal procedure runs out, and when somebody must be told before it does.

``limits.yaml`` beside this module holds the limits of custody, detention before trial, hearing and
appeal, for adults and minors, with their sources; nobody has verified them yet. Where it is open
which limit holds, the one that ends first is the one to mind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from mekhala.core.calendar.lengths import (
    Length,
    end_of_day,
    half_of_years,
    later,
    length_of,
    together,
)
from mekhala.core.calendar.working_days import is_working_day

LIMITS_FILE = Path(__file__).with_name("limits.yaml")
MAJORITY, OLD_ENOUGH = 18, 14
MORNING = time(8)  # when an alarm that waits for a working day is given


class Kind(StrEnum):
    """What a limit is a limit of."""

    CUSTODY = "custody"
    PRE_TRIAL = "pre_trial"
    HEARING = "hearing"
    APPEAL = "appeal"


class Offence(StrEnum):
    """Classes of offence that set how long somebody may be detained before trial."""

    FELONY = "felony"
    MISDEMEANOUR = "misdemeanour"


class Whom(StrEnum):
    """Whom a limit is for, by the age at the time it runs."""

    ADULT = "adult"
    MINOR = "minor"
    UNDER_14 = "under_14"
    ANYBODY = "anybody"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit of time: on whom, how long, from when, how extended, and how early to be told."""

    code: str
    name: str
    kind: Kind
    statute: str
    article: str
    whom: Whom
    charged_with: Offence | None  # None: whatever the charge
    length: Length | None  # None: forbidden altogether
    extensions: tuple[Length, ...]
    extended_for: Offence | None
    extended_by: str
    runs_from: str
    whole_days: bool  # the first day does not count, and the last one counts to midnight
    half_of_least_sentence: bool
    at_most: bool  # only a longer limit is known than the one the law sets
    alarm: Length
    alarm_on_a_working_day: bool
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One limit as it runs: ``alarm_at`` is never after ``runs_out_at``, nor before the start."""

    limit: Limit
    since: datetime
    alarm_at: datetime
    runs_out_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Return whether the limit has run out at ``now``."""
        return now >= self.runs_out_at

    def is_due(self, now: datetime) -> bool:
        """Return whether somebody must have been told by ``now``."""
        return now >= self.alarm_at


@cache
def limits() -> Mapping[str, Limit]:
    """Return every limit by its code."""
    statute = _file()["statute"]
    rows = _file()["limits"].items()
    return MappingProxyType({code: _limit(code, statute, row) for code, row in rows})


@cache
def zone() -> ZoneInfo:
    """Return the time zone whose clock counts."""
    return ZoneInfo(_file()["time_zone"])


@cache
def shortest_time_out() -> timedelta:
    """Return how long somebody must have been out of detention for a limit to begin anew."""
    return timedelta(hours=length_of(_file()["stretch"]["time_out"]).hours)


def source_of_stretches() -> str:
    """Return on what it rests when a limit begins anew."""
    return str(_file()["stretch"]["source"])


def earliest(clocks: Sequence[Clock]) -> Clock:
    """Return the clock to mind of several that may hold: the first end, and the first alarm."""
    first = min(clocks, key=lambda each: each.runs_out_at)
    return replace(first, alarm_at=min(each.alarm_at for each in clocks))


def runs_out(
    limit: Limit, since: datetime, *, extensions: int = 0, least_sentence_years: float | None = None
) -> datetime:
    """Return the instant from which ``limit``, running ``since`` an instant, is exceeded.

    ``extensions`` is how many were granted; more than the law knows add nothing. The least
    sentence of the charge, in years, shortens a detention that may not be longer than half of it.
    A limit that forbids has run out at once. A last day that is no working day is not moved:
    whether the code would, is not known to us, and the earlier end harms nobody.
    """
    if limit.length is None:
        return since.astimezone(zone())
    whole = together((limit.length, *limit.extensions[:extensions]))
    ends = [later(since, whole, zone())]
    if limit.half_of_least_sentence and least_sentence_years is not None:
        ends.append(later(since, half_of_years(least_sentence_years), zone()))
    end = min(ends)
    return end_of_day(end) if limit.whole_days else end


def alarm_due(limit: Limit, since: datetime, runs_out_at: datetime) -> datetime:
    """Return when somebody must be told that ``limit`` is about to run out.

    Never after it runs out and never before it began; earlier rather than on a day off.
    """
    start = since.astimezone(zone())
    back = Length(-limit.alarm.months, -limit.alarm.days, -limit.alarm.hours)
    told = later(runs_out_at, back, zone())
    if limit.alarm_on_a_working_day:
        told = _morning_at_work(told)
    return max(start, told)


def _morning_at_work(instant: datetime) -> datetime:
    """The morning of the last working day that is not later than ``instant``."""
    country, day = _file()["country"], instant.date()
    if instant.time() < MORNING:
        day -= timedelta(days=1)
    while not is_working_day(day, country=country):
        day -= timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=instant.tzinfo)


def clock(
    limit: Limit, since: datetime, *, extensions: int = 0, least_sentence_years: float | None = None
) -> Clock:
    """Return ``limit`` as it runs ``since`` an instant; see ``runs_out`` for the others."""
    end = runs_out(limit, since, extensions=extensions, least_sentence_years=least_sentence_years)
    told = alarm_due(limit, since, end)
    return Clock(limit=limit, since=since, alarm_at=told, runs_out_at=end)


def limits_that_may_hold(
    kind: Kind, *, age: int | None, charged_with: Offence | None
) -> tuple[Limit, ...]:
    """Return the limits of ``kind`` that may hold for somebody, the surest first.

    ``age`` is in whole years on the day; unknown, both those for adults and for minors may hold.
    A charge of an unknown class leaves the limits of both classes open.
    """
    whom = _may_be(age)
    return tuple(
        each
        for each in limits().values()
        if each.kind is kind
        and each.whom in whom
        and (charged_with is None or each.charged_with in (None, charged_with))
    )


def _may_be(age: int | None) -> tuple[Whom, ...]:
    if age is None:
        return (Whom.ADULT, Whom.MINOR, Whom.ANYBODY)
    if age < OLD_ENOUGH:
        return (Whom.UNDER_14, Whom.ANYBODY)
    return (Whom.ADULT if age >= MAJORITY else Whom.MINOR, Whom.ANYBODY)


def detention_clock(
    kind: Kind,
    since: datetime,
    *,
    age: int | None,
    charged_with: Offence | None,
    extensions: int = 0,
    least_sentence_years: float | None = None,
) -> Clock:
    """Return the clock of custody or of detention before trial, whichever limit ends first.

    The alarm is the earliest of all that may hold: somebody whose age nobody knows is minded as a
    minor. An extension counts unless the charge is known to be of a class that allows none.
    """
    clocks = [
        clock(
            limit,
            since,
            extensions=_counted(limit, extensions, charged_with),
            least_sentence_years=least_sentence_years,
        )
        for limit in limits_that_may_hold(kind, age=age, charged_with=charged_with)
    ]
    return earliest(clocks)


def _counted(limit: Limit, extensions: int, charged_with: Offence | None) -> int:
    refused = None not in (limit.extended_for, charged_with) and limit.extended_for != charged_with
    return 0 if refused else extensions


@cache
def _file() -> Mapping[str, Any]:
    import yaml

    read: Mapping[str, Any] = yaml.safe_load(LIMITS_FILE.read_text(encoding="utf-8"))
    return read


def _limit(code: str, statute: str, row: Mapping[str, Any]) -> Limit:
    return Limit(
        code=code,
        name=row["name"],
        kind=Kind(row["kind"]),
        statute=statute,
        article=row["article"],
        whom=Whom(row["for"]),
        charged_with=_offence(row["charged_with"]),
        length=None if row["length"] == "none" else length_of(row["length"]),
        extensions=tuple(length_of(each) for each in row.get("extensions", ())),
        extended_for=_offence(row.get("extended_for", "any")),
        extended_by=row.get("extended_by", ""),
        runs_from=row["runs_from"],
        whole_days=row.get("counted") == "whole_days",
        half_of_least_sentence=row.get("half_of_least_sentence", False),
        at_most=row.get("at_most", False),
        alarm=length_of(row["alarm"]) if "alarm" in row else Length(),
        alarm_on_a_working_day=row.get("on_a_working_day", False),
        source=row["source"],
        verified=row["verified"],
    )


def _offence(written: str) -> Offence | None:
    return None if written == "any" else Offence(written)
