"""Intervals for a share: Wilson's, the logit one, the exact one; for people, or for what a
sample of another design is worth in people.

Wilson's (1927) keeps near its level for small samples and shares near 0 or 1, where the exact
one of Clopper & Pearson (1934) is needlessly wide (Brown, Cai & DasGupta 2001). For clusters,
strata and weights the people are replaced by the effective sample size, and few degrees of
freedom shrink it further (Korn & Graubard 1998; Franco, Little, Louis & Slud 2019).
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import betaincinv, expit, ndtri, stdtrit

IGNORED = 0.05  # a smaller share of the population sampled changes nothing (Cochran 1977, 2.1)


class Kind(StrEnum):
    """How an interval for a share is made."""

    WILSON = "wilson"
    LOGIT = "logit"
    EXACT = "korn_graubard"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Lower and upper end of a share, and what the sample was worth.

    ``design_effect`` is the variance over that of a simple sample of as many people, None where
    the sample shows no variance; ``size`` is in people, not whole; ``kind`` may be another than
    asked for where that one does not exist.
    """

    kind: str
    low: float
    high: float
    design_effect: float | None
    size: float


def wilson(positive: float, screened: float, level: float) -> tuple[float, float]:
    """Wilson's score interval (1927), as shares; sizes need not be whole."""
    z = float(ndtri((1 + level) / 2))
    share, shrink = positive / screened, 1 + z * z / screened
    middle = share + z * z / (2 * screened)
    half = z * math.sqrt(max(share * (1 - share), 0) / screened + z * z / (4 * screened**2))
    low, high = (middle - half) / shrink, (middle + half) / shrink
    return (max(low, 0.0) if positive > 0 else 0.0), (min(high, 1.0) if share < 1 else 1.0)


def clopper_pearson(positive: float, size: float, level: float) -> tuple[float, float]:
    """The exact interval of Clopper & Pearson (1934), for sizes that need not be whole."""
    tail = (1 - level) / 2
    low = float(betaincinv(positive, size - positive + 1, tail)) if positive > 0 else 0.0
    high = float(betaincinv(positive + 1, size - positive, 1 - tail)) if positive < size else 1.0
    return low, high


def logit(share: float, size: float, level: float) -> tuple[float, float]:
    """Symmetric on the log odds with error 1 / sqrt(n p q); ``share`` is neither 0 nor 1."""
    middle = math.log(share / (1 - share))
    half = float(ndtri((1 + level) / 2)) / math.sqrt(size * share * (1 - share))
    return float(expit(middle - half)), float(expit(middle + half))


def limits(
    share: float,
    *,
    variance: float,
    people: int,
    degrees: int,
    level: float,
    kind: Kind = Kind.WILSON,
    never_better: bool = False,
) -> Limits:
    """Return the interval of a share estimated with ``variance`` from ``people`` people.

    ``degrees`` of freedom carry the variance (clusters - 1, people - strata). ``never_better``:
    the sample counts as no more people than there were, as clusters ask for.
    """
    effect = _effect(share, variance, people)
    worth = people / effect if effect else float(people)
    half = (1 + level) / 2
    if degrees > 0:
        worth *= float(stdtrit(people - 1, half) / stdtrit(degrees, half)) ** 2
    size = min(worth, float(people)) if never_better else worth
    kind, low, high = _interval(share, size, level, kind)
    return Limits(kind=kind, low=low, high=high, design_effect=effect, size=size)


def _effect(share: float, variance: float, people: int) -> float | None:
    """None where everybody, or nobody, is positive, or one person was asked."""
    simple = share * (1 - share) / (people - 1) if people > 1 else 0.0
    return variance / simple if simple > 1e-300 else None


def _interval(share: float, size: float, level: float, kind: Kind) -> tuple[Kind, float, float]:
    if kind is Kind.EXACT or (kind is Kind.LOGIT and not 0 < share < 1):
        return Kind.EXACT, *clopper_pearson(share * size, size, level)
    if kind is Kind.LOGIT:
        return kind, *logit(share, size, level)
    return kind, *wilson(share * size, size, level)


def left_over(people: int, population: int | None) -> float:
    """Share of the variance left because part of the population itself was seen: 1 - n/N.

    1 where the population is not known, or so large that it makes no difference.
    """
    if population is None or people <= IGNORED * population:
        return 1.0
    return (population - people) / max(population - 1, 1)
