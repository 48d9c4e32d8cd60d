"""All lists independent of each other: the log-linear model with no pairs."""

from mekhala.core.estimation.answering import Method
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.methods import estimate
from mekhala.core.estimation.tables import OverlapTable

INDEPENDENCE = Method(
    name="independence",
    assumption="Being on one list makes being on another neither more nor less likely, everybody "
    "has some chance of being on each list, and nobody enters or leaves during the period.",
    reference="Cormack 1989, Biometrics 45: 395-413",
)


def independence(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all as if the lists were independent.

    With two lists this is n1 n2 / m. Two lists that help each other find people make it too
    low; lists that avoid each other's people make it too high.
    """
    return estimate(
        table,
        INDEPENDENCE,
        pairs=False,
        level=level,
        bootstrap=bootstrap,
        seed=seed,
        progress=progress,
    )
