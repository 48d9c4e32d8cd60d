"""Overlapping lists of the true victims, with the truth known and kept apart.

Each true victim is on each list with that list's probability, apart from the others, except
for one pair of lists that depend on each other by an odds ratio. Who is on no list is the
hidden population that estimators should find again.

The pair keeps its two probabilities whatever the odds ratio: the share on both lists is that
of Plackett, R. L. (1965), A class of bivariate distributions, Journal of the American
Statistical Association 60, 516–522.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from types import MappingProxyType

from mekhala.core.table_cells import csv_text
from mekhala.core.wrong_input import WrongInput

from .draws import Draws
from .names import respell
from .people import YEAR, InventedPerson

COVERAGE: Mapping[str, float] = MappingProxyType(
    {"police": 0.22, "social_affairs": 0.28, "shelters": 0.18, "hotline": 0.12, "embassy": 0.10}
)
DEPENDENT = ("police", "social_affairs")
ODDS_RATIO = 3.0
COLUMNS = (
    "record_id",
    "source",
    "full_name",
    "name_km",
    "sex",
    "birth_date",
    "birth_year",
    "nationality",
    "national_id",
    "commune_code",
    "province_code",
    "event_date",
)
TRUTH = "true_person"


@dataclass(frozen=True, slots=True)
class ListedRecords:
    """Records of all lists, and apart from them who each record truly is.

    ``records``: one mapping per record with the keys of ``COLUMNS`` (text; empty: unknown).
    ``true_person``: record_id → the person's number. ``victims``: how many there truly are.
    """

    sources: tuple[str, ...]
    records: tuple[Mapping[str, str], ...]
    true_person: Mapping[str, int]
    victims: int

    @property
    def listed(self) -> int:
        """How many people are on at least one list."""
        return len(set(self.true_person.values()))

    @property
    def hidden(self) -> int:
        """How many victims are on no list."""
        return self.victims - self.listed

    def overlaps(self) -> dict[tuple[int, ...], int]:
        """The true overlaps: a 0 or 1 for each source → how many people; the hidden left out."""
        sources: dict[int, set[str]] = {}
        for record in self.records:
            sources.setdefault(self.true_person[record["record_id"]], set()).add(record["source"])
        return dict(
            Counter(tuple(int(s in found) for s in self.sources) for found in sources.values())
        )

    def write_csv(self, path: Path, *, with_truth: bool = False) -> None:
        """Write the records to ``path``; the truth is written only where it is asked for."""
        columns = [*COLUMNS, TRUTH] if with_truth else list(COLUMNS)
        rows = [[row[c] for c in columns] for row in self._rows(with_truth=with_truth)]
        path.write_text(csv_text([columns, *rows], line_end="\n"), encoding="utf-8", newline="")

    def _rows(self, *, with_truth: bool) -> Iterator[Mapping[str, str]]:
        for record in self.records:
            truth = {TRUTH: str(self.true_person[record["record_id"]])} if with_truth else {}
            yield {**record, **truth}


def lists(
    people: Iterable[InventedPerson],
    seed: int,
    *,
    coverage: Mapping[str, float] = COVERAGE,
    dependent: tuple[str, str] | None = DEPENDENT,
    odds_ratio: float = ODDS_RATIO,
    misspelt: float = 0.0,
    period: tuple[date, date] = (date(YEAR, 1, 1), date(YEAR, 12, 31)),
) -> ListedRecords:
    """Put the true victims among ``people`` on the lists of ``coverage`` (list → probability).

    ``odds_ratio`` of the ``dependent`` pair: 1 means independent, above 1 that who is on one is
    likelier to be on the other. ``misspelt``: share of records written another way (spelling,
    order of names, or a birth year one off); with 0 the records of one person agree in every
    column but ``record_id``, ``source`` and ``event_date``. Each list holds a person once.
    Raises ``WrongInput`` for a probability outside 0 to 1 or a pair that is not on the lists.
    """
    _check(coverage, dependent, odds_ratio, misspelt)
    draws = Draws(seed, "lists")
    pair = _pair(coverage, dependent, odds_ratio)
    entries: list[tuple[int, dict[str, str]]] = []
    victims = 0
    for person in people:
        if not person.truly_victim:
            continue
        victims += 1
        for source in _captured(draws, coverage, pair):
            entries.append((person.number, _record(draws, person, source, misspelt, period)))
    return _numbered(tuple(coverage), entries, victims)


def _numbered(
    sources: tuple[str, ...], entries: list[tuple[int, dict[str, str]]], victims: int
) -> ListedRecords:
    """Number the records of each list by day, so that a number tells nothing of the truth."""
    entries.sort(key=lambda entry: (entry[1]["source"], entry[1]["event_date"]))
    last = dict.fromkeys(sources, 0)
    truth = {}
    for person, record in entries:
        source = record["source"]
        last[source] += 1
        record["record_id"] = f"{source}-{last[source]:06d}"
        truth[record["record_id"]] = person
    records = tuple(MappingProxyType(record) for _, record in entries)
    return ListedRecords(sources, records, MappingProxyType(truth), victims)


def _check(
    coverage: Mapping[str, float],
    dependent: tuple[str, str] | None,
    odds_ratio: float,
    misspelt: float,
) -> None:
    for name, share in {**coverage, "misspelt": misspelt}.items():
        if not 0 <= share <= 1:
            raise WrongInput(f"lists: {name} is {share}; expected a share from 0 to 1.")
    if odds_ratio <= 0:
        raise WrongInput(f"lists: odds_ratio is {odds_ratio}; expected a number above 0.")
    if dependent and not (dependent[0] != dependent[1] and set(dependent) <= set(coverage)):
        raise WrongInput(
            f"lists: the dependent pair {', '.join(dependent)} is not two of the lists "
            f"{', '.join(coverage)}."
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    """The second list's probability, for those on the first list and those not on it."""

    first: str
    second: str
    if_on_first: float
    if_not: float


