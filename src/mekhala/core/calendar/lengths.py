"""Lengths of time as procedure writes them, counted on the clock of one place.

Hours are hours. Days, weeks and months go by the calendar of the place: a month ends at the same
hour of the day of the same number, or of the last day of a month that has no such day.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from fractions import Fraction

DAYS_OF_A_WEEK = 7
HALF_A_YEAR = 6  # months
SHORTEST_MONTH = 28  # days


@dataclass(frozen=True)
class Length:
    """Months, days and hours; negative ones go back."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def __add__(self, other: "Length") -> "Length":
        """Both together, so that 6 months three times are 18 and not three times a month's end."""
        months, days = self.months + other.months, self.days + other.days
        return Length(months, days, self.hours + other.hours)


def length_of(written: dict[str, int]) -> Length:
    """Return the length that ``{hours: 48}``, ``{weeks: 2}`` or the like means."""
    ((unit, amount),) = written.items()
    if unit == "weeks":
        return Length(days=amount * DAYS_OF_A_WEEK)
    return Length(**{unit: amount})


def together(lengths: Iterable[Length]) -> Length:
    """Return the sum of several lengths."""
    return sum(lengths, Length())


def half_of_years(years: float) -> Length:
    """Return half of a sentence of ``years``, rounded down to whole hours.

    What is less than a month is counted in months of 28 days, so that it never ends too late.
    """
    half = Fraction(str(years)) * HALF_A_YEAR
    months = int(half)
    hours = int((half - months) * SHORTEST_MONTH * 24)
    return Length(months=months, hours=hours)


def later(start: datetime, length: Length, zone: tzinfo) -> datetime:
    """Return the instant ``length`` after ``start``, on the clock of ``zone``.

    ``start`` must know its own time zone; ``ValueError`` otherwise.
    """
    if start.tzinfo is None:
        raise ValueError("start has no time zone; expected an instant")
    local = start.astimezone(zone)
    moved = _months_later(local.replace(tzinfo=None), length.months) + timedelta(days=length.days)
    instant = moved.replace(tzinfo=zone, fold=local.fold).astimezone(UTC)
    return (instant + timedelta(hours=length.hours)).astimezone(zone)


def _months_later(day: datetime, months: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def end_of_day(instant: datetime) -> datetime:
    """Return the midnight with which the day of ``instant`` ends, on its own clock."""
    midnight = datetime.combine(instant.date(), time(), tzinfo=instant.tzinfo)
    return midnight + timedelta(days=1)
