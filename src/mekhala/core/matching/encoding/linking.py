"""Who is on several lists, from tokens alone: pairs with a probability, people, overlaps.

The probability of a pair is a logistic curve of how alike it is, fitted on pairs of two kinds of
invented lists, tidy and untidy (``benchmarks.linkage.calibration`` prints it). Other lists have
other shares of true pairs: it puts pairs in order for those who review them, and is no verdict on
anybody.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mekhala.core.matching.encoding.comparison import Pair, alike_pairs, one_to_one
from mekhala.core.matching.encoding.vectors import Progress, Tokens
from mekhala.core.matching.exact_keys import Cluster, Entry, join

CENTRE, SLOPE = 0.631, 35.8  # as calibrated: even odds, and how fast they change


@dataclass(frozen=True, kw_only=True)
class Linked:
    """``pairs``: (left, right, probability) by record numbers; ``people``: records joined."""

    pairs: tuple[tuple[int, int, float], ...]
    people: tuple[Cluster, ...]


def link_tokens(
    tokens: Tokens,
    *,
    threshold: float = 0.95,
    review_from: float = 0.5,
    distinct: Collection[str] = (),
    progress: Progress | None = None,
) -> Linked:
    """Link records by their tokens.

    Pairs at or above ``review_from`` are told; those at or above ``threshold`` are joined, with
    those joined to them, into people. Both are probabilities, 0 to 1. A list named in ``distinct``
    is known to hold each person once: its records pair with the most alike of each other list,
    and never with each other.
    """
    at_least = alike_of(min(review_from, threshold))
    found = alike_pairs(tokens, at_least=at_least, progress=progress)
    kept = _distinct(found, [source for source, _ in tokens.records], distinct)
    told = [(p.left, p.right, round(probability_of(p.alike), 4)) for p in kept]
    joined = [pair for pair in told if pair[2] >= threshold]
    return Linked(
        pairs=tuple(pair for pair in told if pair[2] >= review_from),
        people=join(_entries(tokens, joined)),
    )


def probability_of(alike: float) -> float:
    """Return the probability that a pair so much alike (0 to 1) is one person.

    >>> round(probability_of(0.631), 2), round(probability_of(0.74), 2)
    (0.5, 0.98)
    """
    return 1 / (1 + math.exp(-SLOPE * (alike - CENTRE)))


def alike_of(probability: float) -> float:
    """Return how alike a pair of this probability is; never below what chance makes."""
    if probability <= 0:
        return 0.6
    if probability >= 1:
        return 1.0
    return CENTRE + math.log(probability / (1 - probability)) / SLOPE


def _distinct(
    pairs: Sequence[Pair], source: Sequence[str], distinct: Collection[str]
) -> list[Pair]:
    """Keep one to one what touches a list known to hold each person once."""
    touching = [p for p in pairs if {source[p.left], source[p.right]} & set(distinct)]
    others = [p for p in pairs if not {source[p.left], source[p.right]} & set(distinct)]
    return sorted([*others, *one_to_one(touching, source)])


def _entries(tokens: Tokens, joined: Sequence[tuple[int, int, float]]) -> list[Entry]:
    """Return each record as an entry that shares a token with those it is joined to."""
    shared: list[set[str]] = [set() for _ in tokens.records]
    for left, right, _ in joined:
        for number in (left, right):
            shared[number].add(f"{left} {right}")
    return [
        Entry(source=source, record_id=record_id, tokens=frozenset(held))
        for (source, record_id), held in zip(tokens.records, shared, strict=True)
    ]
