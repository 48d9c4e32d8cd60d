"""How many went where through agencies, by half-year, and what complaints say, per placement.

Nobody stands in these tables: placements are counts of agencies, a complaint counts by its kinds.
They tell of workers who left through an agency. Who left alone is in none of them, nor are sex,
home and what a worker paid: agencies do not report these.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mekhala.core.estimation.rates import Rate, rate
from mekhala.pathway.labour_migration import queries
from mekhala.pathway.labour_migration.models import Placement
from mekhala.pathway.labour_migration.words import Kind

FIRST_HALF = 6  # the last month of it


@dataclass(frozen=True, order=True, kw_only=True)
class HalfYear:
    """One half of a year."""

    year: int
    half: int


@dataclass(frozen=True, kw_only=True)
class Volume:
    """People placed in a country by half-year; ``share`` of all placed, None where nobody was."""

    country: str
    by_half: dict[HalfYear, int]
    people: int
    share: float | None


def half_of(day: date) -> HalfYear:
    """Return the half-year of a day."""
    return HalfYear(year=day.year, half=1 if day.month <= FIRST_HALF else 2)


def by_country(*, since: date, until: date) -> tuple[list[HalfYear], list[Volume]]:
    """Return the half-years of a span, and the people placed in each country, by its code."""
    placed = Placement.objects.filter(_span(since, until))
    counted: Counter[tuple[str, HalfYear]] = Counter()
    for country, month, people in placed.values_list("employer__country", "month", "people"):
        counted[country, half_of(month)] += people
    everybody = counted.total()
    halves = sorted({half for _country, half in counted})
    found = []
    for code in sorted({country for country, _half in counted}):
        row = {half: counted[code, half] for half in halves}
        people = sum(row.values())
        share = people / everybody if everybody else None
        found.append(Volume(country=code, by_half=row, people=people, share=share))
    return halves, found


def by_kind(*, since: date, until: date) -> list[tuple[Kind, Rate]]:
    """Return, of each kind of abuse or cost, the complaints that tell of it per 1,000 placed.

    A complaint of two kinds counts under both, so the rows do not add up to all complaints.
    """
    placed = sum(Placement.objects.filter(_span(since, until)).values_list("people", flat=True))
    told = queries.complaints().filter(_span(since, until))
    counted = Counter(kind for kinds in told.values_list("kinds", flat=True) for kind in kinds)
    return [(kind, rate(counted[kind.value], placed)) for kind in Kind]


def _span(since: date, until: date) -> Q:
    return Q(month__gte=since.replace(day=1), month__lte=until)
