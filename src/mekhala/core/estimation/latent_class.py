"""People of several unseen kinds, each kind with its own chances of being on a list."""

import math

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.convergence import doubts, told_by
from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.tables import OverlapTable

LATENT_CLASS = Method(
    name="latent-class",
    assumption="People are of a few unseen kinds; within a kind lists find people independently, "
    "the kind nobody is ever found of does not exist, and nobody enters or leaves during the "
    "period.",
    reference="Manrique-Vallier 2016, Biometrics 72: 1246-1254",
)
COVERS = "sampling and how many kinds of people there are; not errors of linkage"
CHAINS, BURN, KEEP, THIN = 8, 5000, 1500, 10


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

    Several chains from starts far apart; where they disagree or move too little the estimate says
    so. ``bootstrap`` is not used. ``keep``: draws of each chain, one in ten sweeps.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, seed=seed)
    table = table.in_order()
    if len(table.used().lists) < 3:
        return answered(
            table, LATENT_CLASS, settings, total=math.inf, interval=None, covers=COVERS,
            model="none", warnings=(_too_few_lists(),),
        )  # fmt: skip
    drawn = table.observed + chains_of(
        table, seed=seed, chains=chains, keep=keep, progress=progress
    )
    low, middle, high = np.quantile(drawn, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return answered(
        table, LATENT_CLASS, settings, total=float(middle), covers=COVERS,
        interval=Interval(kind="credible", low=float(low), high=float(high)),
        model=f"up to 10 kinds of people, {chains} chains of {keep} draws",
        warnings=tuple(doubts(drawn)),
        diagnostics=told_by(drawn),
    )  # fmt: skip


def chains_of(
    table: OverlapTable, *, seed: int, chains: int, keep: int, progress: Progress | None = None
) -> Floats:
    """Return C x M draws of the people on no list."""
    from mekhala.core.estimation.latent import draws

    table = table.used()
    cells, counts = np.array(table.histories, dtype=float), np.array(table.counts, dtype=float)
    rows = []
    for number, own in enumerate(np.random.SeedSequence(seed).generate_state(chains)):
        rows.append(draws(cells, counts, burn=BURN, keep=keep, thin=THIN, seed=int(own)))
        if progress:
            progress(number + 1, chains)
    return np.stack(rows)


def _too_few_lists() -> Warned:
    return Warned(code="not_for_so_many_lists", because="latent classes need three lists or more")
