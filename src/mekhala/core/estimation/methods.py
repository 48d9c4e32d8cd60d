"""From a table and a way to choose the model to one ``Estimate``."""

import math
import time
from dataclasses import dataclass

import numpy as np

from mekhala import __version__
from mekhala.core.estimation import cautions
from mekhala.core.estimation.choice import Progress, choose
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.intervals import Interval, bca, wald_log
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True)
class Method:
    """A log-linear method: whether it chooses pairs, what it takes for granted, its source."""

    name: str
    pairs: bool
    assumption: str
    reference: str


def estimate(
    table: OverlapTable,
    method: Method,
    *,
    level: float,
    bootstrap: int,
    seed: int,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all by ``method``; ``bootstrap`` 0 gives the model's own interval.

    Raises ``WrongInput`` for a level outside 0 to 1 or a number of replicates that is 1 to 49
    or negative.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    started = time.perf_counter()
    design, counts = design_for(table)
    chosen = choose(design, counts[None], pairs=method.pairs)
    pairs_chosen = tuple(design.pair_name(int(k)) for k in np.flatnonzero(chosen.pairs[0]))
    total = float(counts.sum() + chosen.unseen[0])
    interval = None
    if math.isfinite(total):
        if bootstrap:
            interval = bca(
                design,
                counts,
                chosen,
                pairs=method.pairs,
                level=level,
                times=bootstrap,
                seed=seed,
                progress=progress,
            )
        else:
            interval = wald_log(design, counts, chosen, level)
    return Estimate(
        method=method.name,
        observed=table.observed,
        estimate=_finite(total),
        low=_finite(interval.low) if interval else None,
        high=_finite(interval.high) if interval else None,
        level=level,
        interval=interval.kind if interval else "none",
        covers=_covers(interval, pairs=method.pairs),
        model=" + ".join([*design.lists, *(":".join(pair) for pair in pairs_chosen)]),
        pairs=pairs_chosen,
        assumption=method.assumption,
        exists=interval is not None,
        warnings=(
            *cautions.of_table(table.in_order()),
            *cautions.of_estimate(table.observed, total, interval),
        ),
        seconds=time.perf_counter() - started,
        bootstrap=bootstrap,
        seed=seed,
        data_hash=table.data_hash(),
        version=__version__,
        reference=method.reference,
    )


def check_settings(*, level: float, bootstrap: int, seed: int) -> None:
    """Refuse settings no interval can be made with, naming the setting."""
    if not 0 < level < 1:
        raise WrongInput(f"--level: {level} is not between 0 and 1; expected for example 0.95")
    if bootstrap < 0 or 0 < bootstrap < 50:
        raise WrongInput(f"--bootstrap: {bootstrap} is too few; expected 0, or 50 and more")
    if bootstrap > 100_000:
        raise WrongInput(f"--bootstrap: {bootstrap} is too many; expected at most 100000")
    if seed < 0:
        raise WrongInput(f"--seed: {seed} is negative; expected a whole number, 0 or more")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _covers(interval: Interval | None, *, pairs: bool) -> str:
    """What the interval covers; wrong links between records are in none of them."""
    if interval is None:
        return "nothing"
    if interval.kind == "wald_log":
        return "sampling, taking the model as given; not errors of linkage"
    choice = " and the choice of model" if pairs else ", taking the model as given"
    return f"sampling{choice}; not errors of linkage"
