"""Prevalence from a screened sample: how many of those screened were found positive.

Without clusters the interval is Wilson's (1927): it keeps near its level for small samples
and shares near 0 or 1, where the exact one of Clopper & Pearson is needlessly wide (Brown,
Cai & DasGupta 2001). With clusters (people screened together: a bus, a shelter, a village)
it is that of Korn & Graubard (1998): exact, for an effective sample size that the design
effect shrinks and t quantiles with clusters - 1 degrees of freedom shrink further.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scipy.special import betaincinv, ndtri, stdtrit

from mekhala.core.estimation.clusters import Cluster
from mekhala.core.estimation.estimate import Warned
from mekhala.core.wrong_input import WrongInput

FEW = 30  # screened people below which the share is shown but called small
FEW_CLUSTERS = 10
MANY_REFUSED = 0.2
MOST = 10**12  # people; beyond, floats no longer tell neighbours apart


@dataclass(frozen=True, kw_only=True)
class Proportion:
    """A share between 0 and 1 with its interval, and what it means for a population.

    ``implied_count`` holds ``estimate``, ``low``, ``high`` and ``population``, in people, or is
    None. ``refusal_bounds`` are the shares if no one, or every one, of those who refused were
    positive; None where nobody is known to have refused.
    """

    proportion: float
    low: float
    high: float
    level: float
    method: str
    design_effect: float | None
    positive: int
    screened: int
    refused: int | None
    refusal_bounds: dict[str, float] | None
    implied_count: dict[str, float] | None
    warnings: tuple[Warned, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        answer = {name: getattr(self, name) for name in self.__dataclass_fields__}
        answer["warnings"] = [vars(warned).copy() for warned in self.warnings]
        return answer


def proportion(
    *,
    positive: int,
    screened: int,
    refused: int | None = None,
    population: int | None = None,
    clusters: list[Cluster] | None = None,
    level: float = 0.95,
) -> Proportion:
    """Estimate the share of positives; ``refused`` None means that refusals were not counted.

    Raises ``WrongInput`` for counts that cannot be (more positive than screened, a population
    smaller than those screened, clusters that do not add up to the totals).
    """
    _check(positive, screened, refused, population, level)
    share = positive / screened
    effect = _effect(clusters, positive, screened) if clusters else None
    if clusters and effect is not None:
        low, high = _korn_graubard(share, screened, effect, len(clusters), level)
    else:
        low, high = wilson(positive, screened, level)
    return Proportion(
        proportion=share,
        low=low,
        high=high,
        level=level,
        method="korn_graubard" if effect is not None else "wilson",
        design_effect=effect,
        positive=positive,
        screened=screened,
        refused=refused,
        refusal_bounds=_bounds(positive, screened, refused),
        implied_count=_implied(share, low, high, population),
        warnings=(
            *_about_people(positive, screened, refused, population),
            *_about_clusters(clusters, effect),
        ),
    )


def wilson(positive: int, screened: int, level: float) -> tuple[float, float]:
    """Wilson's score interval (1927), as shares."""
    z = float(ndtri((1 + level) / 2))
    share, shrink = positive / screened, 1 + z * z / screened
    middle = share + z * z / (2 * screened)
    half = z * math.sqrt(share * (1 - share) / screened + z * z / (4 * screened**2))
    low, high = (middle - half) / shrink, (middle + half) / shrink
    return (max(low, 0.0) if positive else 0.0), (min(high, 1.0) if positive < screened else 1.0)


def clopper_pearson(positive: float, size: float, level: float) -> tuple[float, float]:
    """The exact interval of Clopper & Pearson (1934), for sizes that need not be whole."""
    tail = (1 - level) / 2
    low = float(betaincinv(positive, size - positive + 1, tail)) if positive > 0 else 0.0
    high = float(betaincinv(positive + 1, size - positive, 1 - tail)) if positive < size else 1.0
    return low, high


def _korn_graubard(
    share: float, screened: int, effect: float, clusters: int, level: float
) -> tuple[float, float]:
    """Korn & Graubard (1998): exact at the effective size, never more than those screened."""
    half = (1 + level) / 2
    for_degrees = float(stdtrit(screened - 1, half) / stdtrit(clusters - 1, half)) ** 2
    size = min(float(screened), screened / effect * for_degrees) if effect > 0 else float(screened)
    return clopper_pearson(share * size, size, level)


