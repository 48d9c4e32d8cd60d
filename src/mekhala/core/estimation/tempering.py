"""Latent class chains that change places with chains on thinner tables (parallel tempering).

The posterior may have several modes that one chain hardly leaves. Chain r of R sees a table with a
share of the people, which falls from 1 to ``THINNEST``: there the modes run into each other. After
every second sweep neighbours propose to exchange shares and chances, classes and N summed out
(Geyer 1991, Computing Science and Statistics 23: 156-163). Any family of neighbouring posteriors
will do for the others; only the draws of the first chain, on the whole table, are kept.
"""

from typing import NamedTuple

import numpy as np

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.latent import tempered_chain

RUNGS = 6
THINNEST = 0.2


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
    return Drawn(*tempered_chain(rng, cells.astype(np.uint8), tables, burn, keep, thin))


def thinned(counts: Floats, share: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return whole people, that share of each cell, and of any run of cells but for one."""
    upto = np.floor(share * np.cumsum(counts) + 0.5)
    return np.diff(upto, prepend=0).astype(np.int64)
