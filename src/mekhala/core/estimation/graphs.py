"""Decomposable graphs over t lists, each as how often a set of lists is a clique or separator.

A graph is decomposable where its lists can be taken away one by one, each time one whose
neighbours are all joined to each other (a simplicial vertex; Dirac 1961). Taking list v away from
neighbours B leaves the clique B + v and the separator B, so the density of the whole is the
product of f(B + v) / f(B) over the steps.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
MOST = 6  # lists: 18,154 graphs; at 7 there are 617,675


@dataclass(frozen=True, kw_only=True, eq=False)
class Graphs:
    """G graphs over t lists: ``sign`` is G x 2**t, cliques minus separators of each set of lists;
    ``pairs`` is G x t(t-1)/2, whether two lists are joined. Sets are bit masks, list 0 lowest.
    """

    sign: NDArray[np.float64]
    pairs: NDArray[np.bool_]


@cache
def decomposable(lists: int) -> Graphs:
    """Return every decomposable graph over 2 to 6 lists (2, 8, 61, 822, 18,154 of them)."""
    if not 2 <= lists <= MOST:
        raise ValueError(f"expected 2 to {MOST} lists, not {lists}")
    joined = list(combinations(range(lists), 2))
    codes = np.arange(2 ** len(joined))
    chosen = (codes[:, None] >> np.arange(len(joined))) & 1 == 1
    near = np.zeros((len(codes), lists), dtype=np.int64)
    for k, (i, j) in enumerate(joined):
        near[:, i] |= chosen[:, k] << j
        near[:, j] |= chosen[:, k] << i
    sign, whole = _taken_apart(near, lists)
    return Graphs(sign=sign[whole], pairs=chosen[whole])


def _taken_apart(near: Ints, lists: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Take away a simplicial list while there is one; which graphs come to their end."""
    rows = np.arange(len(near))
    sign = np.zeros((len(near), 2**lists))
    left = np.full(len(near), 2**lists - 1)
    for _ in range(lists):
        taken = np.full(len(near), -1)
        for v in range(lists):
            free = (taken < 0) & (left >> v & 1 == 1) & _simplicial(near, left, v, lists)
            taken[free] = v
        going = rows[taken >= 0]
        out = taken[going]
        around = near[going, out] & left[going]
        sign[going, around | 1 << out] += 1
        sign[going, around] -= 1
        left[going] &= ~(1 << out)
    return sign, left == 0


def _simplicial(near: Ints, left: Ints, v: int, lists: int) -> NDArray[np.bool_]:
    """Whether the neighbours of v that are left are all joined to each other."""
    around = near[:, v] & left
    good = np.ones(len(near), dtype=bool)
    for u in range(lists):
        others = around & ~(1 << u)
        good &= (around >> u & 1 == 0) | (others & ~near[:, u] == 0)
    return good
