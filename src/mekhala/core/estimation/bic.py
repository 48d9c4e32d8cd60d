"""The model of pairs of lists with the lowest Bayesian information criterion."""

import math

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Chosen, Progress
from mekhala.core.estimation.design import Bools, Design, Floats, design_for
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.intervals import Interval, corrected, wald_log
from mekhala.core.estimation.methods import check_settings, covered, model_name
from mekhala.core.estimation.search import Ranked, of_rows, search
from mekhala.core.estimation.tables import OverlapTable

BIC = Method(
    name="bic",
    assumption="Lists depend on each other at most two at a time, the set of pairs that balances "
    "fit and simplicity best is the true one, everybody has some chance of being on a list, and "
    "nobody enters or leaves during the period.",
    reference="Silverman, Chan & Vincent 2024, Statistics in Medicine; arXiv 2303.17856",
)
TOP = 20  # models among which each replicate chooses
SURE = 0.5


def bic(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    top: int = TOP,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all by the model of pairs with the lowest BIC.

    Each bootstrap replicate chooses anew among the ``top`` models of the data themselves.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, bootstrap=bootstrap, seed=seed)
    design, counts = design_for(table)
    found = search(design, counts)
    if not len(found.bic):
        return answered(table, BIC, settings, total=math.inf, interval=None, covers="nothing",
                        model="none")  # fmt: skip
    best = Chosen(pairs=found.pairs[:1], unseen=found.unseen[:1])
    if bootstrap:
        interval = _bootstrapped(
            design, counts, found.best(top), level=level, times=bootstrap, seed=seed,
            progress=progress,
        )  # fmt: skip
    else:
        interval = wald_log(design, counts, best, level)
    named = tuple(design.pair_name(int(k)) for k in np.flatnonzero(best.pairs[0]))
    return answered(
        table, BIC, settings, total=float(counts.sum() + best.unseen[0]), interval=interval,
        covers=covered(interval, pairs=True), model=model_name(design, named), pairs=named,
        warnings=tuple(_of_models(found, float(counts.sum()))),
    )  # fmt: skip


def averaged(found: Ranked) -> float:
    """Return the people on no list averaged over models by exp(-BIC / 2)."""
    return float(found.weight @ found.unseen)


def _bootstrapped(
    design: Design, counts: Floats, top: Ranked, *, level: float, times: int, seed: int,
    progress: Progress | None,
) -> Interval:  # fmt: skip
    """BCa over people; a replicate keeps the model of ``top`` with its own lowest BIC."""
    seen = counts.sum()
    drawn = np.random.default_rng(seed).multinomial(int(seen), counts / seen, size=times)
    replicates = _best_of(design, drawn.astype(float), top.pairs, progress)
    held = np.flatnonzero(counts)
    without = np.repeat(counts[None], len(held), axis=0)
    without[range(len(held)), held] -= 1
    jackknife = seen - 1 + _best_of(design, without, top.pairs).unseen
    return corrected(
        seen, replicates, Chosen(pairs=top.pairs[:1], unseen=top.unseen[:1]), level=level,
        jackknife=jackknife, weight=counts[held],
    )  # fmt: skip


def _best_of(
    design: Design, counts: Floats, models: Bools,
    progress: Progress | None = None,
) -> Chosen:  # fmt: skip
    """For each row of ``counts`` the model with the lowest BIC."""
    lowest = np.full(len(counts), np.inf)
    unseen, pairs = np.full(len(counts), np.inf), np.repeat(models[:1], len(counts), axis=0)
    for number, model in enumerate(models):
        of_model, missing = of_rows(
            design, counts, np.repeat(model[None], len(counts), axis=0)
        )
        better = of_model < lowest
        lowest[better], unseen[better], pairs[better] = of_model[better], missing[better], model
        if progress:
            progress(number + 1, len(models))
    return Chosen(pairs=pairs, unseen=unseen)


def _of_models(found: Ranked, seen: float) -> list[Warned]:
    """Say when the best model is one of many."""
    if found.weight[0] > SURE:
        return []
    return [
        Warned(
            code="many_models_fit",
            because=f"the best model has {found.weight[0]:.0%} of the weight of all models; their "
            f"average is {seen + averaged(found):,.0f}",
        )
    ]
