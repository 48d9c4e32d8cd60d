"""Whether several chains tell the same story: split R-hat and the number of independent draws.

Gelman et al., Bayesian Data Analysis, 3rd ed., section 11.4-11.5; on ranks made normal, as Vehtari
et al. (2021), Bayesian Analysis 16: 667-718, so that heavy tails do not hide disagreement.
"""

import numpy as np

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.estimate import Warned

AGREE = 1.05  # R-hat above it: the chains have not told the same story
ENOUGH = 400  # independent draws below it: the limits are mostly chance


def told_by(chains: Floats) -> dict[str, float | int]:
    """Return what C x M draws show about themselves, under the names an estimate keeps."""
    return {
        "chains": len(chains),
        "r_hat": round(split_r_hat(chains), 4),
        "effective_draws": round(effective_draws(chains)),
    }


def doubts(chains: Floats) -> list[Warned]:
    """Return why C x M draws of people in all are not to be relied on; none where they are."""
    apart, worth = split_r_hat(chains), effective_draws(chains)
    found = []
    if apart > AGREE:
        medians = np.median(chains, axis=1)
        low, high = float(medians.min()), float(medians.max())
        found.append(Warned(
            code="chains_disagree",
            because=f"chains from different starts do not agree (R-hat {apart:.2f}; medians "
            f"{low:,.0f} to {high:,.0f}): the data fit more than one story",
            values={"r_hat": round(apart, 2), "lowest": round(low), "highest": round(high)},
        ))  # fmt: skip
    if worth < ENOUGH:
        found.append(Warned(
            code="few_independent_draws",
            because=f"the draws are worth {worth:.0f} independent ones; {ENOUGH} are wanted",
            values={"draws": round(worth), "wanted": ENOUGH},
        ))  # fmt: skip
    return found


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
