"""Latent class chains that change places with chains on thinner tables (parallel tempering).

The posterior may have several modes that one chain hardly leaves. Chain r of R sees a table with a
share of the people, which falls to a fifth, and to some 500 people: there the modes run into each
other. After every second sweep neighbours propose to exchange shares and chances, classes and N
summed out (Geyer 1991, Computing Science and Statistics 23: 156-163). Any family of neighbouring
posteriors will do for the others; only draws of the first chain, on the whole table, are kept.
"""

import math
from typing import NamedTuple

import numpy as np

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.latent import CLASSES, tempered_chain

RUNG = 0.725  # of the people of one table are in the next: a third of the exchanges is accepted
FEWEST = 500  # in the thinnest table, at most; with three times as many the modes of one were apart
RUNGS = 6, 12  # at least, at most


class Drawn(NamedTuple):
    """``missing``: M draws of the people on no list; ``swapped``: R - 1, which share of exchanges
    was accepted; ``trips``: how often a start went from the thinnest table to the whole one.
    """

    missing: Floats
    swapped: Floats
    trips: int


def side_by_side(chains: list[Drawn]) -> Drawn:
    """Return C chains as one: ``missing`` is C x M, ``swapped`` C x (R - 1)."""
    return Drawn(
        np.stack([chain.missing for chain in chains]),
        np.stack([chain.swapped for chain in chains]),
        sum(chain.trips for chain in chains),
    )


def joined(legs: list[Drawn]) -> Drawn:
    """Return the legs of the same chains, one after the other, as one."""
    return Drawn(
        np.concatenate([leg.missing for leg in legs], axis=-1),
        np.mean([leg.swapped for leg in legs], axis=0),
        sum(leg.trips for leg in legs),
    )


class Chain:
    """One tempered chain; the same seed gives the same draws.

    ``cells`` is W x t of 0 and 1, ``counts`` people in each. ``rungs`` None: as many as the people
    ask for (``rungs_for``); 1: no tempering.
    """

    def __init__(
        self, cells: Floats, counts: Floats, *, seed: int, rungs: int | None = None
    ) -> None:
        """Begin far apart: shares of classes and chances of lists drawn flat."""
        many = rungs or rungs_for(counts.sum())
        self.rng, self.cells = np.random.default_rng(seed), cells.astype(np.uint8)
        self.tables = np.stack([thinned(counts, RUNG**r) for r in range(many)])
        self.share = self.rng.dirichlet(np.ones(CLASSES), size=many)
        self.on = self.rng.random((many, cells.shape[1], CLASSES))
        self.alpha, self.start = np.ones(many), np.arange(many)

    def draws(self, *, burn: int, keep: int, thin: int) -> Drawn:
        """Return ``keep`` more draws, one of each ``thin`` sweeps, after ``burn`` sweeps."""
        state = self.share, self.on, self.alpha, self.start
        return Drawn(*tempered_chain(self.rng, self.cells, self.tables, *state, burn, keep, thin))


def rungs_for(people: float) -> int:
    """Return how many tables, each thinner than the one before, lead to one of few people."""
    least, most = RUNGS
    wanted = 1 + math.ceil(math.log(max(people, 1) / FEWEST) / -math.log(RUNG))
    return min(max(wanted, least), most)


def thinned(counts: Floats, share: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return whole people, that share of each cell, and of any run of cells but for one."""
    upto = np.floor(share * np.cumsum(counts) + 0.5)
    return np.diff(upto, prepend=0).astype(np.int64)
