"""Expectation maximisation on counted patterns of agreement, held by what is known beforehand.

Fellegi and Sunter's mixture of pairs that are one person and pairs that are two, fitted as Winkler
(1988) does, on several kinds of pairs at once: pairs that agree on a date teach about names, those
that agree on a name about dates. The given m count as so many pairs seen before (a Dirichlet prior;
Enamorado, Fifield and Imai 2019), so few records move them little and many move them freely. u is
learnt from pairs at random, true pairs among them weighed out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS, ENOUGH = 200, 1e-7
SMALLEST = 1e-9
AT_FIRST = 0.1  # share of true pairs among those that agree on something
ADDED = 50.0  # pairs that keep that share from nothing where there are hardly any

type Floats = NDArray[np.float64]
type Shares = dict[str, Floats]  # field → share of each level


@dataclass(frozen=True, kw_only=True)
class Block:
    """Pairs of one kind by pattern: ``levels`` (pattern × field, -1 unknown) and ``counts``.

    ``speaks``: the fields that say something here. m is learnt from it, or u if ``at_random``.
    """

    levels: NDArray[np.int64]
    counts: Floats
    speaks: frozenset[str]
    at_random: bool = False


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """Shares of the levels, and ``true``: how many true pairs the blocks were found to hold."""

    m: Shares
    u: Shares
    true: float


def learnt(
    fields: Sequence[str], blocks: Sequence[Block], m: Shares, u: Shares, *,
    known: Collection[str], pairs: float, share: float,
) -> Learnt:  # fmt: skip
    """Fit m and u from where they are given; fields ``known`` stay.

    ``pairs``: how many pairs the given m count as; ``share``: of true pairs among pairs at random,
    to begin from.
    """
    held, free = dict(m), dict(u)
    shares = [share if block.at_random else AT_FIRST for block in blocks]
    before = 0.0
    for _ in range(ROUNDS):
        true = [
            block.counts * _chances(fields, block, held, free, at)
            for block, at in zip(blocks, shares, strict=True)
        ]
        shares = [_share(block, of) for block, of in zip(blocks, true, strict=True)]
        for place, field in enumerate(fields):
            if field not in known:
                held[field] = _levels(field, place, blocks, true, pairs * m[field], apart=False)
                free[field] = _levels(field, place, blocks, true, u[field], apart=True)
        found = sum(float(of.sum()) for of in true)
        if abs(found - before) <= ENOUGH * (1 + found):
            break
        before = found
    return Learnt(m=held, u=free, true=before)


def _chances(fields: Sequence[str], block: Block, m: Shares, u: Shares, share: float) -> Floats:
    """The probability that a pair of each pattern is one person's."""
    start = np.log(max(share, SMALLEST) / (1 - min(share, 1 - 1e-3)))
    weights = np.full(len(block.counts), start)
    for place, field in enumerate(fields):
        if field in block.speaks:
            levels = np.log(np.maximum(m[field], SMALLEST) / np.maximum(u[field], SMALLEST))
            weights += np.append(levels, 0.0)[block.levels[:, place]]  # -1, unknown, is the last
    return np.asarray(1 / (1 + np.exp(-weights)), dtype=np.float64)


def _share(block: Block, true: Floats) -> float:
    """The share of true pairs of a block."""
    if block.at_random:
        return float(true.sum() / max(1.0, block.counts.sum()))
    return float((true.sum() + ADDED * AT_FIRST) / (block.counts.sum() + ADDED))


def _levels(
    field: str, place: int, blocks: Sequence[Block], true: Sequence[Floats], start: Floats, *,
    apart: bool,
) -> Floats:  # fmt: skip
    """The shares of a field's levels among true pairs that agree, or those apart at random."""
    counted = start.copy()
    for block, of in zip(blocks, true, strict=True):
        if block.at_random is apart and field in block.speaks:
            column = block.levels[:, place]
            seen = column >= 0
            weights = (block.counts - of if apart else of)[seen]
            counted += np.bincount(column[seen], weights, len(start))
    return np.asarray(counted / counted.sum(), dtype=np.float64)
