"""Gibbs sampling of latent classes with a truncated Dirichlet process, compiled.

Each person belongs to one of K unseen classes; within a class the lists are independent
(Manrique-Vallier 2016). Class shares break a stick with concentration alpha ~ Gamma(1/4, 1/4);
chances of being on a list are Beta(1, 1); the prior of N is 1/N. People on no list are drawn as
negative binomial, so that a sweep costs the number of cells and not of people.

Two steps look past what plain Gibbs sampling would hold fixed (van Dyk & Park 2008, JASA 103:
790-796). The people of a class who are on no list change number with its chances and the stick
summed out, for those two hold each other in place where most people are missed. And classes change
places on the stick together with alpha, the stick summed out: otherwise a chain that begins with
nearly everybody in the last class stays there. Nothing is cut off at small alpha: down there is
the one class of independent lists, and a floor would push N away from it.

All that is compiled stands in this one file: what is kept of it is made anew where the file
changes, and only then.
"""

import math

import numpy as np
from numba import njit

CLASSES = 10
SHAPE = RATE = 0.25  # of the prior of alpha
FEW = 6  # people of one cell are put into classes one by one up to here, by binomials above
TURNS = 6  # proposals to change places and alpha, each sweep
LEAST, MOST = 1e-30, 1e6  # alpha beyond them is not proposed; the prior has 2e-8 there
EVERY = 2  # sweeps between two exchanges
NOTHING = 1e-200  # a share below it is 0, so that no product is too small for the processor


