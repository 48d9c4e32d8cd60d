"""Prevalence from a screened sample: how many of those screened were found positive.

Without clusters people count as screened one by one, and the interval is Wilson's (1927). With
clusters (people screened together: a bus, a shelter, a village) it is that of Korn & Graubard
(1998): exact, for an effective sample size that the design effect shrinks and t quantiles with
clusters - 1 degrees of freedom shrink further.
"""

import time
from collections.abc import Iterator
from dataclasses import replace

from mekhala.core.estimation.binomial import Kind, clopper_pearson, left_over, limits, wilson
from mekhala.core.estimation.clusters import Cluster
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.shares import (
    MOST,
    Found,
    Frame,
    Sampling,
    answered_share,
    check_level,
    check_population,
    of_refusals,
)
from mekhala.core.wrong_input import WrongInput

__all__ = ["clopper_pearson", "proportion", "wilson"]

FEW_CLUSTERS = 10
ONE_BY_ONE = (
    "Everybody in the frame had the same chance of being screened, one by one; the screening "
    "tells who is positive."
)
TOGETHER = (
    "Every cluster had the same chance of being drawn and all its people, or as many of them as "
    "their number asks, were screened; the screening tells who is positive."
)
REFERENCES = {
    Kind.WILSON: "Wilson 1927, JASA 22:209-212; Brown, Cai & DasGupta 2001, Stat. Sci. 16:101-133",
    Kind.LOGIT: "Franco, Little, Louis & Slud 2019, J. Surv. Stat. Methodol. 7:334-364",
    Kind.EXACT: "Korn & Graubard 1998, Survey Methodology 24:193-201",
}


def proportion(
    *,
    positive: int,
    screened: int,
    refused: int | None = None,
    population: int | None = None,
    clusters: list[Cluster] | None = None,
    level: float = 0.95,
    interval: Kind | None = None,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the share of positives; ``refused`` None means that refusals were not counted.

    ``interval`` None: Wilson's, or for clusters that of Korn & Graubard. ``population`` may
    stand in ``frame`` instead; where more than a twentieth of it was screened one by one, the
    interval is narrower for it. Raises ``WrongInput`` for counts that cannot be (more positive
    than screened, a population smaller than those asked, clusters that do not add up).
    """
    started = time.perf_counter()
    frame = frame or Frame()
    if population is not None:
        frame = replace(frame, population=population)
    check_counts(positive, screened, refused)
    check_population(frame.population, screened + (refused or 0))
    check_level(level)
    found = _found(
        positive, screened, clusters,
        population=frame.population, level=level, interval=interval,
    )  # fmt: skip
    found = replace(
        found, refused=refused, refusal_bounds=bounds(positive, screened, refused),
        warnings=(*of_refusals(refused), *_about_clusters(clusters, found.design_effect)),
    )  # fmt: skip
    sampling = Sampling(
        method=found.interval,
        design="cluster" if clusters else "simple",
        model=f"sample of {len(clusters)} clusters" if clusters else "simple random sample",
        assumption=TOGETHER if clusters else ONE_BY_ONE,
        covers="sampling of clusters" if found.design_effect is not None else "sampling",
        reference=REFERENCES[Kind(found.interval)],
    )
    return answered_share(found, sampling, frame, level=level, started=started)


def _found(
    positive: int,
    screened: int,
    clusters: list[Cluster] | None,
    *,
    population: int | None,
    level: float,
    interval: Kind | None,
) -> Found:
    """The share with its interval; a design effect only where clusters show one."""
    share = positive / screened
    variance = _between(clusters, positive, screened) if clusters else None
    if clusters and variance is not None:
        got = limits(
            share, variance=variance, people=screened, degrees=len(clusters) - 1, level=level,
            kind=interval or Kind.EXACT, never_better=True,
        )  # fmt: skip
    else:
        rest = left_over(screened, population)
        simple = share * (1 - share) / max(screened - 1, 1) * rest
        got = limits(
            share, variance=simple, people=screened, degrees=screened - 1, level=level,
            kind=interval or Kind.WILSON,
        )  # fmt: skip
        got = replace(got, low=share, high=share) if rest == 0 else got
    return Found(
        share=share, low=got.low, high=got.high, interval=str(got.kind), positive=positive,
        screened=screened, size=got.size,
        design_effect=got.design_effect if variance is not None else None,
        data=("sample", positive, screened, sorted(map(_plain, clusters or []))),
    )  # fmt: skip


def _plain(cluster: Cluster) -> tuple[str, int, int]:
    return cluster.cluster, cluster.positive, cluster.screened


def _between(clusters: list[Cluster], positive: int, screened: int) -> float | None:
    """Variance of the ratio over clusters (Cochran 1977, 9A.1), drawn with replacement.

    None with fewer than two clusters, or where everybody or nobody is positive: then the
    clusters show nothing about how alike their members are.
    """
    _check_clusters(clusters, positive, screened)
    if len(clusters) < 2 or positive in (0, screened):
        return None
    share, k = positive / screened, len(clusters)
    between = sum((c.positive - share * c.screened) ** 2 for c in clusters)
    return k / (k - 1) * between / screened**2


def bounds(positive: int, screened: int, refused: int | None) -> dict[str, float] | None:
    """Shares if none, or all, of those who refused were positive (Manski 1989)."""
    if not refused:
        return None
    asked = screened + refused
    return {"low": positive / asked, "high": (positive + refused) / asked}


def check_counts(positive: int, screened: int, refused: int | None) -> None:
    """Refuse counts that cannot be, in one sentence."""
    for name, number in {"screened": screened, "refused": refused}.items():
        if number is not None and number > MOST:
            raise WrongInput(f"--{name}: is more people than there are; expected {MOST:,} at most")
    if screened < 1:
        raise WrongInput(f"--screened: {screened} is not a number of people, 1 or more")
    if not 0 <= positive <= screened:
        raise WrongInput(f"--positive: {positive} is not between 0 and the {screened} screened")
    if refused is not None and refused < 0:
        raise WrongInput(f"--refused: {refused} is negative; expected people, 0 or more")


def _check_clusters(clusters: list[Cluster], positive: int, screened: int) -> None:
    found = sum(c.positive for c in clusters), sum(c.screened for c in clusters)
    if found != (positive, screened):
        raise WrongInput(
            f"--clusters: the clusters add up to {found[0]} positive of {found[1]} screened; "
            f"expected {positive} of {screened}"
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
