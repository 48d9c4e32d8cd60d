"""Questions about lists, overlaps and the register as counted. Nothing here changes anything."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from django.contrib.postgres.aggregates import BoolAnd
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, ExpressionWrapper, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from mekhala.core.estimation import tables
from mekhala.core.matching.taking.judging import REASONS, WHAT_TO_DO
from mekhala.core.table_cells import csv_text
from mekhala.population.linkage.models import (
    AgencyList,
    KeptApart,
    KeptMapping,
    Nesting,
    OverlapTable,
    RegisterEntry,
)
from mekhala.population.linkage.records import records_of, records_with, tokens_of

__all__ = ["records_of", "records_with", "tokens_of"]

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


def mapping_kept(source: str) -> str | None:
    """Return the TOML of the mapping that was kept for a list, None where none was."""
    return KeptMapping.objects.filter(source=source).values_list("text", flat=True).first()


def rows_apart(taken: AgencyList) -> QuerySet[KeptApart]:
    """Return the rows of a file that were kept apart, in order."""
    return taken.apart.order_by("row")


def reasons_apart(taken: AgencyList) -> list[tuple[str, int]]:
    """Return how many rows were kept apart for which reason, the most frequent first."""
    found = taken.apart.order_by().values_list("reason").annotate(count=Count("pk"))
    return sorted(found, key=lambda one: (-one[1], one[0]))


def apart_csv(taken: AgencyList) -> str:
    """Return the rows kept apart as CSV to go back to the agency: nothing of anybody else's."""
    rows = rows_apart(taken).values_list("row", "column", "reason").iterator(chunk_size=5000)
    told = (
        (row, column, why, REASONS.get(why, why), WHAT_TO_DO.get(why, ""))
        for row, column, why in rows
    )
    return csv_text([("row", "column", "reason", "what_is_wrong", "what_to_do"), *told])


def coverage(taken: AgencyList) -> tuple[int, int] | None:
    """Return in how many months of the list's period it has rows, and how many months those are.

    None where no period was stated. Months in which nobody was met count as not covered: they
    cannot be told from months that were not reported.
    """
    if taken.period_from is None or taken.period_until is None:
        return None
    months = list(months_between(taken.period_from, taken.period_until))
    return sum(1 for month in months if taken.months.get(month)), len(months)


def months_between(first: date, last: date) -> Iterator[str]:
    """Return the months from one day to another, both included: ``2025-03``."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


def nested(lists: Iterable[str]) -> list[Nesting]:
    """Return which of these lists are declared to be handed on into another of them.

    Both then hold the same people by design: an overlap that no capture by chance explains.
    """
    names = set(lists)
    return list(Nesting.objects.filter(inner__in=names, outer__in=names))


def nested_in_table(of_lists: str) -> ArraySubquery:
    """Return ``nested`` as an expression: ``of_lists`` is the way to a row's array of lists.

    Each is ``{"inner": …, "outer": …}``; for pages that may not ask once more.
    """
    lists = ExpressionWrapper(OuterRef(of_lists), output_field=ArrayField(CharField()))
    both = Nesting.objects.annotate(lists=lists).filter(
        lists__contains=[F("inner"), F("outer")]  # type: ignore[misc] # an array, by its expression
    )
    return ArraySubquery(both.values(told=JSONObject(inner="inner", outer="outer")))


def distinct_lists() -> list[str]:
    """Return the lists declared to hold each person once: every complete file says so."""
    complete = AgencyList.objects.exclude(completed_at=None)
    told = complete.order_by().values_list("source").annotate(all=BoolAnd("is_distinct"))
    return sorted(source for source, every in told if every)