@njit(cache=True, nogil=True)
def tempered_chain(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover - compiled
    rng, cells, tables, share, on, alpha, start, burn, keep, thin
):
    """Sweep each of R ``tables`` (R x W), let neighbours exchange; returns ``tempering.Drawn``.

    Goes on from ``share`` (R x K), ``on`` (R x t x K), ``alpha`` (R) and ``start`` (R), in place;
    ``start`` numbers what a rung holds, negative (-1 - number) since it was on the thinnest table.
    """
    rungs, trips = len(tables), 0
    drawn, swapped, tried = np.zeros(keep), np.zeros(rungs - 1), np.zeros(rungs - 1)
    for at in range(-burn, keep * thin):
        for r in range(rungs):
            alpha[r], missing = _sweep(rng, cells, tables[r], share[r], on[r], alpha[r])
            if r == 0 and at >= 0 and at % thin == 0:
                drawn[at // thin] = missing
        if at % EVERY == 0:
            for r in range(at // EVERY % 2, rungs - 1, 2):
                tried[r] += 1
                if np.log(rng.random() + 1e-300) < _gain(cells, tables, share, on, r):
                    swapped[r] += 1
                    _exchange(share, on, alpha, start, r)
        if start[0] < 0:
            trips += 1
            start[0] = -1 - start[0]
        if rungs > 1 and start[rungs - 1] >= 0:
            start[rungs - 1] = -1 - start[rungs - 1]
    return drawn, swapped / np.maximum(tried, 1), trips


@njit(cache=True, nogil=True)
def _gain(cells, tables, share, on, r):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Log of the chance to accept that rungs r and r + 1 exchange what they hold."""
    more = tables[r] - tables[r + 1]
    return _log_likelihood(cells, more, share[r + 1], on[r + 1]) - _log_likelihood(
        cells, more, share[r], on[r]
    )


@njit(cache=True, nogil=True)
def _log_likelihood(cells, counts, share, on):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Log chance of the counts given that each person is on a list: with 1/N, N summed out."""
    chance = np.empty(len(share))
    missed = _chances(np.zeros(len(on), np.uint8), share, on, chance)
    value = -counts.sum() * np.log(max(1.0 - missed, 1e-300))
    for w in range(len(cells)):
        if counts[w]:
            value += counts[w] * np.log(_chances(cells[w], share, on, chance) + 1e-300)
    return value


@njit(cache=True, nogil=True)
def _exchange(share, on, alpha, start, r):  # type: ignore[no-untyped-def]  # pragma: no cover
    for k in range(share.shape[1]):
        share[r, k], share[r + 1, k] = share[r + 1, k], share[r, k]
        for j in range(on.shape[1]):
            on[r, j, k], on[r + 1, j, k] = on[r + 1, j, k], on[r, j, k]
    alpha[r], alpha[r + 1] = alpha[r + 1], alpha[r]
    start[r], start[r + 1] = start[r + 1], start[r]


@njit(cache=True, nogil=True)
def _sweep(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover - compiled
    rng, cells, counts, share, on, alpha
):
    """Draw everything anew, ``share`` (K) and ``on`` (t x K) in place; ``cells`` is W x t.

    Returns alpha and how many people are on no list.
    """
    lists, classes = on.shape
    seen, missing = np.zeros(classes), np.zeros(classes)
    ones = np.zeros((lists, classes))
    _allot_seen(rng, cells, counts, share, on, seen, ones)
    _allot_missing(rng, counts.sum(), share, on, missing)
    _move_missing(rng, alpha, seen, missing, ones)
    alpha = _change_places(rng, alpha, seen, missing, ones)
    for j in range(lists):
        for k in range(classes):
            in_class = seen[k] + missing[k]
            on[j, k] = _beta(rng, 1.0 + ones[j, k], 1.0 + in_class - ones[j, k])
    _break_stick(rng, alpha, seen + missing, share)
    return alpha, missing.sum()


@njit(cache=True, nogil=True)
def _chances(cell, share, on, chance):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Fill ``chance`` (K) with share times the chance of the cell; returns the sum."""
    total = 0.0
    for k in range(len(share)):
        chance[k] = share[k]
    for j in range(len(cell)):
        for k in range(len(share)):
            chance[k] *= on[j, k] if cell[j] else 1.0 - on[j, k]
    for k in range(len(share)):
        total += chance[k]
    return total


@njit(cache=True, nogil=True)
def _allot_seen(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    rng, cells, counts, share, on, seen, ones
):
    """Draw the classes of the people in each cell; fills ``seen`` and ``ones``."""
    classes, lists = len(share), cells.shape[1]
    chance, taken = np.empty(classes), np.zeros(classes, np.int64)
    for w in range(len(cells)):
        if counts[w] == 0:
            continue
        left = _chances(cells[w], share, on, chance)
        _allot(rng, chance, left, counts[w], taken)
        for k in range(classes):
            if taken[k]:
                seen[k] += taken[k]
                for j in range(lists):
                    if cells[w, j]:
                        ones[j, k] += taken[k]


@njit(cache=True, nogil=True)
def _allot_missing(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, people, share, on, missing
):
    """Draw the people on no list, whose number the prior 1/N makes negative binomial."""
    chance, taken = np.empty(len(share)), np.zeros(len(share), np.int64)
    left = _chances(np.zeros(len(on), np.uint8), share, on, chance)
    left = min(max(left, 1e-15), 1.0 - 1e-9)
    if people:
        _allot(rng, chance, left, rng.negative_binomial(float(people), 1.0 - left), taken)
    missing[:] = taken


@njit(cache=True, nogil=True)
def _allot(rng, chance, left, people, taken):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Draw how many of ``people`` fall to each class; ``left`` is the sum of the chances."""
    taken[:] = 0
    last = len(chance) - 1
    if people <= FEW:
        for _ in range(people):
            at, k = rng.random() * left, 0
            while k < last and at >= chance[k]:
                at -= chance[k]
                k += 1
            taken[k] += 1
        return
    for k in range(len(chance)):
        if people == 0:
            return
        if k == last or chance[k] >= left:
            taken[k] = people
        else:
            taken[k] = rng.binomial(people, chance[k] / left)
        left -= chance[k]
        people -= taken[k]


@njit(cache=True, nogil=True)
def _move_missing(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, alpha, seen, missing, ones
):
    """Multiply the missing of each class that somebody was seen of, and of one more, at random.

    ``x`` is the whole number and a random part below 1, so that a factor can be proposed for it.
    """
    more = int(rng.random() * len(seen))
    for k in range(len(seen)):
        if seen[k] == 0 and k != more:
            continue
        factor = math.exp(rng.standard_normal())
        old, x = missing[k], (missing[k] + rng.random()) * factor
        if x > 1e12 or math.floor(x) == old:
            continue
        before = _density(k, alpha, seen, missing, ones)
        missing[k] = math.floor(x)
        gain = _density(k, alpha, seen, missing, ones) - before + math.log(factor)
        if math.log(rng.random() + 1e-300) >= gain:
            missing[k] = old


@njit(cache=True, nogil=True)
def _density(k, alpha, seen, missing, ones):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Log density of the missing of class k, chances and stick summed out, up to a constant."""
    of_class = seen[k] + missing[k]
    after = seen.sum() + missing.sum()
    value = math.lgamma(after) - math.lgamma(missing[k] + 1.0)
    for j in range(len(ones)):
        value += math.lgamma(1.0 + of_class - ones[j, k]) - math.lgamma(2.0 + of_class)
    for i in range(min(k + 1, len(seen) - 1)):
        here = seen[i] + missing[i]
        after -= here
        value += math.lgamma(1.0 + here) + math.lgamma(alpha + after)
        value -= math.lgamma(1.0 + alpha + here + after)
    return value


@njit(cache=True, nogil=True)
def _change_places(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, alpha, seen, missing, ones
):
    """Propose a new alpha, alone or with two classes changing places; returns alpha."""
    classes = len(seen)
    of_class = seen + missing
    now = _sticks(alpha, of_class)
    for turn in range(TURNS):
        other = alpha * math.exp((4.0, 1.0)[turn % 2] * rng.standard_normal())
        kind, a, b = rng.random(), int(rng.random() * classes), int(rng.random() * classes)
        if kind < 0.25:
            b = a
        elif kind < 0.6:
            b = min(a + 1, classes - 1)
        elif kind < 0.8:
            a = 0
        if not LEAST < other < MOST:
            continue
        of_class[a], of_class[b] = of_class[b], of_class[a]
        then = _sticks(other, of_class)
        if math.log(rng.random() + 1e-300) < then - now:
            now, alpha = then, other
            seen[a], seen[b] = seen[b], seen[a]
            missing[a], missing[b] = missing[b], missing[a]
            for j in range(len(ones)):
                ones[j, a], ones[j, b] = ones[j, b], ones[j, a]
        else:
            of_class[a], of_class[b] = of_class[b], of_class[a]
    return alpha


@njit(cache=True, nogil=True)
def _sticks(alpha, of_class):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Log density of log alpha and the sizes of the classes in their order, stick summed out."""
    value, after = (SHAPE * math.log(alpha) - RATE * alpha), of_class.sum()
    for k in range(len(of_class) - 1):
        if after == 0:
            break  # nobody is left for this class and those after it
        after -= of_class[k]
        value += math.log(alpha) + math.lgamma(1.0 + of_class[k]) + math.lgamma(alpha + after)
        value -= math.lgamma(1.0 + alpha + of_class[k] + after)
    return value


@njit(cache=True, nogil=True)
def _break_stick(rng, alpha, of_class, share):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Draw the class shares, each what it takes of the stick that is left."""
    after, stick = of_class.sum(), 1.0
    for k in range(len(share) - 1):
        after -= of_class[k]
        taken, left = rng.standard_gamma(1.0 + of_class[k]), rng.standard_gamma(alpha + after)
        share[k] = stick * (taken / (taken + left))
        stick *= left / (taken + left)
        if stick < NOTHING:
            stick = 0.0
    share[len(share) - 1] = stick


@njit(cache=True, nogil=True)
def _beta(rng, a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Draw Beta(a, b); where one of them is 1 its distribution function is turned round."""
    if a == 1.0:
        return 1.0 - rng.random() ** (1.0 / b)
    if b == 1.0:
        return rng.random() ** (1.0 / a)
    x = rng.standard_gamma(a)
    return x / (x + rng.standard_gamma(b))
