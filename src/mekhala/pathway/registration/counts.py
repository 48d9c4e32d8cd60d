"""Entries in the register by month, for the ministry that keeps it. Nobody is in them by name.

The ministry reads each entry anyway, so small counts are told here; outside they are hidden, and
the table of a year goes through ``population.publication``.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

DIMENSIONS = ("referrer", "exploitation", "sex", "age_band")
MONTHS = range(1, 13)


@dataclass(frozen=True, kw_only=True)
class Line:
    """How many were entered of one category, month by month and in the year."""

    category: str
    months: tuple[int, ...]

    @property
    def people(self) -> int:
        """Return how many in the year."""
        return sum(self.months)


@dataclass(frozen=True, kw_only=True)
class Year:
    """The entries of a year: all of them, and by each of ``DIMENSIONS``."""

    everybody: Line
    by: dict[str, list[Line]]


def entered(year: int) -> Year:
    """Return the entries of a year. The database answers the ministry only: else nobody is in it.

    Categories are agency codes and the codes of the register, in their order.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from registration_counts(%s)", [year])
        rows = cursor.fetchall()
    found: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for month, dimension, category, people in rows:
        found[dimension, category][month] = people
    lines = {key: _line(key[1], months) for key, months in sorted(found.items())}
    return Year(
        everybody=lines.get(("all", ""), _line("", {})),
        by={name: [line for key, line in lines.items() if key[0] == name] for name in DIMENSIONS},
    )


def _line(category: str, months: dict[int, int]) -> Line:
    return Line(category=category, months=tuple(months.get(month, 0) for month in MONTHS))
