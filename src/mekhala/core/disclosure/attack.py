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
from scipy.optimize import linprog
from scipy.sparse import csr_array

from mekhala.core.disclosure.tables import Cell, Cross

TINY = 1e-6


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The attacker's programme: ``parts`` as of ``possible_parts``, and what cells show."""

    cells: list[Cell]
    shown: list[int | None]
    parts: Any = field(repr=False)  # a sparse array; the stubs of linprog know only dense ones

    def furthest(self, at: int, sign: float) -> float:
        """Push cell ``at`` down (1) or up (-1) as far as everything shown lets it go."""
        known = [i for i, n in enumerate(self.shown) if n is not None and n > 0]
        hidden = [i for i, n in enumerate(self.shown) if n is None]
        programme: Any = {
            "c": sign * self.parts[[at]].toarray().ravel(),
            "A_ub": -self.parts[hidden],
            "b_ub": -np.ones(len(hidden)),
            "A_eq": self.parts[known] if known else None,
            "b_eq": np.array([float(self.shown[i] or 0) for i in known]) if known else None,
        }
        answer = linprog(**programme, bounds=(0, None), method="highs")
        if answer.status == 4:  # presolve cannot tell unbounded from impossible
            programme["options"] = {"presolve": False}
            answer = linprog(**programme, bounds=(0, None), method="highs")
        if answer.status == 3:  # nothing shown holds it
            return math.inf
        if answer.fun is None:
            raise ArithmeticError(f"the bounds of a cell were not found: {answer.message}")
        return float(sign * answer.fun)


def possible_parts(frame: Cross, shown: Mapping[Cell, int | None]) -> Any:
    """Cells x combinations, 1 where a published cell counts a combination, as a sparse array.

    Combinations that a shown zero rules out are left out.
    """
    inside = np.array([frame.within(cell) for cell in shown])
    empty = np.array([count == 0 for count in shown.values()])
    return csr_array(inside[:, ~inside[empty].any(axis=0)].astype(float))


def suppressed_bounds(
    frame: Cross, shown: Mapping[Cell, int | None]
) -> dict[Cell, tuple[float, float]]:
    """The bounds of every suppressed cell (None in ``shown``): two programmes each.

    ``frame`` gives the categories; its counts are not looked at.
    """
    parts = possible_parts(frame, shown)
    audit = Audit(cells=list(shown), shown=list(shown.values()), parts=parts)
    hidden = [i for i, count in enumerate(audit.shown) if count is None]
    return {audit.cells[i]: (audit.furthest(i, 1.0), audit.furthest(i, -1.0)) for i in hidden}


def recoverable(
    frame: Cross, shown: Mapping[Cell, int | None], *, within: float = 2
) -> dict[Cell, tuple[float, float]]:
    """The suppressed cells a reader can tell to within plus or minus ``within`` people."""
    found = suppressed_bounds(frame, shown)
    return {cell: (a, b) for cell, (a, b) in found.items() if b - a <= 2 * within + TINY}
