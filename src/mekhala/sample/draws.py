"""Chance that can be repeated: one stream of uniform numbers, taken one after another.

Numbers are drawn from numpy in blocks, because a call per number would make a country of
100,000 people take minutes.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

BLOCK = 8192


class Weighted[T]:
    """Options with their weights, ready to be drawn from many times."""

    __slots__ = ("_ends", "_options")

    def __init__(self, weights: Mapping[T, float]) -> None:
        """Keep the options whose weight is above nought, in the order given."""
        kept = {option: weight for option, weight in weights.items() if weight > 0}
        total = sum(kept.values())
        self._options = tuple(kept)
        self._ends = [end / total for end in accumulate(kept.values())]

    @property
    def options(self) -> tuple[T, ...]:
        """What can be drawn, in the order given."""
        return self._options

    def at(self, number: float) -> T:
        """The option that a uniform ``number`` in [0, 1) falls on."""
        return self._options[min(bisect(self._ends, number), len(self._options) - 1)]


class Draws:
    """A stream of chance fixed by ``seed`` and the name of what it is for.

    The same seed and name always give the same stream; two names give streams that have
    nothing to do with each other, so adding a draw for lists never changes the people.
    """

    __slots__ = ("_rng", "_take")

    def __init__(self, seed: int, what_for: str) -> None:
        """Open the stream of ``seed`` (0 or greater) for ``what_for``."""
        self._rng = np.random.default_rng([seed, *what_for.encode()])
        self._take = iter(()).__next__

    def number(self) -> float:
        """The next uniform number in [0, 1)."""
        try:
            return self._take()
        except StopIteration:
            self._take = iter(self._rng.random(BLOCK).tolist()).__next__
            return self._take()

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.number() < probability

    def pick[T](self, options: Sequence[T]) -> T:
        """One of the options, each as likely as the next."""
        return options[int(self.number() * len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.number() * (high - low + 1))

    def of[T](self, table: Weighted[T]) -> T:
        """One option of a weighted table."""
        return table.at(self.number())