def _effect(clusters: list[Cluster], positive: int, screened: int) -> float | None:
    """Variance of the ratio over clusters, over that of a simple sample of the same size.

    None with fewer than two clusters, or where everybody or nobody is positive: then the
    clusters show nothing about how alike their members are.
    """
    _check_clusters(clusters, positive, screened)
    if len(clusters) < 2 or positive in (0, screened):
        return None
    share, k = positive / screened, len(clusters)
    between = sum((c.positive - share * c.screened) ** 2 for c in clusters)
    variance = k / (k - 1) * between / screened**2
    return variance / (share * (1 - share) / (screened - 1))


def _check(
    positive: int, screened: int, refused: int | None, population: int | None, level: float
) -> None:
    given = {"screened": screened, "refused": refused, "population": population}
    for name, people in given.items():
        if people is not None and people > MOST:
            raise WrongInput(f"--{name}: is more people than there are; expected {MOST:,} at most")
    if screened < 1:
        raise WrongInput(f"--screened: {screened} is not a number of people, 1 or more")
    if not 0 <= positive <= screened:
        raise WrongInput(f"--positive: {positive} is not between 0 and the {screened} screened")
    if refused is not None and refused < 0:
        raise WrongInput(f"--refused: {refused} is negative; expected people, 0 or more")
    if population is not None and population < screened + (refused or 0):
        raise WrongInput(f"--population: {population} is fewer than those asked to be screened")
    if not 0 < level < 1:
        raise WrongInput(f"--level: {level} is not between 0 and 1; expected for example 0.95")


def _check_clusters(clusters: list[Cluster], positive: int, screened: int) -> None:
    found = sum(c.positive for c in clusters), sum(c.screened for c in clusters)
    if found != (positive, screened):
        raise WrongInput(
            f"--clusters: the clusters add up to {found[0]} positive of {found[1]} screened; "
            f"expected {positive} of {screened}"
        )


def _bounds(positive: int, screened: int, refused: int | None) -> dict[str, float] | None:
    """Shares if none, or all, of those who refused were positive (Manski 1989)."""
    if not refused:
        return None
    asked = screened + refused
    return {"low": positive / asked, "high": (positive + refused) / asked}


def _implied(
    share: float, low: float, high: float, population: int | None
) -> dict[str, float] | None:
    if population is None:
        return None
    return {
        "estimate": share * population,
        "low": low * population,
        "high": high * population,
        "population": population,
    }


def _about_people(
    positive: int, screened: int, refused: int | None, population: int | None
) -> Iterator[Warned]:
    """What to know about those screened, those who refused and those they stand for."""
    if refused is None:
        yield Warned(code="refusals_unknown", because="how many refused was not given")
    elif refused:
        share = refused / (screened + refused)
        yield Warned(
            code="many_refused" if share > MANY_REFUSED else "some_refused",
            because=f"{refused} of {screened + refused} asked ({share:.0%}) refused and may differ "
            "from those screened: see refusal_bounds",
        )
    if screened < FEW:
        yield Warned(code="small_sample", because=f"only {screened} people were screened")
    if positive in (0, screened):
        yield Warned(code="all_alike", because="everybody screened had the same result")
    if population is not None:
        yield Warned(
            code="extrapolated",
            because="the implied count holds only if those screened stand for the whole "
            "population, as a random sample would",
        )


def _about_clusters(clusters: list[Cluster] | None, effect: float | None) -> Iterator[Warned]:
    """What to know about people who were screened together."""
    if not clusters:
        yield Warned(
            code="simple_sample_assumed",
            because="people are taken as screened independently; people found together make the "
            "true interval wider: give --clusters",
        )
        return
    if effect is None:
        yield Warned(
            code="design_effect_unknown",
            because="the clusters cannot show a design effect, so the interval treats people as "
            "screened one by one",
        )
    if len(clusters) < FEW_CLUSTERS:
        yield Warned(code="few_clusters", because=f"only {len(clusters)} clusters")
