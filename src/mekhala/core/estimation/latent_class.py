"""People of several unseen kinds, each kind with its own chances of being on a list."""

import math
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.convergence import doubts, told_by
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.tables import OverlapTable

if TYPE_CHECKING:
    from mekhala.core.estimation.tempering import Drawn

LATENT_CLASS = Method(
    name="latent-class",
    assumption="People are of a few unseen kinds; within a kind lists find people independently, "
    "the kind nobody is ever found of does not exist, and nobody enters or leaves during the "
    "period.",
    reference="Manrique-Vallier 2016, Biometrics 72: 1246-1254",
)
COVERS = "sampling and how many kinds of people there are; not errors of linkage"
CHAINS, BURN, KEEP, THIN = 4, 2000, 2000, 10


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

    Several tempered chains from starts far apart; where they disagree or move too little the
    estimate says so. ``bootstrap`` is not used. ``keep``: draws of each chain, one in ten sweeps.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, seed=seed)
    used = table.used()
    if len(used.lists) < 3:
        return answered(
            table, LATENT_CLASS, settings, total=math.inf, interval=None, covers=COVERS,
            model="none", warnings=(_too_few_lists(),),
        )  # fmt: skip
    made = chains_of(used, seed=seed, chains=chains, keep=keep, progress=progress)
    drawn = table.observed + np.stack([chain.missing for chain in made])
    low, middle, high = np.quantile(drawn, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return answered(
        table, LATENT_CLASS, settings, total=float(middle), covers=COVERS,
        interval=Interval(kind="credible", low=float(low), high=float(high)),
        model=f"up to 10 kinds of people, {chains} chains of {keep} draws",
        warnings=tuple(doubts(drawn)),
        diagnostics=told_by(drawn) | {
            "round_trips": sum(chain.trips for chain in made),
            "exchanges_accepted": round(float(np.mean([c.swapped for c in made])), 2),
        },
    )  # fmt: skip


def chains_of(
    table: OverlapTable, *, seed: int, chains: int, keep: int, progress: Progress | None = None
) -> "list[Drawn]":
    """Return the tempered chains, made side by side; as many threads as there are cores.

    Each chain has a seed of its own, so that the number of threads changes nothing.
    """
    from mekhala.core.estimation.tempering import draws

    cells, counts = np.array(table.histories, dtype=float), np.array(table.counts, dtype=float)

    def one(own: int) -> "Drawn":
        return draws(cells, counts, burn=BURN, keep=keep, thin=THIN, seed=own)

    seeds = [int(own) for own in np.random.SeedSequence(seed).generate_state(chains)]
    found = []
    with ThreadPoolExecutor(max_workers=min(chains, os.cpu_count() or 1)) as pool:
        for number, drawn in enumerate(pool.map(one, seeds), start=1):
            found.append(drawn)
            if progress:
                progress(number, chains)
    return found


def _too_few_lists() -> Warned:
    return Warned(code="not_for_so_many_lists", because="latent classes need three lists or more")
