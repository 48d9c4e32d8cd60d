"""Pairs of lists that depend on each other, chosen step by step."""

from mekhala.core.estimation.answering import Method
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.methods import estimate
from mekhala.core.estimation.tables import OverlapTable

STEPWISE = Method(
    name="stepwise",
    assumption="Lists depend on each other at most two at a time, pairs that show no clear "
    "dependence have none, everybody has some chance of being on a list, and nobody enters or "
    "leaves during the period.",
    reference="Chan, Silverman & Vincent 2021, JASA 116: 1297-1306",
)


def stepwise(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all, adding pairs of lists while the data ask for them.

    A pair is added while its overlap lies in a one-sided Poisson tail below 0.02 under the
    current model. The bootstrap interval repeats the choice in every replicate.
    """
    return estimate(
        table, STEPWISE, pairs=True, level=level, bootstrap=bootstrap, seed=seed, progress=progress
    )
