"""Confidence intervals for the number of people in all: BCa bootstrap, and Wald on the log."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from mekhala.core.estimation.choice import Chosen, Progress, choose
from mekhala.core.estimation.design import Design, Floats
from mekhala.core.estimation.poisson import Model, fit, information


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Lower and upper end in people (infinite where unbounded), and what its making showed.

    ``kind`` is ``bca``, ``percentile`` (where no acceleration is finite) or ``wald_log``.
    ``unbounded`` is the share of replicates without a finite estimate, ``other_models`` the
    share that chose another model than the data themselves.
    """

    kind: str
    low: float
    high: float
    unbounded: float = 0.0
    other_models: float = 0.0


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
    seen = counts.sum()
    drawn = np.random.default_rng(seed).multinomial(int(seen), counts / seen, size=times)
    replicates = choose(design, drawn.astype(float), pairs=pairs, progress=progress)
    held = np.flatnonzero(counts)
    return corrected(
        seen, replicates, chosen, level=level,
        jackknife=without_one(design, counts, pairs), weight=counts[held],
    )  # fmt: skip


def corrected(
    seen: float, replicates: Chosen, chosen: Chosen, *, level: float, jackknife: Floats,
    weight: Floats,
) -> Interval:  # fmt: skip
    """Return the BCa interval of ``replicates`` about the estimate ``chosen``.

    ``jackknife``: totals without one person of each cell that holds ``weight`` people.
    """
    totals = np.sort(seen + replicates.unseen)
    bias = _bias(totals, float(seen + chosen.unseen[0]))
    pull = skewness(jackknife, weight)
    low, high = _ends(totals, bias, pull or 0.0, level)
    differ = (replicates.pairs != chosen.pairs[0]).any(axis=1)
    return Interval(
        kind="percentile" if pull is None else "bca",
        low=max(low, float(seen)),
        high=high,
        unbounded=float(np.isinf(totals).mean()),
        other_models=float(differ.mean()),
    )


def _bias(totals: Floats, total: float) -> float:
    """z0: how far the estimate lies from the middle of its replicates, ties counted half.

    Kept within the outermost replicate, so that it stays finite.
    """
    below = float((totals < total * (1 - 1e-9)).sum())
    level = float((np.abs(totals - total) <= total * 1e-9).sum())
    share = (below + level / 2) / len(totals)
    edge = 0.5 / len(totals)
    return float(ndtri(min(max(share, edge), 1 - edge)))


def acceleration(design: Design, counts: Floats, pairs: bool) -> float | None:
    """a: the skewness of one person's influence; None if N is infinite without somebody."""
    return skewness(without_one(design, counts, pairs), counts[counts > 0])


def without_one(design: Design, counts: Floats, pairs: bool) -> Floats:
    """People in all without one person of each cell that holds anybody."""
    held = np.flatnonzero(counts)
    without = np.repeat(counts[None], len(held), axis=0)
    without[range(len(held)), held] -= 1
    totals: Floats = counts.sum() - 1 + choose(design, without, pairs=pairs).unseen
    return totals


def skewness(totals: Floats, weight: Floats) -> float | None:
    """A = sum d^3 / (6 (sum d^2)^1.5) over people; None if a total is infinite (Efron 1987)."""
    if not np.isfinite(totals).all():
        return None
    away = (weight @ totals) / weight.sum() - totals
    spread = float(weight @ away**2)
    return float(weight @ away**3) / (6 * spread**1.5) if spread > 0 else 0.0


def _ends(totals: Floats, bias: float, pull: float, level: float) -> tuple[float, float]:
    """The order statistics of the replicates at the corrected shares."""
    ends = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        z = bias + float(ndtri(tail))
        shrink = 1 - pull * z
        share = float(ndtr(bias + z / shrink)) if shrink > 0 else float(tail > 0.5)
        place = math.ceil(share * (len(totals) + 1)) - 1
        ends.append(float(totals[min(max(place, 0), len(totals) - 1)]))
    return ends[0], ends[1]


def wald_log(design: Design, counts: Floats, chosen: Chosen, level: float) -> Interval:
    """exp(b0 +- z se(b0)) people on no list, given the model: covers sampling alone."""
    model = Model(pairs=chosen.pairs)
    fitted = fit(design, counts[None], model)
    joined = information(design, fitted.mu, model.columns(design, counts[None]))
    error = math.sqrt(np.linalg.inv(joined[0])[0, 0])
    factor = math.exp(min(float(ndtri((1 + level) / 2)) * error, 700.0))
    seen, unseen = float(counts.sum()), float(chosen.unseen[0])
    return Interval(kind="wald_log", low=seen + unseen / factor, high=seen + unseen * factor)
