"""Whether pairs held probable to a degree are one person as often: a table of reliability.

In each band of probability, how many pairs should be one person (the sum of the probabilities)
and how many are, with Wilson's interval. A band is *over-confident* where even the upper end
lies below what was promised, *under-confident* the other way round (Murphy & Winkler 1977).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mekhala.core.matching.judged import Columns
from mekhala.core.matching.rates import rate

EDGES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass(frozen=True, kw_only=True)
class Band:
    """Pairs of one band: how many, what share should be and is one person, and its interval."""

    above: float
    below: float
    pairs: float
    expected: float
    observed: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Over- or under-confident; empty where chance explains the difference."""
        if self.expected > self.high:
            return "over-confident"
        return "under-confident" if self.expected < self.low else ""

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        told = {name: round(value, 5) for name, value in asdict(self).items()}
        return told | {"verdict": self.verdict}


def reliability(pairs: Columns, edges: Sequence[float] = EDGES, level: float = 0.95) -> list[Band]:
    """Return the bands that hold told pairs, from the least probable up."""
    told = pairs.where(pairs.probability > 0)
    starts = (0.0, *edges[:-1])
    found = (_band(told, *ends, level) for ends in zip(starts, edges, strict=True))
    return [band for band in found if band]


def _band(told: Columns, above: float, below: float, level: float) -> Band | None:
    held = told.where((above <= told.probability) & (told.probability < below))
    same = rate(held.unit, held.weight, held.same)
    if same.share is None:
        return None
    low, high = same.interval(level) or (0.0, 1.0)
    return Band(above=above, below=min(below, 1.0), pairs=same.pairs, expected=held.expected,
                observed=same.share, low=low, high=high)  # fmt: skip
