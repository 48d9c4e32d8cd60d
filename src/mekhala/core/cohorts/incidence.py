"""How many of a cohort have reached a rung by when, where others ended before and some still wait.

The estimator of Aalen & Johansen (1978, *Scand. J. Stat.* 5:141) for competing risks, on whole
months: of those who still wait, a case that is dropped can no longer be charged, and a case that
is young has not yet been seen long enough (it is censored, not a "no"). With nothing that
competes it is one minus the estimator of Kaplan & Meier (1958, *JASA* 53:457).

Intervals: the accused of one complaint are alike, so complaints are drawn again, not accused
(a bootstrap of clusters; Davison & Hinkley 1997, 3.8), and the spread is laid on the logit scale.
Where everybody or nobody has reached the rung there is no spread to see; then the exact interval
of Clopper & Pearson (1934) for as many people as there are complaints.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from mekhala.core.cohorts.history import History, Target, waits
from mekhala.core.estimation.binomial import clopper_pearson
from mekhala.core.wrong_input import WrongInput

DRAWS = 400
SETTLED = 0.02  # share still open when the last were seen: it can move the answer by no more
REACHED, ENDED = 1, 2
type Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """The share that has reached the target, month by month from 0, with its interval.

    ``waiting`` is how many were still observed and waiting at the start of each month: where it
    is 0 the shares say nothing more, unless it ``is_settled``: next to nobody was left.
    ``reached`` and ``ended`` are counts by the end of the month.
    """

    people: int
    complaints: int
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    waiting: tuple[int, ...]
    reached: tuple[int, ...]
    ended: tuple[int, ...]
    is_settled: bool
    level: float

    def at(self, months: int) -> tuple[float, float, float] | None:
        """The share after so many months and its interval; None where nobody was seen so long."""
        last = min(months, len(self.share) - 1)
        if not self.is_settled and (last < months or not self.waiting[last]):
            return None
        return self.share[last], self.low[last], self.high[last]

    @property
    def middle(self) -> int | None:
        """Months until half of the cohort has reached it; None where fewer than half have."""
        return next((month for month, share in enumerate(self.share) if share >= 0.5), None)


def incidence(
    histories: Sequence[History], target: Target, *, level: float = 0.95, seed: int = 1,
    draws: int = DRAWS,
) -> Incidence:  # fmt: skip
    """Estimate how many reach ``target`` by when. ``seed`` decides the draws of the interval."""
    if not histories:
        raise WrongInput("histories: nobody is in the cohort; expected one accused or more")
    per = _by_complaint(histories, target)
    people = per.sum(axis=0)
    share, staying = (found[0] for found in _aalen_johansen(people[None]))
    again = np.random.default_rng(seed).multinomial(
        len(per), np.full(len(per), 1 / len(per)), size=draws
    )
    spread, _staying = _aalen_johansen(np.einsum("dg,gct->dct", again, per, optimize=True))
    low, high = _limits(share, spread, complaints=len(per), level=level)
    return Incidence(
        people=len(histories), complaints=len(per), level=level,
        share=tuple(map(float, share)), low=tuple(map(float, low)), high=tuple(map(float, high)),
        waiting=tuple(map(int, _waiting(people[None])[0])),
        reached=tuple(map(int, people[REACHED].cumsum())),
        ended=tuple(map(int, people[ENDED].cumsum())), is_settled=bool(staying[-1] < SETTLED),
    )  # fmt: skip


def _by_complaint(histories: Sequence[History], target: Target) -> Floats:
    """Counts by complaint, what happened (0 seen no longer, 1 reached, 2 ended) and month."""
    places = {c: i for i, c in enumerate(dict.fromkeys(one.complaint for one in histories))}
    last = max(one.observed for one in histories)
    counts = np.zeros((len(places), 3, last + 1))
    for one, (month, what) in zip(histories, waits(histories, target), strict=True):
        counts[places[one.complaint], what, min(month, last)] += 1
    return counts


def _waiting(counts: Floats) -> Floats:
    """How many wait at the start of each month: everybody who leaves in it or later."""
    leaving = counts.sum(axis=-2)
    return leaving[..., ::-1].cumsum(axis=-1)[..., ::-1]


def _aalen_johansen(counts: Floats) -> tuple[Floats, Floats]:
    """Cumulative incidence of the target, and who still waits, by counts (…, what, month)."""
    waiting = np.maximum(_waiting(counts), 1e-12)
    leave = (counts[..., REACHED, :] + counts[..., ENDED, :]) / waiting
    staying = np.cumprod(1 - leave, axis=-1)
    before = np.concatenate([np.ones_like(staying[..., :1]), staying[..., :-1]], axis=-1)
    return np.cumsum(before * counts[..., REACHED, :] / waiting, axis=-1), staying


def _limits(
    share: Floats, spread: Floats, *, complaints: int, level: float
) -> tuple[Floats, Floats]:
    z = float(ndtri((1 + level) / 2))
    error = spread.std(axis=0, ddof=1)
    inside = (share > 1e-9) & (share < 1 - 1e-9) & (error > 0)
    safe = np.where(inside, share, 0.5)
    half = z * error / (safe * (1 - safe))
    low, high = expit(logit(safe) - half), expit(logit(safe) + half)
    none_low, none_high = clopper_pearson(0, complaints, level)
    all_low, all_high = clopper_pearson(complaints, complaints, level)
    nobody = share < 0.5
    return (
        np.where(inside, low, np.where(nobody, none_low, all_low)),
        np.where(inside, high, np.where(nobody, none_high, all_high)),
    )
