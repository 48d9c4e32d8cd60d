"""What a linker hands over: which record is on which list, and how likely two are one person.

``people.csv`` (record_id, source, person_id) holds every record and whom the linker took it for;
``pairs.csv`` (left, right, probability) every pair it thought likely enough to hand over. Where
two sources have the same record_id, a pair names its records ``source:record_id``.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.tables import MOST_LISTS, History, OverlapTable, from_counts
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

Places = NDArray[np.intp]
PEOPLE = ("record_id", "source", "person_id")
PAIRS = ("left", "right", "probability")


@dataclass(frozen=True, kw_only=True, eq=False)
class Links:
    """R records by source and record_id; P pairs, rising.

    ``source`` and ``person`` (R) are places in ``sources`` and numbers of people; ``pairs`` (P x 2)
    are places of records, ``probability`` (P) that they are one person. ``distinct``: places of
    lists that hold each person once.
    """

    sources: tuple[str, ...]
    source: Places
    person: Places
    pairs: Places
    probability: Floats
    distinct: frozenset[int]

    def plug_in(self) -> OverlapTable:
        """Return the table of the people the linker settled on."""
        on = np.zeros((self.person.max() + 1, len(self.sources)), dtype=int)
        on[self.person, self.source] = 1
        counts: Counter[History] = Counter(map(tuple, on.tolist()))
        return from_counts(self.sources, counts)

    def data_hash(self) -> str:
        """Return the SHA-256 of records, people and pairs in order, without their names."""
        parts = (self.source, self.person, self.pairs, self.probability)
        told = repr((self.sources, sorted(self.distinct), [part.tolist() for part in parts]))
        return hashlib.sha256(told.encode()).hexdigest()


def read_links(
    people: str,
    pairs: str,
    *,
    distinct: Sequence[str] = (),
    people_name: str = "people.csv",
    pairs_name: str = "pairs.csv",
) -> Links:
    """Read the two files a linker writes, given as text. The order of rows does not matter.

    ``distinct``: sources that hold each person once. Raises ``WrongInput`` naming file and row.
    """
    records = _records(people, people_name)
    order = sorted(records)
    sources = tuple(sorted({source for source, _ in order}))
    if not 2 <= len(sources) <= MOST_LISTS:
        raise WrongInput(f"{people_name}: names {len(sources)} sources; expected 2 to {MOST_LISTS}")
    for name in distinct:
        if name not in sources:
            raise WrongInput(
                f"--distinct: {name!r} is no source in {people_name}; expected of "
                f"{', '.join(sources)}"
            )
    numbers: dict[str, int] = {}
    person = [numbers.setdefault(records[key], len(numbers)) for key in order]
    found = _pairs(pairs, pairs_name, _places(order))
    return Links(
        sources=sources, person=np.array(person),
        source=np.array([sources.index(source) for source, _ in order]),
        pairs=np.array([pair for pair, _ in found], dtype=np.intp).reshape(-1, 2),
        probability=np.array([chance for _, chance in found], dtype=float),
        distinct=frozenset(sources.index(name) for name in distinct),
    )  # fmt: skip


def _records(text: str, name: str) -> dict[tuple[str, str], str]:
    """The person of each (source, record_id)."""
    records: dict[tuple[str, str], str] = {}
    for where, row in named_rows(text, name, PEOPLE):
        for column in PEOPLE:
            if not row[column]:
                raise WrongInput(f"{where}, column {column}: is empty; expected a value")
        key = (row["source"], row["record_id"])
        if key in records:
            raise WrongInput(
                f"{where}: record {key[1]!r} of {key[0]!r} is there twice; expected it once"
            )
        records[key] = row["person_id"]
    if not records:
        raise WrongInput(f"{name}: holds no records; expected one row for each")
    return records


def _places(order: list[tuple[str, str]]) -> dict[str, int]:
    """The place of each record by ``source:record_id``, and by its record_id if only one has it."""
    many = Counter(record for _, record in order)
    places = {f"{source}:{record}": place for place, (source, record) in enumerate(order)}
    alone = {r: place for place, (_, r) in enumerate(order) if many[r] == 1}
    return places | alone


def _pairs(text: str, name: str, places: dict[str, int]) -> list[tuple[tuple[int, int], float]]:
    found: dict[tuple[int, int], float] = {}
    for where, row in named_rows(text, name, PAIRS):
        for column in PAIRS[:2]:
            if row[column] not in places:
                raise WrongInput(
                    f"{where}, column {column}: {row[column]!r} is no record, or of more than one "
                    "source; expected a record_id or source:record_id of the people file"
                )
        first, second = sorted(places[row[column]] for column in PAIRS[:2])
        if first == second:
            raise WrongInput(f"{where}: pairs a record with itself; expected two records")
        if (first, second) in found:
            raise WrongInput(f"{where}: is there twice; expected each pair once")
        found[first, second] = _chance(row["probability"], where)
    return sorted(found.items())


def _chance(cell: str, where: str) -> float:
    try:
        chance = float(cell)
    except ValueError:
        chance = -1.0
    if not 0 <= chance <= 1:
        raise WrongInput(f"{where}, column probability: {cell!r} is no number from 0 to 1")
    return chance
