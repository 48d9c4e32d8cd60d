"""Partial pooling of one number for each stratum: the normal hierarchical model.

Each stratum shows ``y_s`` with variance ``v_s`` about its own ``theta_s``, and these lie about a
common middle: ``theta_s ~ N(mu, tau**2)`` (Rubin 1981; Gelman, Carlin, Stern et al., Bayesian Data
Analysis, section 5.4). ``mu`` is flat and ``tau`` half-normal with scale 1, which on a log scale
lets strata differ several times over (Gelman 2006, Bayesian Analysis 1: 515-534). Given ``tau``
everything is normal, so draws are exact: ``tau`` on a grid, then ``mu``, then each ``theta_s``. A
stratum that shows nothing has infinite variance and takes what the others say.
"""

from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Floats

GRID = 400
WIDEST = 4.0  # four scales of the prior


@dataclass(frozen=True, kw_only=True, eq=False)
class Pooled:
    """``mean`` (S) and ``draws`` (D x S) of theta; means of ``mu`` and ``tau``; ``kept`` (S), how
    much of each stratum's own number stays, from 0 (all borrowed) to 1 (all its own).
    """

    mean: Floats
    draws: Floats
    mu: float
    tau: float
    kept: Floats


def pool(shown: Floats, variance: Floats, *, draws: int, seed: int) -> Pooled:
    """Pool ``shown`` with ``variance`` (both S; infinite: shows nothing), at least one finite."""
    precision = np.where(np.isfinite(variance), 1 / np.maximum(variance, 1e-12), 0.0)
    seen = np.flatnonzero(precision)
    y, v = shown[seen], 1 / precision[seen]
    tau = (np.arange(GRID) + 0.5) * WIDEST / GRID
    spread = v + tau[:, None] ** 2
    error = 1 / (1 / spread).sum(axis=1)
    middle = error * (y / spread).sum(axis=1)
    weight = _weights(y, spread, middle, error, tau)
    own = np.zeros((GRID, len(shown)))
    own[:, seen] = tau[:, None] ** 2 / spread
    known = np.where(precision > 0, shown, 0.0)
    expected = weight @ (own * known + (1 - own) * middle[:, None])

    rng = np.random.default_rng(seed)
    at = rng.choice(GRID, size=draws, p=weight)
    mu = middle[at] + np.sqrt(error[at]) * rng.standard_normal(draws)
    mean = own[at] * known + (1 - own[at]) * mu[:, None]
    around = tau[at, None] * np.sqrt(1 - own[at])  # tau**2 v / (v + tau**2)
    return Pooled(
        mean=expected, mu=float(weight @ middle), tau=float(weight @ tau), kept=weight @ own,
        draws=mean + around * rng.standard_normal((draws, len(shown))),
    )  # fmt: skip


def _weights(y: Floats, spread: Floats, middle: Floats, error: Floats, tau: Floats) -> Floats:
    """The posterior of ``tau`` on its grid, ``mu`` integrated out."""
    away = ((y - middle[:, None]) ** 2 / spread).sum(axis=1)
    log = 0.5 * (np.log(error) - np.log(spread).sum(axis=1) - away) - tau**2 / 2
    weight: Floats = np.exp(log - log.max())
    weight /= weight.sum()
    return weight
