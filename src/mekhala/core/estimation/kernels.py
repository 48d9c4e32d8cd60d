"""Compiled: Poisson log-linear fits by Newton's method, existence by rank, and the forward choice.

Cells and terms are bit masks of the lists (the first list the lowest bit): cell m holds the people
on exactly the lists in m, and a term s is in the mean of every cell that holds all of s. Sums over
all sets that hold s, or lie within it, then take t 2**(t-1) additions (Yates 1937), so neither the
means nor the information need the table of cells by terms. Nothing is shared between rows: the
answer for one does not depend on the others, nor on how many threads there are.

In the forward choice a row is advanced until it is done or asks whether a larger model has one
finite estimate; the caller answers by linear programme (``existence``) and has it go on from where
it stood. All is one file, because Numba keeps compiled code until the file it is in changes: a part
elsewhere would go on calling what is no longer written here.
"""

import math

import numpy as np
from numba import njit

ROUNDS = 60
HALVINGS = 12
HIGHEST = 60.0  # beyond exp(60) people an estimate is infinite for every purpose
CLOSE = 1e-11  # the Newton decrement, relative to the number of people
TINY = 1e-12
RANK = 1e-7  # pivots of a table of whole numbers: below it, the columns do not stand apart
START, DONE, SMALLEST = -3, -2, -1  # a row asks about a column >= 0, or about the smallest model
ENOUGH = 1e-17


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
    if len(terms) == 0:
        return False  # nobody at all
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
