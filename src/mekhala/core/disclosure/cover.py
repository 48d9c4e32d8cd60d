"""The cheapest shown cells to suppress so that one suppressed cell can move.

For the cell in question a linear programme looks for another set of counts that fits what
stays shown, with that cell higher by the wanted width, moving shown cells as little as
possible, weighed by what their loss costs (the linear relaxation of Kelly, Golden & Assad
1992; Fischetti & Salazar 2001). Shown cells that had to move are suppressed: then both the
truth and the other counts fit, which proves the width.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, eye_array

Floats = NDArray[np.float64]
MOVED = 1e-6


def other_counts(
    parts: Any,  # sparse, cells x combinations; the stubs of linprog know only dense arrays
    true: Floats,
    hidden: NDArray[np.bool_],
    *,
    at: int,
    by: float,
    cost: Floats,
) -> Floats:
    """The counts of all cells in the cheapest fitting table with cell ``at`` higher by ``by``.

    ``true`` and ``cost`` are one for each cell; ``hidden`` cells move freely, down to 1.
    """
    combinations = parts.shape[1]
    fixed = np.flatnonzero(~hidden & (true > 0))
    move = eye_array(len(fixed))
    joined = csr_array(block_array([[parts[fixed], -move, move], [parts[[at]], None, None]]))
    free = np.flatnonzero(hidden)
    still = csr_array((len(free), 2 * len(fixed)))
    programme: Any = {
        "c": np.concatenate([np.zeros(combinations), cost[fixed], cost[fixed]]),
        "A_eq": joined,
        "b_eq": np.append(true[fixed], true[at] + by),
        "A_ub": csr_array(block_array([[-parts[free], still]])),
        "b_ub": -np.ones(len(free)),
    }
    answer = linprog(**programme, bounds=(0, None), method="highs")
    if answer.x is None:
        raise ArithmeticError(f"no other counts were found: {answer.message}")
    found: Floats = parts @ answer.x[:combinations]
    return found
