"""Working days where two countries act: a day counts when the offices of every side are open.

A clock names whose calendar it runs on: one side's, or both sides', where each waits for the other.
"""

from collections.abc import Collection
from datetime import date, timedelta

from mekhala.core.calendar.working_days import is_working_day


def is_open_to_all(day: date, countries: Collection[str]) -> bool:
    """Return whether offices of every country (ISO 3166-1 alpha-3) are open on ``day``."""
    return all(is_working_day(day, country=country) for country in countries)


def due_on(start: date, days: int, countries: Collection[str]) -> date:
    """Return the ``days``-th day after ``start`` that is a working day on every side.

    Raises ``ValueError`` for fewer than no days or no country, ``KeyError`` for a country whose
    holidays are not listed.
    """
    if days < 0 or not countries:
        raise ValueError(f"{days} days of {sorted(countries)}; expected 0 or more, of some country")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_open_to_all(day, countries)
    return day


def days_between(start: date, end: date, countries: Collection[str]) -> int:
    """Return the shared working days after ``start`` up to and with ``end``; 0 if none are."""
    span = (end - start).days
    return sum(is_open_to_all(start + timedelta(days=n), countries) for n in range(1, span + 1))
