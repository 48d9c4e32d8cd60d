"""How the number moves with what the data cannot test.

Lists that depend on each other in every way but the highest give
``n0 = prod over odd |w| of mu_w / prod over even |w| of mu_w``; ``xi`` times it where that last
interaction is there. No data can tell ``xi`` (Aleshin-Guendel, Sadinle & Wakefield 2024,
Biometrics; arXiv 2101.09304), so it is a choice, and ``xi = 1`` is one like any other.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mekhala.core.estimation.estimate import Estimate

FROM, TO, POINTS = 1 / 3, 3.0, 13


@dataclass(frozen=True, kw_only=True)
class Curve:
    """People in all (``totals``) at each ``xi``, 1 being the model itself; ``others`` is the xi at
    which the model would give each other method's number.
    """

    method: str
    xi: tuple[float, ...]
    totals: tuple[float, ...]
    others: tuple[tuple[str, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self) | {
            "xi": [round(x, 4) for x in self.xi],
            "totals": [round(n, 1) for n in self.totals],
            "others": {name: round(x, 3) for name, x in self.others},
        }


def curve(of: Estimate, panel: list[Estimate]) -> Curve | None:
    """Return the curve of one log-linear estimate and where the panel lies on it; None without one.

    Holds for every model without the highest interaction: its own fitted means obey the formula
    with ``xi = 1``, so the number at ``xi`` is ``n + xi * (N - n)``.
    """
    if of.estimate is None or of.estimate <= of.observed:
        return None
    missed = of.estimate - of.observed
    xi = np.geomspace(FROM, TO, POINTS)
    others = tuple(
        (e.method, (e.estimate - e.observed) / missed)
        for e in panel
        if e.estimate is not None and e.method != of.method
    )
    totals = tuple(float(of.observed + x * missed) for x in xi)
    return Curve(method=of.method, xi=tuple(map(float, xi)), totals=totals, others=others)
