"""Confidence intervals for the number of people in all: BCa bootstrap, and Wald on the log."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from mekhala.core.estimation.choice import Chosen, Progress, choose
from mekhala.core.estimation.design import Design, Floats
from mekhala.core.estimation.poisson import Model, fit, information

NORMAL = NormalDist()
REDRAWN = 100  # times the replicates are drawn anew; their error is then known to 7 %


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Lower and upper end in people (infinite where unbounded), and what its making showed.

    ``kind`` is ``bca``, ``percentile`` (where no acceleration is finite) or ``wald_log``.
    ``unbounded`` is the share of replicates without a finite estimate, ``other_models`` the
    share that chose another model than the data themselves. ``bias`` and ``pull`` are z0 and a of
    the correction; ``noise`` is the Monte-Carlo standard error of the two ends.
    """

    kind: str
    low: float
    high: float
    unbounded: float = 0.0
    other_models: float = 0.0
    bias: float | None = None
    pull: float | None = None
    noise: tuple[float, float] | None = None

    def diagnostics(self) -> dict[str, Any]:
        """What the bootstrap showed about itself, as plain values; empty without one."""
        if self.noise is None:
            return {}
        low, high = (round(n, 1) if math.isfinite(n) else None for n in self.noise)
        return {
            "bias_correction": round(self.bias or 0.0, 6),
            "acceleration": None if self.pull is None else round(self.pull, 6),
            "monte_carlo_error": {"low": low, "high": high},
            "replicates_unbounded": round(self.unbounded, 6),
            "replicates_other_model": round(self.other_models, 6),
        }


def bca(
    design: Design,
    counts: Floats,
    chosen: Chosen,
    *,
    pairs: bool,
    level: float,
    times: int,
    seed: int,
    progress: Progress | None = None,
) -> Interval:
    """Bias-corrected, accelerated bootstrap (Efron 1987) over people.

    Every replicate draws as many people as were seen, and chooses its model anew when
    ``pairs``: the interval then covers the choice of model too (Chan et al. 2021). The
    acceleration is from leaving out one person at a time.
    """
    replicates = choose(design, resampled(counts, times, seed), pairs=pairs, progress=progress)
    return corrected(
        counts.sum(), replicates, chosen, level=level, seed=seed,
        jackknife=without_one(design, counts, pairs), weight=counts[counts > 0],
    )  # fmt: skip


def resampled(counts: Floats, times: int, seed: int) -> Floats:
    """Draw ``times`` tables (B x W) of as many people as were seen, with replacement."""
    held, seen = counts > 0, counts.sum()
    drawn = np.zeros((times, len(counts)))
    rng = np.random.default_rng(seed)
    drawn[:, held] = rng.multinomial(int(seen), counts[held] / seen, size=times)
    return drawn


def corrected(
    seen: float, replicates: Chosen, chosen: Chosen, *, level: float, jackknife: Floats,
    weight: Floats, seed: int = 0,
) -> Interval:  # fmt: skip
    """Return the BCa interval of ``replicates`` about the estimate ``chosen``.

    ``jackknife``: totals without one person of each cell that holds ``weight`` people.
    """
    totals, total = np.sort(seen + replicates.unseen), float(seen + chosen.unseen[0])
    pull = skewness(jackknife, weight)
    low, high = _ends(totals, total, pull or 0.0, level)
    differ = (replicates.pairs != chosen.pairs[0]).any(axis=1)
    return Interval(
        kind="percentile" if pull is None else "bca",
        low=max(low, float(seen)),
        high=high,
        unbounded=float(np.isinf(totals).mean()),
        other_models=float(differ.mean()),
        bias=_bias(totals, total),
        pull=pull,
        noise=_noise(totals, total, pull or 0.0, level, seed),
    )


def _noise(
    totals: Floats, total: float, pull: float, level: float, seed: int
) -> tuple[float, float]:
    """Standard error of the ends from having so many replicates only: they are drawn anew.

    As another run would, it moves the correction for bias too. Infinite where an end may be.
    """
    rng, many = np.random.default_rng([seed, 1]), len(totals)
    ends = np.array([
        _ends(totals[np.sort(rng.integers(0, many, many))], total, pull, level)
        for _ in range(REDRAWN)
    ])  # fmt: skip
    spread = [float(end.std(ddof=1)) if np.isfinite(end).all() else math.inf for end in ends.T]
    return spread[0], spread[1]


def _bias(totals: Floats, total: float) -> float:
    """z0: how far the estimate lies from the middle of its replicates, ties counted half.

    Kept within the outermost replicate, so that it stays finite.
    """
    below = float((totals < total * (1 - 1e-9)).sum())
    level = float((np.abs(totals - total) <= total * 1e-9).sum())
    share = (below + level / 2) / len(totals)
    edge = 0.5 / len(totals)
    return NORMAL.inv_cdf(min(max(share, edge), 1 - edge))


def acceleration(design: Design, counts: Floats, pairs: bool) -> float | None:
    """a: the skewness of one person's influence; None if N is infinite without somebody."""
    return skewness(without_one(design, counts, pairs), counts[counts > 0])


def without_one(design: Design, counts: Floats, pairs: bool) -> Floats:
    """People in all without one person of each cell that holds anybody.

    The whole choice is made anew, existence by linear programme too: where one person is the only
    one on two lists, that pair falls to minus infinity or drops out of the choice. A candidate may
    not be refused merely because rank leaves it open; that moves the acceleration.
    """
    totals: Floats = counts.sum() - 1 + choose(design, one_fewer(counts), pairs=pairs).unseen
    return totals


def one_fewer(counts: Floats) -> Floats:
    """The table without one person of each cell that holds anybody, a row for each such cell."""
    held = np.flatnonzero(counts)
    without = np.repeat(counts[None], len(held), axis=0)
    without[range(len(held)), held] -= 1
    return without


def skewness(totals: Floats, weight: Floats) -> float | None:
    """A = sum d^3 / (6 (sum d^2)^1.5) over people; None if a total is infinite (Efron 1987)."""
    if not np.isfinite(totals).all():
        return None
    away = (weight @ totals) / weight.sum() - totals
    spread = float(weight @ away**2)
    return float(weight @ away**3) / (6 * spread**1.5) if spread > 0 else 0.0


def _ends(totals: Floats, total: float, pull: float, level: float) -> tuple[float, float]:
    """The order statistics of the sorted replicates at the corrected shares."""
    bias, ends = _bias(totals, total), []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        z = bias + NORMAL.inv_cdf(tail)
        shrink = 1 - pull * z
        share = NORMAL.cdf(bias + z / shrink) if shrink > 0 else float(tail > 0.5)
        place = math.ceil(share * (len(totals) + 1)) - 1
        ends.append(float(totals[min(max(place, 0), len(totals) - 1)]))
    return ends[0], ends[1]


def wald_log(design: Design, counts: Floats, chosen: Chosen, level: float) -> Interval:
    """exp(b0 +- z se(b0)) people on no list, given the model: covers sampling alone."""
    model = Model(pairs=chosen.pairs)
    fitted = fit(design, counts[None], model)
    joined = information(design, fitted.mu, model.columns(design, counts[None]))
    error = math.sqrt(np.linalg.inv(joined[0])[0, 0])
    factor = math.exp(min(NORMAL.inv_cdf((1 + level) / 2) * error, 700.0))
    seen, unseen = float(counts.sum()), float(chosen.unseen[0])
    return Interval(kind="wald_log", low=seen + unseen / factor, high=seen + unseen * factor)
