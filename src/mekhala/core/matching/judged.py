"""Pairs with what is known of them: how probable the linker held them, and whether they are one.

What is known comes from a truth (a file that names the person of every record, as invented
registers have) or from people who looked at pairs. Of a truth every true pair is there, told by
the linker or not; a pair that was not told has the probability 0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

Name = tuple[str, str]  # source, record_id
PAIRS = ("left", "right", "probability")
TRUTH = ("source", "record_id", "true_person")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Two records by their numbers, ``left`` the smaller, and whether they are one person.

    ``probability`` is the linker's, 0 where it did not tell the pair. ``weight``: how many pairs
    it stands for. ``unit``: pairs of one unit hang together (those of one true person); "" is a
    unit of its own.
    """

    left: int
    right: int
    probability: float
    same: bool
    weight: float = 1.0
    unit: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """Judged pairs as columns, one entry a pair; ``unit`` is a number."""

    probability: NDArray[np.float64]
    same: NDArray[np.bool_]
    weight: NDArray[np.float64]
    unit: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Sequence[Judged]) -> "Columns":
        """Return the columns of pairs; one without a unit is a unit of its own."""
        numbers: dict[str, int] = {}
        units = (p.unit or f"\0{n}" for n, p in enumerate(pairs))
        return cls(
            probability=np.array([p.probability for p in pairs], float),
            same=np.array([p.same for p in pairs], bool),
            weight=np.array([p.weight for p in pairs], float),
            unit=np.array([numbers.setdefault(u, len(numbers)) for u in units], np.int64),
        )

    def shared(self, share: NDArray[np.float64]) -> "Columns":
        """Return the pairs of which a ``share`` above 0 belongs here, with that of their weight."""
        found = Columns(probability=self.probability, same=self.same, weight=self.weight * share,
                        unit=self.unit)  # fmt: skip
        return found.where(share > 0)

    def where(self, held: NDArray[np.bool_]) -> "Columns":
        """Return the pairs for which ``held`` is true."""
        return Columns(probability=self.probability[held], same=self.same[held],
                       weight=self.weight[held], unit=self.unit[held])  # fmt: skip

    @property
    def expected(self) -> float:
        """The mean of the probabilities, by weight."""
        return float(self.weight @ self.probability / self.weight.sum())


@dataclass(frozen=True)
class Names:
    """Records by the names that pairs call them: the record_id, or ``source:record_id``."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, records: Iterable[Mapping[str, str]]) -> "Names":
        """Return the names of records, numbered in their order."""
        order = [(record["source"], record["record_id"]) for record in records]
        many = Counter(record for _, record in order)
        places = {f"{source}:{record}": place for place, (source, record) in enumerate(order)}
        alone = {record: n for n, (_, record) in enumerate(order) if many[record] == 1}
        return cls(places | alone)

    def pair(self, row: Mapping[str, str], where: str) -> tuple[int, int]:
        """Return the numbers of ``left`` and ``right``, the smaller first.

        Raises ``WrongInput`` for a name of no record or of several, or one record twice.
        """
        for column in ("left", "right"):
            if row[column] not in self.places:
                raise WrongInput(
                    f"{where}, column {column}: {row[column]!r} is no record, or of more than one "
                    "source; expected a record_id or source:record_id of the records"
                )
        first, second = sorted((self.places[row["left"]], self.places[row["right"]]))
        if first == second:
            raise WrongInput(f"{where}: pairs a record with itself; expected two records")
        return first, second


def read_pairs(text: str, names: Names, name: str = "pairs.csv") -> dict[tuple[int, int], float]:
    """Read the pairs a linker told, with their probabilities.

    Raises ``WrongInput`` naming the row: a record nobody has, a pair twice, no probability.
    """
    found: dict[tuple[int, int], float] = {}
    for where, row in named_rows(text, name, PAIRS):
        pair = names.pair(row, where)
        if pair in found:
            raise WrongInput(f"{where}: is there twice; expected each pair once")
        found[pair] = chance_of(row["probability"], f"{where}, column probability")
    return found


def chance_of(cell: str, where: str) -> float:
    """Return a probability, or refuse what is none.

    >>> chance_of("0.95", "row 2")
    0.95
    """
    try:
        chance = float(cell)
    except ValueError:
        chance = -1.0
    if not 0 <= chance <= 1:
        raise WrongInput(f"{where}: {cell!r} is no probability; expected a number from 0 to 1")
    return chance


def read_truth(
    text: str, records: Sequence[Mapping[str, str]], name: str = "truth.csv"
) -> list[str]:
    """Read the true person of every record (source, record_id, true_person), in their order.

    Raises ``WrongInput`` for a record without one, or twice.
    """
    held: dict[Name, str] = {}
    for where, row in named_rows(text, name, TRUTH):
        key = row["source"], row["record_id"]
        if key in held or not row["true_person"]:
            raise WrongInput(f"{where}: is there twice or names no person; expected each once")
        held[key] = row["true_person"]
    lost = [r for r in records if (r["source"], r["record_id"]) not in held]
    if lost:
        raise WrongInput(
            f"{name}: names no person for {lost[0]['record_id']!r} of {lost[0]['source']} and "
            f"{len(lost) - 1} more records; expected one for every record"
        )
    return [held[record["source"], record["record_id"]] for record in records]


def by_truth(told: Mapping[tuple[int, int], float], person: Sequence[str]) -> list[Judged]:
    """Return every pair that is told or true, as the truth judges it.

    >>> [(pair.probability, pair.same) for pair in by_truth({(0, 1): 0.9}, ["a", "b", "a"])]
    [(0.9, False), (0.0, True)]
    """
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(person):
        held[one].append(number)
    true = {pair for numbers in held.values() for pair in combinations(numbers, 2)}
    return [
        Judged(left=pair[0], right=pair[1], probability=told.get(pair, 0.0), same=pair in true,
               unit=person[pair[0]])
        for pair in sorted(true | set(told))
    ]  # fmt: skip
