"""Two lists: Chapman's estimate, and how it moves with the dependence two lists cannot show.

With ``b`` and ``c`` people on one list only and ``m`` on both, ``N = m + b + c + b c / (m + 1)``
(Chapman 1951), the same as ``(n1 + 1)(n2 + 1)/(m + 1) - 1``; its variance is Seber's (1970). People
on no list are taken for as many as independence says. If being on one list makes being on the
other ``theta`` times as likely (odds ratio), there are ``theta`` times as many of them.
"""

import math
from statistics import NormalDist

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.sensitivity import FROM, POINTS, TO
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.wrong_input import WrongInput

CHAPMAN = Method(
    name="chapman",
    assumption="Being on one list makes being on the other neither more nor less likely, everybody "
    "on one list is as likely as anybody else to be on the other, and nobody enters or leaves "
    "during the period. Two lists can show none of this.",
    reference="Chapman 1951, Univ. California Publ. Stat. 1: 131-160; variance: Seber 1970, "
    "Biometrics 26: 13-22; interval: Chao 1987, Biometrics 43: 783-791",
)


def chapman(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 0,
    seed: int = 0,
    progress: Progress | None = None,  # noqa: ARG001 - one formula
) -> Estimate:
    """Estimate the people in all from exactly two lists, with its odds-ratio curve.

    The interval is log-normal in the people on no list. ``diagnostics["odds_ratio_curve"]`` has
    estimate and interval for odds ratios from 1/3 to 3. ``bootstrap`` is not used. Raises
    ``WrongInput`` for another number of lists.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    if len(table.lists) != 2:
        raise WrongInput(
            f"--method chapman: the table names {len(table.lists)} lists; expected exactly 2"
        )
    settings = Settings.now(level=level, seed=seed)
    unseen, factor = _unseen(table, level)
    low, high = table.observed + unseen / factor, table.observed + unseen * factor
    first, second = table.in_order().lists
    return answered(
        table, CHAPMAN, settings, total=table.observed + unseen,
        interval=Interval(kind="log_normal", low=low, high=high),
        covers=Covers.INDEPENDENT,
        model=f"{first} + {second}", diagnostics=_curve(table, unseen, factor),
    )  # fmt: skip


def _unseen(table: OverlapTable, level: float) -> tuple[float, float]:
    """People on no list, and the factor from them to either end of the interval."""
    both = table.on_all(0, 1)
    first, second = (table.on_all(i) - both for i in (0, 1))
    unseen = first * second / (both + 1)
    if not unseen:
        return 0.0, 1.0  # one list holds the other: nobody is left to be missed
    size, other = first + both + 1, second + both + 1
    variance = size * other * first * second / ((both + 1) ** 2 * (both + 2))
    wide = math.sqrt(math.log1p(variance / unseen**2))
    return unseen, math.exp(NormalDist().inv_cdf((1 + level) / 2) * wide)


def _curve(table: OverlapTable, unseen: float, factor: float) -> dict[str, object]:
    """The estimate and interval at each odds ratio; none where nobody is on both lists."""
    if not table.on_all(0, 1):
        return {}
    seen = table.observed
    points = [
        {
            "odds_ratio": round(float(theta), 4),
            "estimate": round(seen + theta * unseen, 1),
            "low": round(seen + theta * unseen / factor, 1),
            "high": round(seen + theta * unseen * factor, 1),
        }
        for theta in np.geomspace(FROM, TO, POINTS)
    ]
    return {"odds_ratio_curve": points}
