"""How alike tokens are: Dice's coefficient of their bits, counted without ever seeing a name.

2 |a and b| / (|a| + |b|) (Dice 1945; for such vectors Schnell, Bachteler & Reiher 2009). Only rows
of one block are compared. The best of a pair's rows counts. Two vectors that share nothing
are alike by about a half, because half of the bits of each are ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekhala.core.matching.encoding.counting import Found, alike_rows
from mekhala.core.matching.encoding.vectors import Bits, Progress, Tokens

ALIKE = 0.7  # how it was chosen: docs/methods/encoding.md


@dataclass(frozen=True, order=True)
class Pair:
    """Two records that may be one person: their numbers, left the smaller, and how alike."""

    left: int
    right: int
    alike: float


def dice(left: Bits, right: Bits) -> NDArray[np.float32]:
    """Return how alike every row of ``left`` is to every row of ``right``, shape (left, right).

    >>> rows = np.array([[0b1110], [0b0110]], dtype=np.uint64)
    >>> (10 * dice(rows, rows)).round().astype(int).tolist()
    [[10, 8], [8, 10]]
    """
    ones = [np.bitwise_count(side).sum(axis=1, dtype=np.int64) for side in (left, right)]
    total = np.maximum(ones[0][:, None] + ones[1][None, :], 1).astype(np.float32)
    found: NDArray[np.float32] = 2 * common_bits(left, right).astype(np.float32) / total
    return found


def common_bits(left: Bits, right: Bits) -> NDArray[np.uint16]:
    """Count the ones that rows share, shape (left, right), a word of every row at a time."""
    shape = len(left), len(right)
    found = np.zeros(shape, np.uint16)
    both, count = np.empty(shape, np.uint64), np.empty(shape, np.uint8)
    for a, b in zip(left.T, np.ascontiguousarray(right.T), strict=True):
        np.bitwise_and(a[:, None], b[None, :], out=both)
        np.bitwise_count(both, out=count)
        found += count
    return found


def alike_pairs(
    tokens: Tokens, *, at_least: float = ALIKE, progress: Progress | None = None
) -> list[Pair]:
    """Return the pairs of records that are alike by ``at_least`` (0 to 1), in order.

    Records of one source are compared too. The order of the rows does not matter.
    """
    best: dict[tuple[int, int], float] = {}
    groups = list(_blocks(tokens))
    work, done = sum(len(rows) ** 2 for rows in groups), 0
    for rows in groups:
        for left, right, alike in _within(tokens, rows, at_least):
            pair = min(left, right), max(left, right)
            best[pair] = max(alike, best.get(pair, 0.0))
        done += len(rows) ** 2
        if progress:
            progress(done, work)
    return [Pair(*pair, round(alike, 4)) for pair, alike in sorted(best.items())]


def one_to_one(pairs: Sequence[Pair], source: Sequence[str]) -> list[Pair]:
    """Keep of the pairs between sources the best of each record towards each other source.

    For lists known to hold each person once: a record pairs with one record of another list, the
    most alike first (greedy assignment), and with none of its own list.
    """
    taken: set[tuple[int, str]] = set()
    kept = []
    for pair in sorted(pairs, key=lambda p: (-p.alike, p.left, p.right)):
        ends = (pair.left, source[pair.right]), (pair.right, source[pair.left])
        if source[pair.left] == source[pair.right] or taken & set(ends):
            continue
        taken |= set(ends)
        kept.append(pair)
    return sorted(kept)


def _blocks(tokens: Tokens) -> Iterator[NDArray[np.int64]]:
    """Yield the rows of each block that has two or more."""
    order = np.argsort(tokens.block, kind="stable")
    edges = np.flatnonzero(tokens.block[order][1:] != tokens.block[order][:-1]) + 1
    yield from (rows for rows in np.split(order, edges) if len(rows) > 1)


def _within(
    tokens: Tokens, rows: NDArray[np.int64], at_least: float
) -> Iterator[tuple[int, int, float]]:
    """Yield left, right and likeness of the records of one block that reach ``at_least``."""
    if tokens.exact[rows[0]]:
        first, second = np.triu_indices(len(rows), 1)
        found: Iterable[Found] = [(first, second, np.ones(len(first)))]
    else:
        found = alike_rows(tokens.bits[rows], at_least)
    owner = tokens.owner[rows]
    for left, right, alike in found:
        apart = owner[left] != owner[right]
        yield from zip(
            owner[left[apart]].tolist(), owner[right[apart]].tolist(), alike[apart].tolist(),
            strict=True,
        )  # fmt: skip
