"""A share from respondent-driven sampling, where people of the population recruit each other.

- ``rds_ii`` (Volz & Heckathorn 2008): sum (y/d) / sum (1/d), people drawn with replacement.
- ``successive_sampling`` (Gile 2011): sum (y/pi) / sum (1/pi), with pi for a population of known
  size from which nobody is drawn twice. As the population grows it becomes ``rds_ii``.
"""

import numpy as np

from mekhala.core.estimation import rds_bootstrap
from mekhala.core.estimation.binomial import Kind, limits, wilson
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.rds_bootstrap import shares
from mekhala.core.estimation.rds_diagnostics import diagnostics, warnings
from mekhala.core.estimation.recruitment import Floats, Recruitment
from mekhala.core.estimation.shares import (
    Asked,
    Found,
    Frame,
    Sampling,
    answered_share,
)
from mekhala.core.estimation.successive import inclusion

ASSUMES = (
    "People of the population know each other both ways and form one network; they recruit by "
    "chance among those they know, told rightly how many that is, and seeds no longer matter."
)
RDS_II = Sampling(
    method="rds-ii", design="respondent-driven",
    model="people weighted by one over how many they know, drawn with replacement",
    assumption=f"{ASSUMES} The sample is a small part of the population.",
    reference="Volz & Heckathorn 2008, J. Official Statistics 24:79-97; Salganik 2006, J. Urban "
    "Health 83:98-112",
    covers="sampling, where recruitment depends on the trait alone",
)  # fmt: skip
SUCCESSIVE = Sampling(
    method="rds-ss", design="respondent-driven",
    model="people weighted by one over their chance of being sampled, none twice",
    assumption=f"{ASSUMES} The size of the population is right.",
    reference="Gile 2011, JASA 106:135-146",
    covers="sampling, where recruitment depends on the trait alone",
)  # fmt: skip
USUAL_EFFECT = 2.0  # what Salganik (2006) advises to reckon with before anything is known
NOTHING = 1e-20  # variance of replicates that all hold the whole population
NO_SPREAD = Warned(
    code="design_effect_unknown",
    because="everybody had the same result, so replicates do not differ; the interval is that of "
    "half as many people screened one by one",
)


def rds_ii(
    found: Recruitment,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the share by RDS-II; percentile interval of Salganik's bootstrap.

    ``tree_low`` and ``tree_high`` among the diagnostics are those of the tree bootstrap (Baraff
    et al. 2016), wider where people of one tree are alike in more than the trait. Raises
    ``WrongInput`` for fewer replicates than an interval needs.
    """
    asked = Asked.now(
        level=level, bootstrap=bootstrap, seed=seed, frame=frame, people=len(found.people)
    )
    weights = 1 / found.degree
    replicates = rds_bootstrap.chain(found, weights, bootstrap, np.random.default_rng(seed))
    return _answered(found, weights, replicates, RDS_II, asked)


def successive_sampling(
    found: Recruitment,
    *,
    population: int,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the share by successive sampling from ``population`` people.

    The interval is Wilson's, from the variance of the bootstrap (after Gile 2011). ``rds_ii``
    among the diagnostics is what RDS-II says. Raises ``WrongInput`` for a population
    smaller than the sample.
    """
    frame = frame or Frame()
    frame = Frame(covered=frame.covered, not_covered=frame.not_covered, population=population)
    asked = Asked.now(
        level=level, bootstrap=bootstrap, seed=seed, frame=frame, people=len(found.people)
    )
    weights = gile_weights(found, population)
    rng = np.random.default_rng(seed)
    replicates = rds_bootstrap.without_replacement(found, population, bootstrap, rng)
    return _answered(found, weights, replicates, SUCCESSIVE, asked)


def gile_weights(found: Recruitment, population: int) -> Floats:
    """One over each person's chance of being sampled; NaN where the degree is not known."""
    use = found.usable
    degrees, place = np.unique(found.degree[use], return_inverse=True)
    counts = np.bincount(place).astype(float)
    weights = np.full(len(found.people), np.nan)
    weights[use] = 1 / inclusion(degrees, counts, population)[place]
    return weights


def _answered(
    found: Recruitment, weights: Floats, replicates: Floats, sampling: Sampling, asked: Asked
) -> Estimate:
    """The share, its interval, what the sample shows about itself."""
    share = _whole(found, weights)
    people = int(found.usable.sum())
    spread = float(np.nanvar(replicates, ddof=1))
    kind, low, high = _limits(share, people, replicates, sampling, asked)
    told = diagnostics(found, weights)
    rng = np.random.default_rng([asked.seed, 1])
    by_tree = asked.ends(rds_bootstrap.trees(found, weights, asked.bootstrap, rng))
    simple = share * (1 - share) / (people - 1)
    effect = spread / simple if simple > 0 else None
    population = asked.frame.population
    got = Found(
        share=share, low=min(low, share), high=max(high, share), interval=kind,
        positive=int((found.trait[found.usable] == 1).sum()), screened=people,
        refused=len(found.people) - people or None, refusal_bounds=_bounds(found, weights),
        design_effect=effect, size=people / effect if effect else None, data=found.data(),
        warnings=(*warnings(found, told, len(found.people) / population if population else None,
                            replaced=sampling is RDS_II),
                  *((NO_SPREAD,) if simple == 0 else ())),
        more={**told, "tree_low": by_tree[0], "tree_high": by_tree[1],
              "unweighted": float((found.trait[found.usable] == 1).mean()),
              "rds_ii": _whole(found, 1 / found.degree)},
        bootstrap=asked.bootstrap, seed=asked.seed,
    )  # fmt: skip
    return answered_share(got, sampling, asked.frame, level=asked.level, started=asked.started)


def _limits(
    share: float, people: int, replicates: Floats, sampling: Sampling, asked: Asked
) -> tuple[str, float, float]:
    """Percentiles for RDS-II; for successive sampling Wilson's from the replicates' variance.

    Percentiles would carry the estimate's own bias twice there. Where everybody is alike,
    replicates do not differ, and Wilson's is for a design effect of two.
    """
    if share in (0.0, 1.0):
        worth = people / USUAL_EFFECT
        return str(Kind.WILSON), *wilson(share * worth, worth, asked.level)
    if sampling is RDS_II:
        return "percentile", *asked.ends(replicates)
    spread = float(np.nanvar(replicates, ddof=1))
    if spread < NOTHING:
        return str(Kind.WILSON), share, share
    got = limits(share, variance=spread, people=people, degrees=people - 1, level=asked.level)
    return str(got.kind), got.low, got.high


def _whole(found: Recruitment, weights: Floats) -> float:
    return min(float(shares(found, weights, np.arange(len(found.people)))), 1.0)


def _bounds(found: Recruitment, weights: Floats) -> dict[str, float] | None:
    """Shares if none, or all, without an outcome or a degree were positive (Manski 1989).

    Who told no degree weighs as the others do on average.
    """
    if found.usable.all():
        return None
    filled = np.where(np.isfinite(weights), weights, np.nanmean(weights))
    yes = float(filled[found.trait == 1].sum() / filled.sum())
    return {"low": yes, "high": yes + float(filled[found.trait < 0].sum() / filled.sum())}
