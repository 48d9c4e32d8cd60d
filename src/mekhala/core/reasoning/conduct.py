"""When the conduct took place, as far as it is known, and which texts may govern it."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mekhala.core.law.statute import Period, Provision
from mekhala.core.wrong_input import WrongInput

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """The widest span the conduct can have had. An end nobody gave is open, not the same day."""

    span: Period

    @property
    def dated(self) -> bool:
        """Whether anything at all is known of the date."""
        return self.span.first is not None or self.span.last is not None


def read_partial_date(written: str, *, where: str) -> Period:
    """Return the days that ``2009``, ``2009-03`` or ``2009-03-05`` can mean.

    Raises ``WrongInput``, beginning with ``where``, for anything else.
    """
    found = PARTIAL_DATE.fullmatch(written)
    if found is None:
        raise WrongInput(f"{where}: {written!r} is no date; expected 2009, 2009-03 or 2009-03-05")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _days(int(year or 0), month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise WrongInput(f"{where}: {written!r} is not in the calendar") from None


def _days(year: int, month: int | None, day: int | None) -> Period:
    last_month = month or 12
    date(year, last_month, 1)  # refuses a year or month that does not exist
    last_day = day or calendar.monthrange(year, last_month)[1]
    first = date(year, month or 1, day or 1)
    return Period(first=first, last=date(year, last_month, last_day))


def candidates(provisions: Iterable[Provision], conduct: Conduct) -> tuple[Provision, ...]:
    """Return the provisions in force on at least one day the conduct can have had."""
    return tuple(p for p in provisions if p.in_force.meets(conduct.span))


def is_ambiguous(candidate: Iterable[Provision], conduct: Conduct) -> bool:
    """Whether it is open which text governs.

    It is when no date is known, or when two candidates were never in force together.
    """
    if not conduct.dated:
        return True
    periods = {p.in_force.first: p.in_force for p in candidate}.values()
    return any(not one.meets(other) for one in periods for other in periods)


def period_in_words(period: Period) -> str:
    """Return a period as an officer reads it."""
    first = f"from {period.first}" if period.first else "from an unknown day"
    if period.throughout:
        first = f"{first} in part of the country, in all of it from {period.throughout}"
    return f"{first} until {period.last}" if period.last else f"{first} on"
