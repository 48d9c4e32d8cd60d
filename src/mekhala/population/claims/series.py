"""Published figures over the years: one panel for each unit, and in it one line for each series.

A series is one quantity by one definition in one unit, for one place and one kind of period: a
calendar year is not a year of reporting. No line joins what is not of one series, nor runs through
a year for which two values are told. Repeats of a figure are not drawn again.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mekhala.core.provenance.claim import plain
from mekhala.core.provenance.sources import YEAR
from mekhala.population.claims.queries import Traced

DATES = ("year", "date")  # a year that is told is no quantity, and has no axis
_ANY_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One figure in its year, with the lowest and highest number it claims."""

    year: int
    low: float
    high: float
    one: Traced


@dataclass(frozen=True, kw_only=True)
class Series:
    """Figures that may be held together; ``joined`` are those next to each other in time."""

    points: tuple[Point, ...]

    @property
    def joined(self) -> list[tuple[Point, Point]]:
        """The pairs a line may join: following years, each with one value told for it."""
        by_year: dict[int, list[Point]] = defaultdict(list)
        for point in self.points:
            by_year[point.year].append(point)
        years = sorted(by_year)
        return [
            (by_year[before][0], by_year[after][0])
            for before, after in itertools.pairwise(years)
            if len(by_year[before]) == len(by_year[after]) == 1
        ]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """All that is counted in one unit; ``unplaced`` has no number, no single year, or is a date."""

    unit: str
    series: tuple[Series, ...]
    unplaced: tuple[Traced, ...]


def panels(found: Sequence[Traced]) -> list[Panel]:
    """Return a panel for each unit of the figures that repeat no other, in the order they come."""
    units: dict[str, list[Traced]] = defaultdict(list)
    for one in found:
        if one.repeats is None:
            units[plain(one.claim.unit)].append(one)
    return [_panel(group) for group in units.values()]


def _panel(group: list[Traced]) -> Panel:
    told: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    unplaced = []
    for one in group:
        years, numbers = {int(y) for y in YEAR.findall(one.claim.period)}, one.claim.numbers
        if len(years) != 1 or numbers is None or one.claim.base_unit in DATES:
            unplaced.append(one)
            continue
        told[_kind(one)].append(Point(year=years.pop(), low=numbers[0], high=numbers[1], one=one))
    series = tuple(
        Series(points=tuple(sorted(points, key=lambda p: (p.year, p.one.claim.claim_id))))
        for points in told.values()
    )
    return Panel(unit=group[0].claim.unit, series=series, unplaced=tuple(unplaced))


def _kind(one: Traced) -> tuple[str, ...]:
    """What a series has in common: all but the year, which stands in quantity and period too."""
    quantity, definition, unit = one.definition
    said = (quantity, definition, unit, plain(one.claim.place), plain(one.claim.period))
    return tuple(_ANY_YEAR.sub("…", words) for words in said)
