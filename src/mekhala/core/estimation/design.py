"""The cells and the columns of a log-linear model over overlapping lists.

For t lists there are 2**t - 1 cells (one for each set of lists a person can be seen on).
Columns are a constant, one for each list, and one for each pair of lists: the model
``log mu_w = b0 + sum b_i w_i + sum b_ij w_i w_j`` (Cormack 1989). The unseen cell has all
``w_i = 0``, so exp(b0) is the expected number of people on no list. Where asked, there is a column
for each three lists too, and so on: ``pairs`` then holds the larger sets after the pairs.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation.tables import OverlapTable

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Masks = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Design:
    """Cells and columns for t lists; W = 2**t - 1 cells, K = t(t-1)/2 pairs, p = 1 + t + K.

    ``x`` is W x p of 0 and 1; ``in_pair`` is W x K, 1 where the cell is on both lists of the pair.
    """

    lists: tuple[str, ...]
    pairs: tuple[tuple[int, ...], ...]
    x: Floats
    in_pair: Floats

    @property
    def first_pair(self) -> int:
        """The column of the first pair."""
        return 1 + len(self.lists)

    @property
    def on_list(self) -> Floats:
        """W x t, 1 where the cell is on the list."""
        return self.x[:, 1 : self.first_pair]

    @cached_property
    def masks(self) -> Masks:
        """p: each column as a bit mask of its lists, the first list the lowest bit."""
        lists = [1 << i for i in range(len(self.lists))]
        return np.array([0, *lists, *(sum(1 << i for i in together) for together in self.pairs)])

    @cached_property
    def places(self) -> Masks:
        """W: each cell as a bit mask of the lists it is on."""
        return self.on_list.astype(np.int64) @ (1 << np.arange(len(self.lists)))

    @cached_property
    def cells(self) -> Bools:
        """2**t: which sets of lists are cells of this design."""
        cells = np.zeros(2 ** len(self.lists), dtype=bool)
        cells[self.places] = True
        return cells

    def cube(self, counts: Floats) -> Floats:
        """``counts`` (B x W) by bit mask of lists: B x 2**t."""
        cube = np.zeros((len(counts), 2 ** len(self.lists)))
        cube[:, self.places] = counts
        return cube

    def pair_name(self, pair: int) -> tuple[str, ...]:
        """The pair (or larger set) as its list names."""
        return tuple(self.lists[i] for i in self.pairs[pair])


def design_for(table: OverlapTable, order: int = 2) -> tuple[Design, Floats]:
    """The design for a table in order, and its counts in all W cells.

    A list nobody is on says nothing and has no part in it. ``order``: how many lists at most may
    depend on each other together.
    """
    table = table.used()
    cells = [w for w in product((0, 1), repeat=len(table.lists)) if any(w)]
    places = range(len(table.lists))
    pairs = tuple(s for size in range(2, order + 1) for s in combinations(places, size))
    main = np.array(cells, dtype=float)
    in_pair = (
        np.array([main[:, list(together)].prod(axis=1) for together in pairs])
        .reshape(-1, len(cells))
        .T
    )
    x = np.column_stack([np.ones(len(cells)), main, in_pair])
    found = dict(zip(table.histories, table.counts, strict=True))
    counts = np.array([found.get(w, 0) for w in cells], dtype=float)
    design = Design(lists=table.lists, pairs=pairs, x=x, in_pair=in_pair)
    return design, counts


def counts_in(design: Design, table: OverlapTable) -> Floats:
    """The counts of ``table`` in the W cells of ``design``, which has every list it uses."""
    kept = [table.lists.index(name) for name in design.lists]
    place = {int(cell): w for w, cell in enumerate(design.places)}
    counts = np.zeros(len(design.places))
    for history, people in zip(table.histories, table.counts, strict=True):
        counts[place[sum(history[i] << bit for bit, i in enumerate(kept))]] += people
    return counts
