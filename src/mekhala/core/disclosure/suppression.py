"""Which cells of a set of published tables must not be shown, so that none can be recovered.

Primary: a count from 1 to below the threshold is suppressed. Zeros are shown: that nobody
is in a cell is about no one in it, hiding zeros would hide most of a sparse table, and what
can be learned *about a group* from a zero is a question for the officer who signs the table.
Complementary: while an attack (``attack``) can tell a suppressed cell to within plus or
minus 2, one of the shown cells that hold it is suppressed too: of a table with more
dimensions first, then the one with fewest people. Totals go last.

Tables of one release are protected together. Releases that overlap (a year and its
quarters, the same people a month later) are not: publish closed periods, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mekhala.core.disclosure.attack import TINY, Auditor, auditor
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
    shown = {cell: None if cell in primary else n for cell, n in true.items()}
    audit = auditor(counts, shown)
    hidden = [i for i, n in enumerate(audit.shown) if n is None]
    for at in hidden:  # grows while it is walked through
        hidden.extend(_cover(audit, at, within))
    return ProtectedTable(
        frame=Cross(dimensions=counts.dimensions, counts=counts.counts * 0),
        threshold=threshold,
        shown=dict(zip(audit.cells, audit.shown, strict=True)),
        primary=primary,
        complementary=frozenset(audit.cells[i] for i in hidden) - primary,
    )


def _cover(audit: Auditor, at: int, within: float) -> list[int]:
    """Suppress shown cells until cell ``at`` is covered, and return them."""
    added: list[int] = []
    while audit.width_seen(at) <= 2 * within + TINY:
        low, high, held_by = audit.bounds(at)
        if high - low > 2 * within + TINY:
            break
        candidates = held_by or [i for i, n in enumerate(audit.shown) if n]
        added.append(min(candidates, key=lambda i: _loss(audit, i)))
        audit.hide(added[-1])
    return added


def _loss(audit: Auditor, at: int) -> tuple[int, int, Cell]:
    """What is lost by suppressing a shown cell: totals most, large counts more."""
    cell = audit.cells[at]
    return -len(cell.margin), audit.shown[at] or 0, cell
