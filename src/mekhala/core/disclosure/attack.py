"""What a reader with a solver learns about suppressed cells from the cells that are shown.

The attacker knows every published cell, that no count is negative, and that a suppressed
cell is not empty (zeros are shown). Two linear programmes a cell give the lowest and the
highest count that fit everything shown (Fischetti & Salazar 2001 call it the auditing
problem). Counts are taken as real numbers; in tables of three dimensions and more an
attacker who also uses that they are whole could in rare cases come a little closer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from mekhala.core.disclosure.tables import Cell, Cross

Floats = NDArray[np.float64]
TINY = 1e-6


@dataclass(kw_only=True)
class Auditor:
    """The attacker's programme over the combinations that shown zeros leave possible.

    ``parts`` is cells x combinations, 1 where a published cell counts a combination.
    ``lowest`` and ``highest`` are the furthest counts yet seen to fit: they can only spread,
    because suppressing more never rules out what fitted before.
    """

    cells: list[Cell]
    shown: list[int | None]
    parts: Any = field(repr=False)  # a sparse array; the stubs of linprog know only dense ones
    lowest: Floats
    highest: Floats

    def bounds(self, at: int) -> tuple[float, float, list[int]]:
        """The lowest and highest count of cell ``at``, and the shown cells that hold it there."""
        low, below = self._furthest(at, 1.0)
        high, above = self._furthest(at, -1.0)
        return low, high, sorted({*below, *above})

    def width_seen(self, at: int) -> float:
        """How far apart two counts of cell ``at`` are that are already known to fit."""
        return float(self.highest[at] - self.lowest[at])

    def hide(self, at: int) -> None:
        """Suppress one more cell."""
        self.shown[at] = None

    def _furthest(self, at: int, sign: float) -> tuple[float, list[int]]:
        """Push cell ``at`` down (1) or up (-1) as far as everything shown lets it go."""
        known = [i for i, n in enumerate(self.shown) if n is not None and n > 0]
        hidden = [i for i, n in enumerate(self.shown) if n is None]
        answer = linprog(
            sign * self.parts[[at]].toarray().ravel(),
            A_ub=-self.parts[hidden],
            b_ub=-np.ones(len(hidden)),
            A_eq=self.parts[known] if known else None,
            b_eq=np.array([float(self.shown[i] or 0) for i in known]) if known else None,
            bounds=(0, None),
            method="highs",
        )
        if answer.status == 3 or (answer.status == 4 and answer.x is None):
            self.highest[at] = math.inf
            return math.inf, []
        if answer.x is None or answer.fun is None:
            raise ArithmeticError(
                f"the bounds of a published cell were not found: {answer.message}"
            )
        self._remember(self.parts @ answer.x)
        held = zip(known, answer.eqlin.marginals, strict=False)
        return float(sign * answer.fun), [i for i, force in held if abs(force) > TINY]

    def _remember(self, fits: Floats) -> None:
        self.lowest = np.minimum(self.lowest, fits)
        self.highest = np.maximum(self.highest, fits)


def auditor(frame: Cross, shown: Mapping[Cell, int | None]) -> Auditor:
    """Set the attack up from what is published alone; ``frame`` gives categories, not counts."""
    cells = list(shown)
    inside = np.array([frame.within(cell) for cell in cells])
    empty = np.array([shown[cell] == 0 for cell in cells])
    possible = ~inside[empty].any(axis=0)
    unseen = np.full(len(cells), math.inf)
    return Auditor(
        cells=cells,
        shown=[shown[cell] for cell in cells],
        parts=csr_array(inside[:, possible].astype(float)),
        lowest=unseen,
        highest=-unseen,
    )


def suppressed_bounds(
    frame: Cross, shown: Mapping[Cell, int | None]
) -> dict[Cell, tuple[float, float]]:
    """The exact bounds of every suppressed cell (None in ``shown``): two programmes each."""
    audit = auditor(frame, shown)
    hidden = [i for i, count in enumerate(audit.shown) if count is None]
    return {audit.cells[i]: audit.bounds(i)[:2] for i in hidden}


def recoverable(
    frame: Cross, shown: Mapping[Cell, int | None], *, within: float = 2
) -> dict[Cell, tuple[float, float]]:
    """The suppressed cells a reader can tell to within plus or minus ``within`` people."""
    found = suppressed_bounds(frame, shown)
    return {cell: (a, b) for cell, (a, b) in found.items() if b - a <= 2 * within + TINY}
