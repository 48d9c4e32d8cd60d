"""Compiled: pairs of a block that are alike enough, counted bit by bit without a table of all.

Ones are counted by the processor's own instruction (LLVM's ``ctpop``), so that a pair of 1,024 bits
is sixteen words read once, and only pairs that reach the bound are ever written.
"""

from collections.abc import Iterator

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

FEWEST = 1 << 16  # pairs that there is room for before they are handed on


@intrinsic
def _ones(_context, word):  # type: ignore[no-untyped-def]  # noqa: ARG001
    """The ones of a word."""

    def made(_context, builder, _signature, given):  # type: ignore[no-untyped-def]
        return builder.ctpop(given[0])

    return types.uint64(types.uint64), made


@njit(cache=True, nogil=True)
def _fill(bits, ones, at_least, first, left, right, alike):  # type: ignore[no-untyped-def]  # noqa: PLR0917  # pragma: no cover - compiled
    """Write pairs from row ``first`` on while a whole row has room; return the next row, pairs."""
    many = 0
    for row in range(first, len(bits)):
        if many + len(bits) - row > len(left):
            return row, many
        mine = bits[row]
        for other in range(row + 1, len(bits)):
            shared = np.uint64(0)
            theirs = bits[other]
            for word in range(mine.shape[0]):
                shared += _ones(mine[word] & theirs[word])  # type: ignore[call-arg]
            total = max(ones[row] + ones[other], 1)
            if 2.0 * shared >= at_least * total:
                left[many], right[many], alike[many] = row, other, 2.0 * shared / total
                many += 1
    return len(bits), many


type Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def alike_rows(bits: NDArray[np.uint64], at_least: float) -> Iterator[Found]:
    """Yield the rows that are alike by ``at_least`` or more: left, right, Dice's coefficient.

    ``bits`` has the shape (rows, words); left is the smaller row. Yields several times where many
    are alike, so that there is never room for more than the rows of a block, or ``FEWEST`` pairs.
    """
    bits = np.ascontiguousarray(bits)
    ones = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    room = max(len(bits), FEWEST)
    left, right = np.empty(room, np.int64), np.empty(room, np.int64)
    alike, row = np.empty(room, np.float64), 0
    while row < len(bits):
        row, many = _fill(bits, ones, at_least, row, left, right, alike)
        yield left[:many].copy(), right[:many].copy(), alike[:many].copy()
