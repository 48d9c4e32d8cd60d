"""The register of data sources: who owns each list, who reported, what it covers, when last."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mekhala.population.linkage import queries
from mekhala.population.linkage.models import AgencyList, ListDefinition, Nesting
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements import queries as agreements


@dataclass(frozen=True, kw_only=True)
class Source:
    """One list by name, over all its files. ``covered`` is of ``months``; None: not stated.

    ``is_agreed``: an agreement in force lets it be taken; None for a list of no agency.
    """

    name: str
    agency: Agency | None
    is_agreed: bool | None
    files: int
    records: int
    apart: int
    last_at: datetime | None
    is_waiting: bool  # a file of it was begun and is not complete
    covered: int | None
    months: int | None
    missing: tuple[str, ...]
    stage: str
    is_distinct: bool
    handed_on_to: tuple[str, ...]
    definition: ListDefinition | None  # None: the agency has not said whom it counts


def sources(*, now: datetime) -> list[Source]:
    """Return every list that was taken or is agreed on, those that never reported among them.

    An agency with an agreement and no file stands there with none: a gap, never a zero.
    """
    agreed = agreements.lists_agreed(now=now)
    files: defaultdict[str, list[AgencyList]] = defaultdict(list)
    for taken in AgencyList.objects.select_related("agency").order_by("imported_at"):
        files[taken.source].append(taken)
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for nesting in Nesting.objects.all():
        onward[nesting.inner].append(nesting.outer)
    defined: dict[str, ListDefinition] = {}
    for one in ListDefinition.objects.all():
        defined.setdefault(one.source, one)
    names = sorted(files.keys() | agreed.keys() | defined.keys())
    return [
        _source(name, files[name], agreed, tuple(onward[name]), defined.get(name)) for name in names
    ]


def _source(
    name: str, files: list[AgencyList], agreed: dict[str, Agency], onward: tuple[str, ...],
    definition: ListDefinition | None,
) -> Source:  # fmt: skip
    complete = [one for one in files if one.completed_at]
    agency = next((one.agency for one in reversed(files) if one.agency), None) or agreed.get(name)
    months, missing = _months(complete)
    return Source(
        name=name, agency=agency,
        is_agreed=name in agreed if agency or name in agreed else None,
        files=len(complete), records=sum(one.records for one in complete),
        apart=sum(one.rows_apart for one in complete),
        last_at=max((one.completed_at for one in complete if one.completed_at), default=None),
        is_waiting=len(complete) < len(files),
        covered=len(months) - len(missing) if months else None, months=len(months) or None,
        missing=tuple(missing), stage=complete[-1].stage if complete else "none",
        is_distinct=bool(complete) and all(one.is_distinct for one in complete),
        handed_on_to=onward, definition=definition,
    )  # fmt: skip


def _months(files: Iterable[AgencyList]) -> tuple[list[str], list[str]]:
    """Return all months of the files' periods, and those of them in which no row lies."""
    asked: set[str] = set()
    told: set[str] = set()
    for one in files:
        if one.period_from and one.period_until:
            asked |= set(queries.months_between(one.period_from, one.period_until))
            told |= {month for month, rows in one.months.items() if rows}
    return sorted(asked), sorted(asked - told)