def _pair(
    coverage: Mapping[str, float], dependent: tuple[str, str] | None, odds_ratio: float
) -> _Pair | None:
    if dependent is None:
        return None
    first, second = (coverage[name] for name in dependent)
    both = share_on_both(first, second, odds_ratio)
    return _Pair(
        *dependent,
        if_on_first=both / first if first else second,
        if_not=(second - both) / (1 - first) if first < 1 else second,
    )


def share_on_both(first: float, second: float, odds_ratio: float) -> float:
    """Share of people on both of two lists with these probabilities and this odds ratio."""
    if odds_ratio == 1:
        return first * second
    s = 1 + (first + second) * (odds_ratio - 1)
    root = sqrt(s * s - 4 * odds_ratio * (odds_ratio - 1) * first * second)
    return (s - root) / (2 * (odds_ratio - 1))


def _captured(draws: Draws, coverage: Mapping[str, float], pair: _Pair | None) -> list[str]:
    """The lists a victim is on, in the order of ``coverage``."""
    on = {}
    if pair:
        on[pair.first] = draws.chance(coverage[pair.first])
        on[pair.second] = draws.chance(pair.if_on_first if on[pair.first] else pair.if_not)
    for source, probability in coverage.items():
        if source not in on:
            on[source] = draws.chance(probability)
    return [source for source in coverage if on[source]]


def _record(
    draws: Draws,
    person: InventedPerson,
    source: str,
    misspelt: float,
    period: tuple[date, date],
) -> dict[str, str]:
    record = {
        "record_id": "",
        "source": source,
        "full_name": person.latin_name,
        "name_km": person.native_name if person.nationality == "KHM" else "",
        "sex": person.sex,
        "birth_date": person.born_on.isoformat() if person.born_on else "",
        "birth_year": str(person.birth_year or ""),
        "nationality": person.nationality,
        "national_id": person.national_id or "",
        "commune_code": person.commune_code or "",
        "province_code": person.province_code or "",
        "event_date": _day(draws, period).isoformat(),
    }
    if draws.chance(misspelt):
        _miswrite(draws, person, record)
    return record


def _day(draws: Draws, period: tuple[date, date]) -> date:
    return period[0] + timedelta(days=draws.between(0, (period[1] - period[0]).days))


def _miswrite(draws: Draws, person: InventedPerson, record: dict[str, str]) -> None:
    """Write the record as another clerk might: the name another way, at times the year as well."""
    record["full_name"], native = respell(draws, person.name)
    if record["name_km"]:
        record["name_km"] = native if draws.chance(0.7) else ""
    if draws.chance(0.3) and person.birth_year:
        record["birth_date"] = ""
        record["birth_year"] = str(person.birth_year + draws.pick((-1, 1)))
    if draws.chance(0.5):
        record["national_id"] = ""
