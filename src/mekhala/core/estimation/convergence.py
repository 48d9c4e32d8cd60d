"""Whether several chains tell the same story: split R-hat and the number of independent draws.

Gelman et al., Bayesian Data Analysis, 3rd ed., section 11.4-11.5; on ranks made normal, as Vehtari
et al. (2021), Bayesian Analysis 16: 667-718, so that heavy tails do not hide disagreement.
"""

import numpy as np

from mekhala.core.estimation.design import Floats


def split_r_hat(chains: Floats) -> float:
    """Return R-hat of C x M draws, each chain cut in halves; 1 where they agree."""
    halves = _halves(_normal_ranks(chains))
    within = halves.var(axis=1, ddof=1).mean()
    if within == 0:
        return 1.0 if np.ptp(halves) == 0 else float("inf")
    between = halves.mean(axis=1).var(ddof=1)
    length = halves.shape[1]
    return float(np.sqrt((length - 1) / length + between / within))


def effective_draws(chains: Floats) -> float:
    """Return how many independent draws C x M correlated ones are worth (Geyer's pairs)."""
    halves = _halves(_normal_ranks(chains))
    many, length = halves.shape
    within = halves.var(axis=1, ddof=1).mean()
    if within == 0:
        return 0.0
    total = (length - 1) / length * within + halves.mean(axis=1).var(ddof=1)
    away = halves - halves.mean(axis=1, keepdims=True)
    power = np.abs(np.fft.rfft(away, 2 * length)) ** 2
    lagged = np.fft.irfft(power)[:, :length].mean(axis=0) / length
    rho = 1 - (within * (length - 1) / length - lagged) / total
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    kept = np.minimum.accumulate(pairs[: negative[0] if len(negative) else None])
    return float(min(many * length / max(2 * kept.sum() - 1, 1e-12), many * length))


def _halves(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    cut: Floats = np.concatenate([chains[:, :half], chains[:, -half:]])
    return cut


def _normal_ranks(chains: Floats) -> Floats:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(chains, axis=None).reshape(chains.shape)
    normal: Floats = ndtri((ranks - 3 / 8) / (chains.size + 1 / 4))
    return normal
