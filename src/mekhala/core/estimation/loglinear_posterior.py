"""Draws from the posterior of a Poisson log-linear model with normal priors, compiled.

Hamiltonian Monte Carlo (Neal 2011, Handbook of MCMC, ch. 5). The log posterior is concave, so its
curvature at the top is a good measure of distance everywhere: with it a path of five steps ends
near enough to independence, and about nineteen proposals in twenty are accepted.
"""

import numpy as np
from numba import njit

from mekhala.core.estimation.design import Floats

STEP, STEPS = 0.35, 5  # a step's length in posterior standard deviations, varied by a fifth
BURN = 200  # draws thrown away; the start lies within some standard deviations of the top
FAR_OUT = 2.0  # times as widely as the posterior the starts are spread, so that R-hat can tell
HIGHEST = 60.0  # no mean above exp(60)
ROUNDS, CLOSE = 200, 1e-9


def draws(
    x: Floats, counts: Floats, precision: Floats, *, chains: int, keep: int, seed: int
) -> Floats:
    """Return C x M x p draws of the parameters of ``counts ~ Poisson(exp(x beta))``.

    ``x`` is W x p of 0 and 1, ``precision`` the p inverse variances of the normal priors about 0.
    All must be above 0, so that the posterior is proper whichever cells hold nobody.
    """
    top, curved = mode(x, counts, precision)
    spread = np.ascontiguousarray(np.linalg.inv(np.linalg.cholesky(curved)).T)
    ends = np.cumsum(x.sum(axis=1).astype(np.int64))
    columns = np.nonzero(x)[1].astype(np.int64)
    found = []
    for own in np.random.SeedSequence(seed).generate_state(chains):
        rng = np.random.default_rng(int(own))
        start = top + FAR_OUT * spread @ rng.standard_normal(len(top))
        found.append(_chain(rng, ends, columns, counts, precision, start, spread, keep))
    return np.stack(found)


def mode(x: Floats, counts: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Return the top of the log posterior (p) and its negative curvature there (p x p)."""
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(counts.mean() + 0.5)
    value, slope, curved = _at(x, counts, precision, beta)
    for _ in range(ROUNDS):
        step = np.linalg.solve(curved, slope)
        size = 1.0
        while _at(x, counts, precision, beta + size * step)[0] < value and size > 1e-12:
            size /= 2
        beta = beta + size * step
        value, slope, curved = _at(x, counts, precision, beta)
        if abs(step @ slope) < CLOSE:
            break
    return beta, curved


def _at(x: Floats, counts: Floats, precision: Floats, beta: Floats) -> tuple[float, Floats, Floats]:
    """The log posterior up to a constant, its slope and its negative curvature."""
    logs = x @ beta
    mu = np.exp(np.minimum(logs, HIGHEST))
    value = float(counts @ logs - mu.sum() - precision @ beta**2 / 2)
    return value, x.T @ (counts - mu) - precision * beta, (x.T * mu) @ x + np.diag(precision)


@njit(cache=True)
def _chain(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    rng, ends, columns, counts, precision, start, spread, keep
):
    """One chain: paths from ``start``; a path that gains or loses too much energy is refused."""
    many = len(start)
    beta, drawn = start.copy(), np.zeros((keep, many))
    slope = np.zeros(many)
    value = _slope(ends, columns, counts, precision, beta, slope)
    for at in range(-BURN, keep):
        push = rng.standard_normal(many)
        energy = value - (push * push).sum() / 2
        step = STEP * (0.8 + 0.4 * rng.random())
        there, slope_there = beta.copy(), slope.copy()
        value_there = value
        for _ in range(STEPS):
            _push(push, step / 2, spread, slope_there)
            _move(there, step, spread, push)
            value_there = _slope(ends, columns, counts, precision, there, slope_there)
            _push(push, step / 2, spread, slope_there)
        if np.log(rng.random() + 1e-300) < value_there - (push * push).sum() / 2 - energy:
            beta, slope, value = there, slope_there, value_there
        if at >= 0:
            drawn[at] = beta
    return drawn


@njit(cache=True)
def _slope(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    ends, columns, counts, precision, beta, slope
):
    """Fill ``slope``; return the log posterior. Cell w has columns[ends[w - 1] : ends[w]]."""
    value, first = 0.0, 0
    for j in range(len(beta)):
        slope[j] = -precision[j] * beta[j]
        value -= precision[j] * beta[j] ** 2 / 2
    for w in range(len(counts)):
        log = 0.0
        for at in range(first, ends[w]):
            log += beta[columns[at]]
        mu = np.exp(min(log, HIGHEST))
        value += counts[w] * log - mu
        for at in range(first, ends[w]):
            slope[columns[at]] += counts[w] - mu
        first = ends[w]
    return value


@njit(cache=True)
def _push(push, step, spread, slope):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Add step * spread' slope; ``spread`` is upper triangular."""
    for i in range(len(push)):
        for j in range(i + 1):
            push[i] += step * spread[j, i] * slope[j]


@njit(cache=True)
def _move(there, step, spread, push):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Add step * spread push; ``spread`` is upper triangular."""
    for i in range(len(there)):
        for j in range(i, len(there)):
            there[i] += step * spread[i, j] * push[j]
