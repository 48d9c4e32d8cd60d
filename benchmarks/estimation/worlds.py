"""Invented populations of known size, seen by lists whose dependence is known.

A world is the chance of each cell (the exact set of lists a person is on, as a bit mask, list 0
lowest); a table of overlaps is one multinomial draw of its people. Nobody is kept one by one, so
that 50,000 people cost what 500 do.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from mekhala.core.estimation.tables import OverlapTable, from_counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NAMES = "ABCDEF"
SIZES = np.array([1.0, 0.8, 0.65, 0.5, 0.4, 0.3])  # rates of the lists, beside the largest
ODDS = 4.0  # of being on B for people on A, over people not on A
REFERRED = 0.4  # of the people A meets and B would not have met
HARD, HARD_RATE, EASY_RATE = 0.7, 0.5, 2.0  # two kinds: their share, their rates beside the mean
MOST = 0.95  # no list meets everybody


class Kind(StrEnum):
    """How the lists depend on each other; pairs are always the two largest lists, A and B."""

    NONE = "none"
    POSITIVE = "positive pair"
    NEGATIVE = "negative pair"
    APART = "pair shares nobody"
    REFERS = "A refers to B"
    CLASSES = "two latent classes"


@dataclass(frozen=True, kw_only=True)
class World:
    """``people`` in all, of whom ``lists`` lists together meet ``share`` (between 0 and 1)."""

    kind: Kind
    people: int
    lists: int
    share: float

    def chances(self) -> Floats:
        """Return the 2**t chances of the cells; the first, of nobody's list, is 1 - ``share``."""
        scale = brentq(lambda s: _chances(self.kind, self._rates(s))[0] - 1 + self.share, 1e-6, 0.9)
        return _chances(self.kind, self._rates(scale))

    def odds(self) -> float:
        """Return the odds ratio of being on A and on B: how many times being on one helps."""
        cell = self.chances().reshape(-1, 2, 2).sum(axis=0)  # B, then A
        return float(cell[1, 1] * cell[0, 0] / (cell[0, 1] * cell[1, 0]))

    def draw(self, rng: np.random.Generator) -> Ints:
        """Return the people in each of the 2**t cells, those on no list among them."""
        return rng.multinomial(self.people, self.chances())

    def _rates(self, scale: float) -> Floats:
        return scale * SIZES[: self.lists]


def table_of(counts: Ints) -> OverlapTable:
    """Return the table that the lists would show: all cells but the first."""
    lists = len(counts).bit_length() - 1
    held = [w for w in range(1, len(counts)) if counts[w]]
    return from_counts(
        tuple(NAMES[:lists]),
        {tuple(w >> i & 1 for i in range(lists)): int(counts[w]) for w in held},
    )


def _chances(kind: Kind, rates: Floats) -> Floats:
    if kind is Kind.CLASSES:
        hard, easy = (_apart(np.minimum(r * rates, MOST)) for r in (HARD_RATE, EASY_RATE))
        return HARD * hard + (1 - HARD) * easy
    a, b = float(rates[0]), float(rates[1])
    both = {
        Kind.NONE: a * b,
        Kind.POSITIVE: _both(a, b, ODDS),
        Kind.NEGATIVE: _both(a, b, 1 / ODDS),
        Kind.APART: 0.0,
        Kind.REFERS: a * (b + (1 - b) * REFERRED),
    }[kind]
    on_b = b + a * (1 - b) * REFERRED if kind is Kind.REFERS else b
    pair = np.array([1 - a - on_b + both, a - both, on_b - both, both])
    return np.kron(_apart(rates[2:]), pair)


def _apart(rates: Floats) -> Floats:
    """Return the chances of the cells of independent lists."""
    chances = np.ones(1)
    for rate in rates:
        chances = np.kron(np.array([1 - rate, rate]), chances)
    return chances


def _both(a: float, b: float, odds: float) -> float:
    """Return the chance of both at margins a and b and this odds ratio (Plackett 1965)."""
    s = 1 + (a + b) * (odds - 1)
    return (s - sqrt(s * s - 4 * odds * (odds - 1) * a * b)) / (2 * (odds - 1))
