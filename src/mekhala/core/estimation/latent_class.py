"""People of several unseen kinds, each kind with its own chances of being on a list."""

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.convergence import doubts, effective_draws, split_r_hat, told_by
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.estimate import NO_MODEL, Estimate, Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.tables import OverlapTable

if TYPE_CHECKING:
    from mekhala.core.estimation.tempering import Drawn

LATENT_CLASS = Method(
    name="latent-class",
    assumption="People are of a few unseen kinds; within a kind lists find people independently, "
    "a kind that hardly any list finds is unlikely beforehand (the prior of each chance is even), "
    "the kind nobody is ever found of does not exist, and nobody enters or leaves during the "
    "period.",
    reference="Manrique-Vallier 2016, Biometrics 72: 1246-1254",
)
CHAINS, BURN, KEEP, THIN = 4, 2000, 1500, 10
LEGS = 4  # a chain that has not settled goes on, up to so many times ``keep`` draws
IDENTIFIED = 4  # lists: on three, two kinds have 8 parameters and there are 7 cells
SETTLED = 1.01, 1000  # R-hat at most, and independent draws at least, to stop before


def latent_class(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 0,
    seed: int = 0,
    chains: int = CHAINS,
    keep: int = KEEP,
    progress: Progress | None = None,
) -> Estimate:
    """Return the posterior median and credible interval of the people in all.

    Several tempered chains from starts far apart. They stop after ``keep`` draws each, one in ten
    sweeps, where they have settled, else go on to four times as many; where they still disagree
    or move too little the estimate says so. ``bootstrap`` is not used.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, seed=seed)
    used = table.used()
    if len(used.lists) < 3:
        return answered(
            table, LATENT_CLASS, settings, total=math.inf, interval=None, covers=Covers.KINDS,
            model=NO_MODEL, warnings=(_too_few_lists(),),
        )  # fmt: skip
    made = chains_of(used, seed=seed, chains=chains, keep=keep, progress=progress)
    drawn = table.observed + made.missing
    low, middle, high = np.quantile(drawn, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return answered(
        table, LATENT_CLASS, settings, total=float(middle), covers=Covers.KINDS,
        interval=Interval(kind="credible", low=float(low), high=float(high)),
        model=f"up to 10 kinds of people, {chains} chains of {drawn.shape[1]} draws",
        warnings=(*doubts(drawn), *_kinds_free(len(used.lists))),
        diagnostics=told_by(drawn) | {
            "round_trips": made.trips,
            "exchanges_accepted": round(float(made.swapped.mean()), 2),
        },
    )  # fmt: skip


def chains_of(
    table: OverlapTable, *, seed: int, chains: int, keep: int, progress: Progress | None = None
) -> "Drawn":
    """Return the draws of tempered chains, made side by side on as many threads as there are cores.

    ``missing`` is C x M, ``swapped`` C x (R - 1), ``trips`` their sum. Each chain has a seed of its
    own, so that the number of threads changes nothing.
    """
    from mekhala.core.estimation.tempering import Chain, joined, side_by_side

    cells, counts = np.array(table.histories, dtype=float), np.array(table.counts, dtype=float)
    seeds = np.random.SeedSequence(seed).generate_state(chains)
    made = [Chain(cells, counts, seed=int(own)) for own in seeds]
    legs: list[Drawn] = []
    with ThreadPoolExecutor(max_workers=min(chains, os.cpu_count() or 1)) as pool:
        while len(legs) < LEGS and not (legs and _settled(joined(legs).missing)):
            leg = partial(Chain.draws, burn=0 if legs else BURN, keep=keep, thin=THIN)
            legs.append(side_by_side(list(pool.map(leg, made))))
            if progress:
                progress(len(legs), LEGS)
    return joined(legs)


def _settled(drawn: Floats) -> bool:
    agree, enough = SETTLED
    return split_r_hat(drawn) <= agree and effective_draws(drawn) >= enough


def _kinds_free(lists: int) -> Iterator[Warned]:
    if lists < IDENTIFIED:
        yield Warned(
            code="kinds_not_identified",
            because=f"two kinds of people on {lists} lists have 8 parameters and there are 7 "
            "cells, so the prior and not the data says how many a second kind hides",
            values={"lists": lists},
        )


def _too_few_lists() -> Warned:
    return Warned(
        code="not_for_so_many_lists", because="latent classes need three lists or more",
        values={"fewest": 3},
    )  # fmt: skip
