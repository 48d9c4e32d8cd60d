"""People of several unseen kinds, each kind with its own chances of being on a list."""

import math

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.convergence import effective_draws, split_r_hat
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
AGREE = 1.05  # R-hat above it: the chains have not told the same story
ENOUGH = 400  # independent draws below it: the limits are mostly chance


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
        warnings=tuple(_of_chains(drawn)),
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


def _of_chains(drawn: Floats) -> list[Warned]:
    apart, worth = split_r_hat(drawn), effective_draws(drawn)
    found = []
    if apart > AGREE:
        medians = np.median(drawn, axis=1)
        found.append(Warned(
            code="chains_disagree",
            because=f"chains from different starts do not agree (R-hat {apart:.2f}; medians "
            f"{medians.min():,.0f} to {medians.max():,.0f}): the data fit more than one story",
        ))  # fmt: skip
    if worth < ENOUGH:
        found.append(Warned(
            code="few_independent_draws",
            because=f"the draws are worth {worth:.0f} independent ones; {ENOUGH} are wanted",
        ))  # fmt: skip
    return found


def _too_few_lists() -> Warned:
    return Warned(code="not_for_so_many_lists", because="latent classes need three lists or more")
