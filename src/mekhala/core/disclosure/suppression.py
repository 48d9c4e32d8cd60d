"""Which cells of a set of published tables must not be shown, so that none can be recovered.

Primary: a count from 1 to below the threshold is suppressed. Zeros are shown: that nobody
is in a cell is about no one in it, hiding zeros would hide most of a sparse table, and what
can be learned *about a group* from a zero is a question for the officer who signs the table.
Complementary: as long as a suppressed cell might be told to within plus or minus 2, the
shown cells that are cheapest to lose are suppressed too (``cover``): cells of the table with
most dimensions first, totals last. What comes out is checked by an attack of its own
(``attack``), which knows only what is shown.

Tables of one release are protected together. Releases that overlap (a year and its
quarters, the same people a month later) are not: publish closed periods, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mekhala.core.disclosure.attack import possible_parts
from mekhala.core.disclosure.cover import MOVED, other_counts
from mekhala.core.disclosure.tables import Cell, Cross, Margin, published_counts
from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True, eq=False)
class ProtectedTable:
    """The published cells: ``shown`` holds the count, or None where it is suppressed.

    ``primary`` and ``complementary`` say why. They stay inside: with them a reader would know
    which suppressed counts are small.
    """

    frame: Cross
    threshold: int
    shown: dict[Cell, int | None]
    primary: frozenset[Cell]
    complementary: frozenset[Cell]

    def table(self, margin: Margin) -> dict[tuple[str, ...], int | None]:
        """One published table by its categories, ready to be printed."""
        return {
            cell.categories: n for cell, n in self.shown.items() if cell.margin == tuple(margin)
        }

    def summary(self) -> dict[str, Any]:
        """How much is lost: cells, suppressed cells by reason, and the share kept by table."""
        margins = list(dict.fromkeys(cell.margin for cell in self.shown))
        return {
            "cells": len(self.shown),
            "primary": len(self.primary),
            "complementary": len(self.complementary),
            "kept": {" x ".join(m) or "total": round(self._kept(m), 3) for m in margins},
        }

    def _kept(self, margin: Margin) -> float:
        counts = list(self.table(margin).values())
        return sum(n is not None for n in counts) / len(counts)


def protect(
    counts: Cross, published: Sequence[Margin], *, threshold: int = 10, within: float = 2
) -> ProtectedTable:
    """Suppress until no suppressed cell can be told to within plus or minus ``within`` people.

    ``published`` lists the tables by their dimensions; ``()`` is the total. It always ends:
    with every count suppressed any multiple of the truth would fit.
    """
    if threshold < 2:
        raise WrongInput(f"threshold: {threshold} suppresses nothing; expected 2 or more")
    true = published_counts(counts, published)
    primary = frozenset(cell for cell, n in true.items() if 0 < n < threshold)
    hidden = _all_hidden(counts, true, primary, width=2 * within + 1)
    return ProtectedTable(
        frame=Cross(dimensions=counts.dimensions, counts=counts.counts * 0),
        threshold=threshold,
        shown={cell: None if cell in hidden else n for cell, n in true.items()},
        primary=primary,
        complementary=hidden - primary,
    )


def _all_hidden(
    counts: Cross, true: dict[Cell, int], primary: frozenset[Cell], *, width: float
) -> frozenset[Cell]:
    """The primary cells and those that must go with them, each able to differ by ``width``."""
    cells, values = list(true), np.array(list(true.values()), dtype=float)
    parts = possible_parts(counts, true)
    hidden = np.array([cell in primary for cell in cells])
    most = max(len(cell.margin) for cell in cells)
    cost = np.array([_loss(cell, most) for cell in cells])
    cost *= 1 + np.log1p(values) / 20  # of equal cells the smaller goes
    lowest, highest = values.copy(), values.copy()
    waiting = [int(i) for i in np.flatnonzero(hidden)]
    for at in waiting:  # grows while it is walked through
        if highest[at] - lowest[at] >= width - MOVED:
            continue
        other = other_counts(parts, values, hidden, at=at, by=width, cost=cost)
        added = ~hidden & (np.abs(other - values) > MOVED)
        hidden |= added
        waiting.extend(int(i) for i in np.flatnonzero(added))
        lowest, highest = np.minimum(lowest, other), np.maximum(highest, other)
    return frozenset(cell for cell, gone in zip(cells, hidden, strict=True) if gone)


def _loss(cell: Cell, most: int) -> float:
    """What is lost with a cell: ten times more for each dimension that is summed away."""
    return float(10 ** (most - len(cell.margin)))
