"""Gibbs sampling of a latent class model with a truncated Dirichlet process, compiled.

Each person belongs to one of K unseen classes; within a class the lists are independent
(Manrique-Vallier 2016). Class shares break a stick with concentration alpha ~ Gamma(1/4, 1/4);
chances of being on a list are Beta(1, 1); the prior of N is 1/N. People on no list are drawn as
negative binomial, so that a sweep costs the number of cells and not of people.
"""

import numpy as np
from numba import njit

from mekhala.core.estimation.design import Floats

CLASSES = 10
SHAPE = RATE = 0.25  # of the prior of alpha
TINY = 1e-12


@njit(cache=True)
def chain(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    rng, cells, counts, classes, burn, keep, thin
):
    """Return ``keep`` draws of the people on no list; ``cells`` is W x t of 0 and 1."""
    lists = cells.shape[1]
    share, on = _start(rng, classes, lists)
    piece = np.full(classes, 0.5)
    seen, alpha = counts.sum(), 1.0
    drawn = np.zeros(keep)
    for sweep in range(burn + keep * thin):
        of_class = np.zeros(classes)
        ones = np.zeros((lists, classes))
        _allot_seen(rng, cells, counts, share, on, of_class, ones)
        missing = _allot_missing(rng, seen, share, on, of_class)
        if sweep:
            _relabel(rng, share, piece, of_class, ones)
        for k in range(classes):
            for j in range(lists):
                on[j, k] = rng.beta(1.0 + ones[j, k], 1.0 + of_class[k] - ones[j, k])
        alpha = _break_stick(rng, of_class, alpha, share, piece)
        at = sweep - burn
        if at >= 0 and at % thin == 0:
            drawn[at // thin] = missing
    return drawn


@njit(cache=True)
def _start(rng, classes, lists):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Begin far apart: shares and chances drawn flat."""
    share = np.zeros(classes)
    for k in range(classes):
        share[k] = rng.gamma(1.0, 1.0) + TINY
    share /= share.sum()
    on = np.zeros((lists, classes))
    for j in range(lists):
        for k in range(classes):
            on[j, k] = rng.beta(1.0, 1.0)
    return share, on


@njit(cache=True)
def _allot_seen(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover
    rng, cells, counts, share, on, of_class, ones
):
    """Draw the classes of the people in each cell; adds to ``of_class`` and ``ones``."""
    classes, lists = len(share), cells.shape[1]
    chance = np.zeros(classes)
    for w in range(len(cells)):
        rest = counts[w]
        if rest == 0:
            continue
        for k in range(classes):
            chance[k] = share[k]
            for j in range(lists):
                chance[k] *= on[j, k] if cells[w, j] else 1.0 - on[j, k]
        left = chance.sum()
        for k in range(classes):
            if rest == 0:
                break
            if k == classes - 1 or chance[k] >= left:
                taken = rest
            else:
                taken = rng.binomial(rest, chance[k] / left)
            left -= chance[k]
            rest -= taken
            of_class[k] += taken
            for j in range(lists):
                if cells[w, j]:
                    ones[j, k] += taken


@njit(cache=True)
def _allot_missing(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, seen, share, on, of_class
):
    """Draw the people on no list and their classes; returns how many."""
    classes = len(share)
    chance = np.zeros(classes)
    for k in range(classes):
        chance[k] = share[k]
        for j in range(len(on)):
            chance[k] *= 1.0 - on[j, k]
    left = min(max(chance.sum(), TINY), 1.0 - TINY)
    missing = rest = rng.negative_binomial(float(seen), 1.0 - left)
    for k in range(classes):
        if rest == 0:
            break
        if k == classes - 1 or chance[k] >= left:
            taken = rest
        else:
            taken = rng.binomial(rest, max(chance[k], 0.0) / left)
        left -= chance[k]
        rest -= taken
        of_class[k] += taken
    return missing


@njit(cache=True)
def _relabel(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, share, piece, of_class, ones
):
    """Let classes change places on the stick (Papaspiliopoulos & Roberts 2008, section 3.4).

    The people of two classes change labels; the chances of being on a list are drawn afterwards.
    """
    classes = len(share)
    for _ in range(classes):
        a, b = int(rng.random() * classes), int(rng.random() * classes)
        gain = (of_class[b] - of_class[a]) * np.log((share[a] + TINY) / (share[b] + TINY))
        if a != b and np.log(rng.random() + 1e-300) < gain:
            _change_places(of_class, ones, a, b)
    for k in range(classes - 2):
        gain = of_class[k] * np.log1p(-piece[k + 1]) - of_class[k + 1] * np.log1p(-piece[k])
        if np.log(rng.random() + 1e-300) < gain:
            _change_places(of_class, ones, k, k + 1)
            piece[k], piece[k + 1] = piece[k + 1], piece[k]


@njit(cache=True)
def _change_places(of_class, ones, a, b):  # type: ignore[no-untyped-def]  # pragma: no cover
    of_class[a], of_class[b] = of_class[b], of_class[a]
    for j in range(len(ones)):
        ones[j, a], ones[j, b] = ones[j, b], ones[j, a]


@njit(cache=True)
def _break_stick(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rng, of_class, alpha, share, piece
):
    """Draw the pieces of the stick and the class shares; returns a new concentration."""
    classes = len(share)
    after, stick, logs = of_class.sum(), 1.0, 0.0
    for k in range(classes - 1):
        after -= of_class[k]
        piece[k] = min(rng.beta(1.0 + of_class[k], alpha + after), 1.0 - TINY)
        share[k] = stick * piece[k]
        stick *= 1.0 - piece[k]
        logs += np.log1p(-piece[k])
    share[classes - 1] = stick
    return rng.gamma(SHAPE + classes - 1, 1.0 / (RATE - logs))


def draws(cells: Floats, counts: Floats, *, burn: int, keep: int, thin: int, seed: int) -> Floats:
    """Return ``keep`` draws of the people on no list from one chain."""
    rng = np.random.default_rng(seed)
    found: Floats = chain(
        rng, cells.astype(np.uint8), counts.astype(np.int64), CLASSES, burn, keep, thin
    )
    return found
