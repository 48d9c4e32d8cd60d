"""Questions about lists, overlaps and the register as counted. Nothing here changes anything."""

from collections import Counter
from itertools import combinations

from django.db.models import QuerySet

from mekhala.core.estimation import tables
from mekhala.population.linkage.models import AgencyList, OverlapTable, RegisterEntry

SMALL = 10  # a count below it is not written on a page
DIMENSIONS = ("sex", "age_band", "exploitation", "province_code")


def lists_taken() -> QuerySet[AgencyList]:
    """Return the lists that were handed over, with the agency of each."""
    return AgencyList.objects.select_related("agency")


def latest_table() -> OverlapTable | None:
    """Return the overlap table of the last joining, None before the first."""
    return OverlapTable.objects.first()


def entries_of(year: int) -> QuerySet[RegisterEntry]:
    """Return the people of one year's register, as they were last taken over."""
    return RegisterEntry.objects.filter(year=year)


def years_taken() -> list[int]:
    """Return the years of which the register was taken over, latest first."""
    found = RegisterEntry.objects.order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def register_counts(year: int) -> Counter[tuple[str, ...]]:
    """Return ``{(sex, age band, form of exploitation, province code): people}`` of a year."""
    return Counter(entries_of(year).order_by().values_list(*DIMENSIONS))


def as_overlaps(table: OverlapTable) -> tables.OverlapTable:
    """Return a kept overlap table as the estimators read it."""
    counts = {tuple(row[:-1]): row[-1] for row in table.rows}
    return tables.from_counts(table.lists, counts)


def is_behind(table: OverlapTable) -> bool:
    """Return whether lists were taken since this table was made."""
    return AgencyList.objects.filter(imported_at__gt=table.made_at).exists()


def shared_by_pairs(table: OverlapTable) -> dict[tuple[str, str], int]:
    """Return how many people each two lists share, and each list holds (a list with itself)."""
    overlaps = as_overlaps(table)
    places = range(len(overlaps.lists))
    pairs = [*((i, i) for i in places), *combinations(places, 2)]
    return {(overlaps.lists[i], overlaps.lists[j]): overlaps.on_all(*{i, j}) for i, j in pairs}
