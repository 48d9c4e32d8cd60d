"""Latent class chains that change places with chains on thinner tables (parallel tempering).

The posterior may have several modes that one chain hardly leaves. Chain r of R sees a table with a
share of the people, which falls from 1 to ``THINNEST``: there the modes run into each other. After
each other sweep neighbours propose to exchange shares and chances, classes and N summed out (Geyer
1991, Computing Science and Statistics 23: 156-163). Any family of neighbouring posteriors will
do for the others; only the draws of the first chain, on the whole table, are kept.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.latent import CLASSES, chances, sweep

RUNGS = 6
THINNEST = 0.2
EVERY = 2  # sweeps between two exchanges


class Drawn(NamedTuple):
    """``missing``: M draws of the people on no list; ``swapped``: R - 1, which share of exchanges
    was accepted; ``trips``: how often a start went from the thinnest table to the whole one.
    """

    missing: Floats
    swapped: Floats
    trips: int


def draws(
    cells: Floats,
    counts: Floats,
    *,
    burn: int,
    keep: int,
    thin: int,
    seed: int,
    rungs: int = RUNGS,
) -> Drawn:
    """Return ``keep`` draws, one of each ``thin`` sweeps after ``burn``; 1 rung: no tempering.

    ``cells`` is W x t of 0 and 1, ``counts`` people in each. The same seed gives the same draws.
    """
    rng = np.random.default_rng(seed)
    tables = np.stack([thinned(counts, THINNEST ** (r / max(rungs - 1, 1))) for r in range(rungs)])
    return Drawn(*_chain(rng, cells.astype(np.uint8), tables, burn, keep, thin))


def thinned(counts: Floats, share: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a table of whole people with that share of each cell, up to a person in any stretch."""
    upto = np.floor(share * np.cumsum(counts) + 0.5)
    return np.diff(upto, prepend=0).astype(np.int64)


@njit(cache=True, nogil=True)
def _chain(  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover - compiled
    rng, cells, tables, burn, keep, thin
):
    """Sweep every rung and let neighbours exchange; see ``Drawn``."""
    rungs, lists = len(tables), cells.shape[1]
    share, on, alpha = _start(rng, rungs, lists)
    drawn, swapped, tried = np.zeros(keep), np.zeros(rungs - 1), np.zeros(rungs - 1)
    start, thin_last = np.arange(rungs), np.zeros(rungs, np.bool_)
    trips = 0
    for at in range(-burn, keep * thin):
        for r in range(rungs):
            alpha[r], missing = sweep(rng, cells, tables[r], share[r], on[r], alpha[r])
            if r == 0 and at >= 0 and at % thin == 0:
                drawn[at // thin] = missing
        if at % EVERY == 0:
            for r in range(at // EVERY % 2, rungs - 1, 2):
                tried[r] += 1
                if np.log(rng.random() + 1e-300) < _gain(cells, tables, share, on, r):
                    swapped[r] += 1
                    _exchange(share, on, alpha, start, r)
        thin_last[start[rungs - 1]] = True
        if thin_last[start[0]] and rungs > 1:
            trips += 1
            thin_last[start[0]] = False
    return drawn, swapped / np.maximum(tried, 1), trips


@njit(cache=True, nogil=True)
def _start(rng, rungs, lists):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Begin far apart: shares and chances drawn flat."""
    share, on = np.zeros((rungs, CLASSES)), np.zeros((rungs, lists, CLASSES))
    for r in range(rungs):
        for k in range(CLASSES):
            share[r, k] = rng.standard_gamma(1.0)
            for j in range(lists):
                on[r, j, k] = rng.random()
        share[r] /= share[r].sum()
    return share, on, np.ones(rungs)


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
    missed = chances(np.zeros(len(on), np.uint8), share, on, chance)
    value = -counts.sum() * np.log(max(1.0 - missed, 1e-300))
    for w in range(len(cells)):
        if counts[w]:
            value += counts[w] * np.log(chances(cells[w], share, on, chance) + 1e-300)
    return value


@njit(cache=True, nogil=True)
def _exchange(share, on, alpha, start, r):  # type: ignore[no-untyped-def]  # pragma: no cover
    for k in range(share.shape[1]):
        share[r, k], share[r + 1, k] = share[r + 1, k], share[r, k]
        for j in range(on.shape[1]):
            on[r, j, k], on[r + 1, j, k] = on[r + 1, j, k], on[r, j, k]
    alpha[r], alpha[r + 1] = alpha[r + 1], alpha[r]
    start[r], start[r + 1] = start[r + 1], start[r]
