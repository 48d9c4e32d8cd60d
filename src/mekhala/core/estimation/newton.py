"""Compiled: one Poisson log-linear fit by Newton's method, and whether it is plainly unique.

Cells and terms are bit masks of the lists (the first list the lowest bit): cell m holds the people
on exactly the lists in m, and a term s is in the mean of every cell that holds all of s. Sums over
all sets that hold s, or lie within it, then take t 2**(t-1) additions (Yates 1937), so neither the
means nor the information need the table of cells by terms. Nothing is shared between rows: the
answer for one does not depend on the others.
"""

import math

import numpy as np
from numba import njit

from mekhala.core.estimation.poisson import HIGHEST

ROUNDS = 60
HALVINGS = 12
CLOSE = 1e-11  # the Newton decrement, relative to the number of people
TINY = 1e-12
RANK = 1e-7  # pivots of a table of whole numbers: below it, the columns do not stand apart


@njit(cache=True, nogil=True)
def sum_over_larger(values):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Add to each set's value those of all larger sets that hold it, in place."""
    bit = 1
    while bit < len(values):
        for m in range(len(values)):
            if not m & bit:
                values[m] += values[m | bit]
        bit <<= 1


@njit(cache=True, nogil=True)
def _sum_over_smaller(values):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    bit = 1
    while bit < len(values):
        for m in range(len(values)):
            if m & bit:
                values[m] += values[m ^ bit]
        bit <<= 1


@njit(cache=True, nogil=True)
def finite_part(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    above, cells, masks, chosen, stays, columns
):
    """Fill ``stays`` and ``columns``; returns how many parameters of the model are finite.

    A chosen term that nobody has is at minus infinity: its cells leave, and so does its column.
    """
    stays[:] = cells
    many = 0
    for k in range(len(masks)):
        if not chosen[k]:
            continue
        if above[masks[k]] > 0:
            columns[many] = k
            many += 1
            continue
        for m in range(len(stays)):
            if m & masks[k] == masks[k]:
                stays[m] = False
    return many


@njit(cache=True, nogil=True)
def _pivots(joined):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Cholesky in the lower half, in place; returns the smallest pivot."""
    smallest = np.inf
    for a in range(len(joined)):
        for b in range(a + 1):
            left = joined[a, b]
            for c in range(b):
                left -= joined[a, c] * joined[b, c]
            if a == b:
                smallest = min(smallest, left)
                joined[a, a] = math.sqrt(max(left, TINY))
            else:
                joined[a, b] = left / joined[b, b]
    return smallest


@njit(cache=True, nogil=True)
def _solve(joined, right):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Return ``joined`` inverse times ``right``; both are written over."""
    _pivots(joined)
    for a in range(len(right)):
        for c in range(a):
            right[a] -= joined[a, c] * right[c]
        right[a] /= joined[a, a]
    for a in range(len(right) - 1, -1, -1):
        for c in range(a + 1, len(right)):
            right[a] -= joined[c, a] * right[c]
        right[a] /= joined[a, a]
    return right


@njit(cache=True, nogil=True)
def _information(sums, terms):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Lower half of X' diag(mu) X, where ``sums`` are those of mu over larger sets."""
    joined = np.empty((len(terms), len(terms)))
    for a in range(len(terms)):
        for b in range(a + 1):
            joined[a, b] = sums[terms[a] | terms[b]]
    return joined


@njit(cache=True, nogil=True)
def plainly_unique(counts, stays, terms):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return whether the cells that hold somebody alone tell the parameters apart."""
    held = ((counts > 0) & stays).astype(np.float64)
    sum_over_larger(held)
    return bool(_pivots(_information(held, terms)) > RANK)


@njit(cache=True, nogil=True)
def _guess(counts, stays, terms):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Weighted least squares on log(count + 1/2)."""
    weight = (counts + 0.5) * stays
    logs = weight * np.log(counts + 0.5)
    sum_over_larger(weight)
    sum_over_larger(logs)
    joined = _information(weight, terms)
    for a in range(len(terms)):
        joined[a, a] += 1e-9
    return _solve(joined, logs[terms])


@njit(cache=True, nogil=True)
def means(above, stays, terms, beta, mu):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Fill ``mu``; returns the log-likelihood without the factorials of the data."""
    mu[:] = 0.0
    value = 0.0
    for a in range(len(terms)):
        mu[terms[a]] = beta[a]
        value += beta[a] * above[terms[a]]
    _sum_over_smaller(mu)
    for m in range(len(mu)):
        mu[m] = math.exp(min(mu[m], HIGHEST)) if stays[m] else 0.0
        value -= mu[m]
    return value


@njit(cache=True, nogil=True)
def _climb(above, stays, terms, beta, mu):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Newton steps until one promises nothing; ``beta`` and ``mu`` are written over.

    The likelihood is concave: a step that lowers it is halved. Returns it, and whether it settled.
    """
    value = means(above, stays, terms, beta, mu)
    for _ in range(ROUNDS):
        sums = mu.copy()
        sum_over_larger(sums)
        slope = above[terms] - sums[terms]
        step = _solve(_information(sums, terms), slope.copy())
        promised = abs((step * slope).sum())
        size, moved, reached = 1.0, beta, -np.inf
        for _ in range(HALVINGS):
            moved = beta + size * step
            reached = means(above, stays, terms, moved, mu)
            if reached >= value - 1e-9 * abs(value):
                break
            size /= 2
        else:
            return means(above, stays, terms, beta, mu), False
        beta[:], value = moved, reached
        if promised <= CLOSE * (1 + above[0]):
            return value, True
    return value, False


@njit(cache=True, nogil=True)
def fit_one(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    counts, above, stays, terms, beta, mu, warm
):
    """Fit one row from ``beta`` (from a guess unless ``warm``); returns likelihood and settled."""
    if not warm:
        beta[:] = _guess(counts, stays, terms)
    return _climb(above, stays, terms, beta, mu)


@njit(cache=True, nogil=True)
def fit_rows(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    counts, cells, masks, chosen, beta, mu, warm
):
    """Fit row b of ``counts`` (B x 2**t) by the terms ``chosen`` (B x p); fills beta and mu."""
    many = len(counts)
    value, settled = np.empty(many), np.empty(many, dtype=np.bool_)
    stays, columns = np.empty_like(cells), np.empty(len(masks), dtype=np.int64)
    for b in range(many):
        above = counts[b].copy()
        sum_over_larger(above)
        finite = columns[: finite_part(above, cells, masks, chosen[b], stays, columns)]
        own = beta[b][finite]
        value[b], settled[b] = fit_one(counts[b], above, stays, masks[finite], own, mu[b], warm)
        beta[b, :] = 0.0
        beta[b][finite] = own
    return value, settled


@njit(cache=True, nogil=True)
def unique_rows(counts, cells, masks, chosen):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return for each row whether its model is plainly unique; False leaves it open."""
    found = np.empty(len(counts), dtype=np.bool_)
    stays, columns = np.empty_like(cells), np.empty(len(masks), dtype=np.int64)
    for b in range(len(counts)):
        above = counts[b].copy()
        sum_over_larger(above)
        finite = columns[: finite_part(above, cells, masks, chosen[b], stays, columns)]
        found[b] = plainly_unique(counts[b], stays, masks[finite])
    return found
