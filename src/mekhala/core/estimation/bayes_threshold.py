"""Pairs of lists that depend on each other, kept where their posterior stands clear of nothing.

Every pair is in the model at first, with a normal prior of variance 1 for what it adds to the log
of a cell's mean; constant and lists have nearly flat priors. A pair is kept where its posterior
mean is more than two posterior standard deviations from 0; the model with those pairs alone, under
the same priors, gives the posterior of the people on no list (Silverman 2020, section 5).

That posterior takes the pairs as given, which holds the truth too seldom. Unless the model's own
interval is asked for, the interval is of draws that each choose their pairs anew (``chosen_anew``);
the estimate stays the median of Silverman's posterior.
"""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.bounds import DEFAULT
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.chosen_anew import Anew, chosen_anew
from mekhala.core.estimation.convergence import doubts, told_by
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Bools, Design, Floats, design_for
from mekhala.core.estimation.estimate import NO_MODEL, Estimate, Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings, model_name
from mekhala.core.estimation.tables import OverlapTable

BAYES_THRESHOLD = Method(
    name="bayes-threshold",
    assumption="Lists depend on each other at most two at a time, a pair seldom makes being on "
    "both more than some seven times more or less likely, pairs that show no clear dependence have "
    "none, everybody has some chance of being on a list, and nobody enters or leaves during the "
    "period.",
    reference="Silverman 2020, JRSS A 183: 691-736",
)
THRESHOLD = 2.0  # posterior standard deviations
PAIR_PRECISION, MAIN_PRECISION = 1.0, 1e-4  # inverse prior variances, as in the paper
NEAR = 0.25  # a pair so close to the threshold might as well have been chosen otherwise
CHAINS, KEEP = 4, 2000


@dataclass(frozen=True, kw_only=True, eq=False)
class Thresholded:
    """``strength``: K posterior means over standard deviations with every pair in the model;
    ``kept``: K, which pairs stayed; ``unseen``: C x M draws of exp(b0) with those pairs alone;
    ``anew``: the draws with every pair, each with its own choice of pairs.
    """

    strength: Floats
    kept: Bools
    unseen: Floats
    anew: Anew


def bayes_threshold(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    threshold: float = THRESHOLD,
    keep: int = KEEP,
    progress: Progress | None = None,
) -> Estimate:
    """Return the posterior median and credible interval of the people in all.

    Fewer than three lists that hold anybody: no estimate, since the prior alone would speak about
    dependence. ``bootstrap`` 0: the model's own interval, given the pairs kept; else every draw
    chooses its pairs anew, which needs no more of them. ``keep``: draws of each of four chains.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, bootstrap=bootstrap, seed=seed)
    held = table.used()
    covers = Covers.PAIRS if bootstrap else Covers.PAIRS_GIVEN
    if len(held.lists) < 3:
        return answered(
            table, BAYES_THRESHOLD, settings, total=math.inf, interval=None, covers=covers,
            model=NO_MODEL, warnings=(_too_few_lists(held),),
        )  # fmt: skip
    design, counts = design_for(held)
    found = thresholded(
        design, counts, threshold=threshold, keep=keep, seed=seed, progress=progress
    )
    drawn = table.observed + found.unseen
    choice = _otherwise if bootstrap else partial(_near, threshold=threshold)
    kept = [design.pair_name(int(k)) for k in np.flatnonzero(found.kept)]
    pairs = tuple((first, second) for first, second in kept)
    return answered(
        table, BAYES_THRESHOLD, settings, total=float(np.median(drawn)), pairs=pairs,
        covers=covers, interval=_interval(table.observed, found, level, anew=bootstrap > 0),
        model=model_name(design, pairs), warnings=(*doubts(drawn), *choice(design, found)),
        diagnostics=told_by(drawn) | {
            "threshold": threshold,
            "pair_strength": [
                [*design.pair_name(k), round(float(s), 2)] for k, s in enumerate(found.strength)
            ],
            "draws_with_other_pairs": round(found.anew.other(found.kept), 4),
        },
    )  # fmt: skip


def _interval(seen: int, found: Thresholded, level: float, *, anew: bool) -> Interval:
    """The credible interval of the people in all; it always holds the estimate."""
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(found.unseen, tails)
    if anew:
        middle = np.median(found.unseen)
        with np.errstate(over="ignore"):  # more than a number can hold is without bound
            low, high = np.exp(np.quantile(found.anew.constant, tails))
        low, high = min(low, middle), max(high, middle)
    return Interval(kind="credible", low=float(seen + low), high=float(seen + high))


def thresholded(
    design: Design,
    counts: Floats,
    *,
    threshold: float,
    keep: int,
    seed: int,
    progress: Progress | None = None,
) -> Thresholded:
    """Draw from the model of every pair, drop the pairs below ``threshold``, and draw again."""
    first, then = (int(s) for s in np.random.SeedSequence(seed).generate_state(2))
    every = np.ones(len(design.pairs), dtype=bool)
    full = posterior(design, counts, every, keep=keep, seed=first)
    anew, pairs = chosen_anew(full, design.first_pair, threshold), full[:, :, design.first_pair :]
    strength = pairs.mean(axis=(0, 1)) / pairs.std(axis=(0, 1))
    if progress:
        progress(1, 2)
    kept = np.abs(strength) > threshold
    unseen = np.exp(posterior(design, counts, kept, keep=keep, seed=then)[:, :, 0])
    if progress:
        progress(2, 2)
    return Thresholded(strength=strength, kept=kept, unseen=unseen, anew=anew)


def posterior(
    design: Design,
    counts: Floats,
    pairs: Bools,
    *,
    keep: int,
    seed: int,
    chains: int = CHAINS,
    main_precision: float = MAIN_PRECISION,
) -> Floats:
    """Return C x M x p draws of constant, lists and the chosen ``pairs`` (K truth values)."""
    from mekhala.core.estimation.loglinear_posterior import draws

    mains = np.ones(design.first_pair, dtype=bool)
    x = design.x[:, np.concatenate([mains, pairs])]
    precision = np.full(x.shape[1], PAIR_PRECISION)
    precision[: design.first_pair] = main_precision
    return draws(x, counts, precision, chains=chains, keep=keep, seed=seed)


def _near(design: Design, found: Thresholded, *, threshold: float) -> list[Warned]:
    """Say which pairs lie so near the threshold that other data might choose otherwise."""
    near = np.flatnonzero(np.abs(np.abs(found.strength) - threshold) < NEAR)
    if not len(near):
        return []
    named = [f"{':'.join(design.pair_name(int(k)))} ({abs(found.strength[k]):.2f})" for k in near]
    return [Warned(
        code="model_choice_unsteady",
        because=f"pairs of lists near the threshold of {threshold:g} standard deviations: "
        f"{', '.join(named)}; the interval takes the choice as given",
        values={"pairs": named, "threshold": threshold},
    )]  # fmt: skip


def _otherwise(_: Design, found: Thresholded) -> list[Warned]:
    """Say so where most draws keep other pairs than the data themselves."""
    share = found.anew.other(found.kept)
    if share <= DEFAULT.unsteady:
        return []
    return [Warned(
        code="model_choice_unsteady",
        because=f"{share:.0%} of the draws choose other pairs of lists",
        values={"of_draws": round(share, 2)},
    )]  # fmt: skip


def _too_few_lists(table: OverlapTable) -> Warned:
    return Warned(
        code="not_for_so_many_lists",
        because="with fewer than three lists the prior alone would say how they depend on each "
        "other",
        values={"lists": len(table.lists), "fewest": 3},
    )
