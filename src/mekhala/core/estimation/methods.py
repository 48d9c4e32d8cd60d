"""Log-linear methods: from a table and a way to choose the model to one ``Estimate``."""

import math

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress, choose
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Design, design_for
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.intervals import Interval, bca, wald_log
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.wrong_input import WrongInput


def estimate(
    table: OverlapTable,
    method: Method,
    *,
    pairs: bool,
    level: float,
    bootstrap: int,
    seed: int,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all; with ``pairs`` the data choose which lists depend on each other.

    ``bootstrap`` 0 gives the model's own interval. Raises ``WrongInput`` for a level outside 0 to
    1 or a number of replicates that is 1 to 49 or negative.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, bootstrap=bootstrap, seed=seed)
    design, counts = design_for(table)
    chosen = choose(design, counts[None], pairs=pairs)
    total = float(counts.sum() + chosen.unseen[0])
    interval = None
    if math.isfinite(total) and bootstrap:
        interval = bca(
            design, counts, chosen, pairs=pairs, level=level, times=bootstrap, seed=seed,
            progress=progress,
        )  # fmt: skip
    elif math.isfinite(total):
        interval = wald_log(design, counts, chosen, level)
    pair_names = [design.pair_name(int(k)) for k in np.flatnonzero(chosen.pairs[0])]
    named = tuple((first, second) for first, second in pair_names)
    return answered(
        table, method, settings, total=total, interval=interval, pairs=named,
        covers=covered(interval, pairs=pairs), model=model_name(design, named),
        diagnostics=interval.diagnostics() if interval else None,
    )  # fmt: skip


def model_name(design: Design, pairs: tuple[tuple[str, ...], ...]) -> str:
    """Return a log-linear model in the usual words: lists, then pairs of lists."""
    return " + ".join([*design.lists, *(":".join(pair) for pair in pairs)])


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


def covered(interval: Interval | None, *, pairs: bool) -> Covers:
    """Say what the interval covers; wrong links between records are in none of them."""
    if interval is None:
        return Covers.NOTHING
    chosen = pairs and interval.kind != "wald_log"
    return Covers.MODEL if chosen else Covers.MODEL_GIVEN
