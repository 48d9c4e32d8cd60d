"""A share among pairs that hang together, and whether one group's is worse than the rest's.

Pairs of one person are not met by chance one by one: who is written oddly is missed several times.
So counts are divided by the design effect of these units before anything is asked of them (Rao &
Scott 1992), and never counted for more than they were. Then: Wilson's interval (1927), Fisher's
exact test, one-sided, for *worse*, the log interval of Katz et al. (1978) for the ratio, and
Holm's (1979) steps, because many groups are asked about at once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import hypergeom

from mekhala.core.estimation.binomial import wilson


@dataclass(frozen=True, kw_only=True)
class Rate:
    """``wrong`` of ``pairs`` (weighted numbers); ``size``: what they are worth in pairs apart,
    after their design ``effect``.
    """

    wrong: float
    pairs: float
    size: float
    effect: float = 1.0

    @property
    def share(self) -> float | None:
        """The share that is wrong; None where there are no pairs."""
        return self.wrong / self.pairs if self.pairs else None

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Wilson's interval of the share, None where there are no pairs."""
        if self.share is None:
            return None
        return wilson(self.share * self.size, self.size, level)

    def right(self) -> dict[str, Any]:
        """Return the share that is right with its interval, as plain values."""
        ends = self.interval()
        if self.share is None or ends is None:
            return {"pairs": 0.0, "share": None, "low": None, "high": None}
        low, high = (round(1 - end, 5) for end in reversed(ends))
        return {"pairs": round(self.pairs, 1), "share": round(1 - self.share, 5), "low": low,
                "high": high}  # fmt: skip

    @property
    def apart(self) -> tuple[int, int]:
        """Whole numbers of pairs that would tell as much if they did not hang together."""
        share = self.share or 0.0
        return round(share * self.size), max(round(self.size), round(share * self.size))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How much oftener one group is wrong than the rest: ratio, its interval, the test's chance."""

    ratio: float | None  # None: the rest is never wrong
    low: float
    high: float
    chance: float


def rate(
    units: NDArray[np.int64], weights: NDArray[np.float64], wrong: NDArray[np.bool_],
    effect: float = 1.0,
) -> Rate:  # fmt: skip
    """Return the share of pairs that are wrong, and what they are worth.

    One entry a pair: the number of its unit, how many pairs it stands for, whether it is wrong.
    ``effect``: a design effect known from more pairs than these; the larger one counts.

    >>> one = np.ones(4)
    >>> rate(np.arange(4), one, np.array([True, False, False, False])).share
    0.25
    """
    if not len(units):
        return Rate(wrong=0.0, pairs=0.0, size=0.0)
    total, wrong_total = float(weights.sum()), float(weights[wrong].sum())
    worth = total * total / float((weights * weights).sum())  # Kish 1965
    own = _effect(units, weights, wrong, worth)
    return Rate(wrong=wrong_total, pairs=total, size=worth / max(own, effect, 1.0), effect=own)


def _effect(
    units: NDArray[np.int64], weights: NDArray[np.float64], wrong: NDArray[np.bool_], worth: float
) -> float:
    """The variance between units over p (1 - p) / n; of shares 0 and 1 what n is of the units."""
    total = float(weights.sum())
    share = float(weights[wrong].sum()) / total
    apart = np.bincount(units, weights * (wrong - share))
    many = len(np.unique(units))
    if not 0 < share < 1 or many < 2:
        return worth / many
    variance = float(apart @ apart) / total**2 * many / (many - 1)
    return variance * worth / (share * (1 - share))


def compare(group: Rate, rest: Rate, level: float = 0.95) -> Compared | None:
    """Compare a group with all others; None where either has no pairs, or nothing is wrong."""
    (a, n), (b, m) = group.apart, rest.apart
    if not n or not m or group.share is None or rest.share is None or not a + b:
        return None
    chance = float(hypergeom.sf(a - 1, n + m, a + b, n))
    more = 0.5 if not a or not b else 0.0  # so that none wrong has a ratio too (Walter 1975)
    ratio = (a + more) / (n + more) / ((b + more) / (m + more))
    error = math.sqrt(max(1 / (a + more) - 1 / (n + more) + 1 / (b + more) - 1 / (m + more), 0))
    half = float(ndtri((1 + level) / 2)) * error
    plain = group.share / rest.share if rest.share else None
    high = ratio * math.exp(half)
    return Compared(ratio=plain, low=ratio * math.exp(-half), high=high, chance=chance)


def beyond_chance(chances: Sequence[float], level: float = 0.95) -> list[bool]:
    """Tell which tests hold when all are asked at once (Holm 1979).

    >>> beyond_chance([0.01, 0.04, 0.03])
    [True, False, False]
    """
    found, holds = [False] * len(chances), True
    for step, place in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        holds = holds and chances[place] <= (1 - level) / (len(chances) - step)
        found[place] = holds
    return found
