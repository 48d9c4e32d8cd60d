"""Working days: Monday to Friday without public holidays.

``holidays.yaml`` beside this module lists the holidays by country and year, with their source
and whether somebody checked them. A year that is not listed has none: a clock then ends early
rather than late.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

HOLIDAYS_FILE = Path(__file__).with_name("holidays.yaml")
SATURDAY = 5


@cache
def holidays(country: str = "KHM") -> Mapping[date, str]:
    """Return the public holidays of a country (ISO 3166-1 alpha-3) with their names, by day."""
    import yaml

    listed = yaml.safe_load(HOLIDAYS_FILE.read_text(encoding="utf-8"))["countries"][country]
    return MappingProxyType({row["date"]: row["name"] for row in listed["days"]})


def is_working_day(day: date, *, country: str = "KHM") -> bool:
    """Return whether offices are open on ``day``."""
    return day.weekday() < SATURDAY and day not in holidays(country)


def after_working_days(start: date, days: int, *, country: str = "KHM") -> date:
    """Return the ``days``-th working day after ``start``; ``start`` itself does not count."""
    if days < 0:
        raise ValueError(f"days is {days}; expected 0 or more")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, country=country)
    return day


def working_days_until(start: date, end: date, *, country: str = "KHM") -> int:
    """Return the working days after ``start`` up to and with ``end``; 0 if ``end`` is not later."""
    span = (end - start).days
    return sum(
        is_working_day(start + timedelta(days=n), country=country) for n in range(1, span + 1)
    )
