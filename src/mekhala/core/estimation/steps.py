"""Compiled: the forward choice of terms, row by row, stopping where existence is in doubt.

A row is advanced until it is done or asks whether a larger model has one finite estimate; the
caller answers by linear programme (``existence``) and has it go on from where it stood.
"""

import math

import numpy as np
from numba import njit

from mekhala.core.estimation.newton import finite_part, fit_one, plainly_unique, sum_over_larger
from mekhala.core.estimation.poisson import HIGHEST

START, DONE, SMALLEST = -3, -2, -1  # a row asks about a column >= 0, or about the smallest model
ENOUGH = 1e-17


@njit(cache=True, nogil=True)
def log_tail(seen, expected):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Log of a Poisson tail: at least ``seen`` if more than ``expected``, else at most ``seen``.

    Its first term times a sum that falls from 1 (Abramowitz & Stegun 6.5.29, 26.4.2); to nine
    places, so that true ties are ties and the order of the lists decides them.
    """
    expected = max(expected, 1e-300)
    term, total, k = 1.0, 1.0, seen
    while term > ENOUGH * total and (k > 0 or seen > expected):
        term *= expected / (k + 1) if seen > expected else k / expected
        k += 1 if seen > expected else -1
        total += term
    lead = seen * math.log(expected) - expected - math.lgamma(seen + 1)
    return round(lead + math.log(total), 9)


@njit(cache=True, nogil=True)
def tails(above, mu, masks):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Return the log tail of the people on all lists of each term, seen against fitted."""
    expected = mu.copy()
    sum_over_larger(expected)
    found = np.empty(len(masks))
    for k in range(len(masks)):
        found[k] = log_tail(above[masks[k]], expected[masks[k]])
    return found


@njit(cache=True, nogil=True)
def _next(above, mu, masks, shut, bound):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return the open column furthest out, or -1 where none lies beyond ``bound``."""
    best, lowest = -1, bound
    out = tails(above, mu, masks)
    for k in range(len(masks)):
        if not shut[k] and out[k] < lowest:
            best, lowest = k, out[k]
    return best


@njit(cache=True, nogil=True)
def _fit(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    counts, above, cells, masks, chosen, beta, mu, warm
):
    """Fit the chosen terms; fills ``beta`` and ``mu``, returns the people on no list."""
    stays, columns = np.empty_like(cells), np.empty(len(masks), dtype=np.int64)
    finite = columns[: finite_part(above, cells, masks, chosen, stays, columns)]
    own = beta[finite]
    _, settled = fit_one(counts, above, stays, masks[finite], own, mu, warm)
    beta[:] = 0.0
    beta[finite] = own
    return math.exp(min(own[0], HIGHEST)) if settled else np.inf


@njit(cache=True, nogil=True)
def _is_plain(counts, above, cells, masks, chosen):  # type: ignore[no-untyped-def]  # pragma: no cover
    stays, columns = np.empty_like(cells), np.empty(len(masks), dtype=np.int64)
    finite = columns[: finite_part(above, cells, masks, chosen, stays, columns)]
    return plainly_unique(counts, stays, masks[finite])


@njit(cache=True, nogil=True)
def _advance_one(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    counts, cells, masks, chosen, refused, beta, asked, yes, bound
):
    """Take one row as far as it goes; returns what it asks and the people on no list so far."""
    above, mu = counts.copy(), np.empty(len(counts))
    sum_over_larger(above)
    if asked == START and not _is_plain(counts, above, cells, masks, chosen):
        return SMALLEST, np.inf
    if asked == SMALLEST and not yes:
        return DONE, np.inf
    if asked >= 0:
        chosen[asked], refused[asked] = yes, not yes
    warm = asked >= 0
    # A row whose question was answered with no is fitted again, from where it stood, for its means.
    while True:
        unseen = _fit(counts, above, cells, masks, chosen, beta, mu, warm)
        if asked < 0 or chosen[asked]:
            refused[:] = False
        asked = _next(above, mu, masks, chosen | refused, bound)
        if asked < 0:
            return DONE, unseen
        chosen[asked] = True
        if not _is_plain(counts, above, cells, masks, chosen):
            chosen[asked] = False
            return asked, unseen
        warm = True


@njit(cache=True, nogil=True)
def advance(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    counts, cells, masks, chosen, refused, beta, unseen, asked, yes, bound
):
    """Advance every row that is not done; fills ``chosen``, ``beta``, ``unseen``, ``asked``.

    ``bound`` is the log of the tail a term must lie beyond; minus infinity adds none.
    """
    for b in range(len(counts)):
        if asked[b] != DONE:
            asked[b], unseen[b] = _advance_one(
                counts[b], cells, masks, chosen[b], refused[b], beta[b], asked[b], yes[b], bound
            )
