"""How well pairs were found, against a known truth."""

import csv
from collections.abc import Collection, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

Pairs = Mapping[tuple[str, str], float]  # two record ids in order → probability
NEEDED = 0.995  # the precision at which recalls are compared


class Scores(NamedTuple):
    """At one threshold: shares of the pairs told that are true, and of the true ones told."""

    precision: float
    recall: float
    told: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}"


def read_pairs(folder: Path) -> dict[tuple[str, str], float]:
    """Return the pairs of ``pairs.csv``, each in order."""
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (min(r["left"], r["right"]), max(r["left"], r["right"])): float(r["probability"])
            for r in csv.DictReader(lines)
        }


def read_people(folder: Path) -> set[tuple[str, str]]:
    """Return the pairs of records that ``people.csv`` has as one person."""
    held: dict[str, list[str]] = {}
    with (folder / "people.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            held.setdefault(row["person_id"], []).append(row["record_id"])
    return {pair for ids in held.values() for pair in combinations(sorted(ids), 2)}


def at(pairs: Pairs, true: Collection[tuple[str, str]], threshold: float) -> Scores:
    """Return the scores of the pairs of at least this probability."""
    return of({pair for pair, chance in pairs.items() if chance >= threshold}, true)


def of(told: Collection[tuple[str, str]], true: Collection[tuple[str, str]]) -> Scores:
    """Return the scores of pairs told; of none told, precision is 1."""
    right = sum(1 for pair in told if pair in true)
    return Scores(right / len(told) if told else 1.0, right / max(len(true), 1), len(told))


def recall_at_precision(
    pairs: Pairs, true: Collection[tuple[str, str]], needed: float = NEEDED
) -> tuple[float, float]:
    """Return the most recall at a precision of ``needed`` or more, and its threshold.

    The threshold is picked on the truth, for every linker alike: a ceiling.
    """
    best, right = (0.0, 1.0), 0
    ordered = sorted(pairs.items(), key=lambda item: -item[1])
    for told, (pair, chance) in enumerate(ordered, 1):
        right += pair in true
        last_of_its_chance = told == len(ordered) or ordered[told][1] < chance
        if last_of_its_chance and right / told >= needed:
            best = (right / max(len(true), 1), chance)
    return best
