"""The model of pairs of lists with the lowest Bayesian information criterion."""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Chosen, Progress
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.estimate import NO_MODEL, Estimate, Warned
from mekhala.core.estimation.intervals import (
    Interval,
    corrected,
    one_fewer,
    resampled,
    wald_log,
)  # fmt: skip
from mekhala.core.estimation.methods import check_settings, covered, model_name
from mekhala.core.estimation.poisson import Model, fit
from mekhala.core.estimation.search import Ranked, of_rows, search
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.wrong_input import WrongInput

BIC = Method(
    name="bic",
    assumption="Lists depend on each other at most two at a time, the set of pairs that balances "
    "fit and simplicity best is the true one, everybody has some chance of being on a list, and "
    "nobody enters or leaves during the period.",
    reference="Silverman, Chan & Vincent 2024, Statistics and Computing 34; arXiv 2303.17856",
)
TOP = 20  # models among which each replicate chooses
TOLD = 5  # models named in the diagnostics
SURE = 0.5


def bic(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    top: int = TOP,
    order: int = 2,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all by the hierarchical model with the lowest BIC.

    Each bootstrap replicate chooses anew among the ``top`` models of the data themselves. With
    ``order`` above 2, so many lists may depend on each other together. ``averaged`` in the
    diagnostics is over all models, weighed by exp(-BIC / 2).
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    if order < 2 or top < 1:
        raise WrongInput(f"bic: order {order}, top {top}; expected 2 or more, and 1 or more")
    settings, method = Settings.now(level=level, bootstrap=bootstrap, seed=seed), _up_to(order)
    design, counts = design_for(table, order)
    found = search(design, counts)
    if not len(found.bic):
        return answered(table, method, settings, total=math.inf, interval=None,
                        covers=Covers.NOTHING, model=NO_MODEL)  # fmt: skip
    best = Chosen(pairs=found.pairs[:1], unseen=found.unseen[:1])
    shown: dict[str, Any] = {}
    if bootstrap:
        interval, shown = _bootstrapped(design, counts, found.best(top), settings, progress)
    else:
        interval = wald_log(design, counts, best, level)
    named = _named(design, found, 0)
    return answered(
        table, method, settings, total=float(counts.sum() + best.unseen[0]), interval=interval,
        covers=covered(interval, pairs=True), model=model_name(design, named),
        pairs=tuple((names[0], names[1]) for names in named if len(names) == 2),
        warnings=tuple(_of_models(found, float(counts.sum()))),
        diagnostics=_told(design, found, float(counts.sum())) | shown | interval.diagnostics(),
    )  # fmt: skip


def _up_to(order: int) -> Method:
    if order == 2:
        return BIC
    words = f"Lists depend on each other at most {order} at a time, the set of dependences"
    start = "Lists depend on each other at most two at a time, the set of pairs"
    return replace(BIC, assumption=BIC.assumption.replace(start, words))


def _bootstrapped(
    design: Design, counts: Floats, top: Ranked, settings: Settings, progress: Progress | None
) -> tuple[Interval, dict[str, Any]]:
    """BCa over people; a replicate keeps the model of ``top`` with its own lowest BIC.

    And percentile limits of the average over ``top``, each replicate weighing the models anew.
    """
    drawn = resampled(counts, settings.bootstrap, settings.seed)
    start = fit(design, np.repeat(counts[None], len(top.bic), axis=0), Model(pairs=top.pairs)).beta
    replicates, averages = _best_of(design, drawn, top, start, progress)
    without, _ = _best_of(design, one_fewer(counts), top, start)
    seen, level = float(counts.sum()), settings.level
    interval = corrected(
        seen, replicates, Chosen(pairs=top.pairs[:1], unseen=top.unseen[:1]), level=level,
        jackknife=seen - 1 + without.unseen, weight=counts[counts > 0], seed=settings.seed,
    )  # fmt: skip
    ends = np.quantile(
        seen + averages, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf"
    ).tolist()
    return interval, {"averaged_low": _plain(ends[0]), "averaged_high": _plain(ends[1])}


def _best_of(
    design: Design, counts: Floats, models: Ranked, start: Floats, progress: Progress | None = None
) -> tuple[Chosen, Floats]:
    """For each row of ``counts`` the model with the lowest BIC, and the average over them (B)."""
    shape = (len(models.bic), len(counts))
    bic, unseen = np.full(shape, np.inf), np.full(shape, np.inf)
    for number, model in enumerate(models.pairs):
        rows = (len(counts), 1)
        bic[number], unseen[number] = of_rows(
            design, counts, np.tile(model, rows), np.tile(start[number], rows)
        )
        if progress:
            progress(number + 1, len(models.bic))
    lowest, which = bic.min(axis=0), bic.argmin(axis=0)
    away = np.where(np.isfinite(bic), bic - np.where(np.isfinite(lowest), lowest, 0.0), np.inf)
    weight, people = np.exp(-away / 2), np.where(np.isfinite(unseen), unseen, 0.0)
    total = weight.sum(axis=0)
    average = np.full(len(counts), np.inf)
    np.divide((weight * people).sum(axis=0), total, out=average, where=total > 0)
    chosen = Chosen(pairs=models.pairs[which], unseen=unseen[which, np.arange(len(counts))])
    return chosen, average


def _named(design: Design, found: Ranked, place: int) -> tuple[tuple[str, ...], ...]:
    return tuple(design.pair_name(int(k)) for k in np.flatnonzero(found.pairs[place]))


def _plain(people: float) -> float | None:
    return round(people, 1) if math.isfinite(people) else None


def _told(design: Design, found: Ranked, seen: float) -> dict[str, Any]:
    """Diagnostics: the best models with their numbers, and the average over all of them."""
    best = [
        {
            "model": model_name(design, _named(design, found, place)),
            "estimate": _plain(seen + found.unseen[place]),
            "bic": round(float(found.bic[place]), 3),
            "weight": round(float(found.weight[place]), 4),
        }
        for place in range(min(TOLD, len(found.bic)))
    ]
    return {
        "models_with_estimate": len(found.bic),
        "averaged": _plain(seen + found.averaged),
        "best_models": best,
    }


def _of_models(found: Ranked, seen: float) -> list[Warned]:
    """Say when the best model is one of many."""
    if found.weight[0] > SURE:
        return []
    return [
        Warned(
            code="many_models_fit",
            because=f"the best model has {found.weight[0]:.0%} of the weight of all models; their "
            f"average is {seen + found.averaged:,.0f}",
            values={
                "weight": round(float(found.weight[0]), 2),
                "average": _plain(float(seen + found.averaged)),
            },
        )
    ]
