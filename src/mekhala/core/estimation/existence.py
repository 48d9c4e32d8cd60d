"""Whether a model has one finite estimate for the people on no list.

Two questions (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021): is the estimate
unique (the cells that stay tell the parameters apart: rank), and does it exist (the
sufficient statistics lie inside their cone, not on its border: a linear programme). Both
depend only on which cells hold anybody. Full rank over the cells that hold somebody
answers both at once, and is tried first because it is cheap (``kernels.plainly_unique``).
"""

from functools import lru_cache

import numpy as np

from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.poisson import Model

INSIDE = 1e-7


def exists(design: Design, counts: Floats, model: Model) -> Bools:
    """For each row of ``counts`` (B x W), whether its model has one finite estimate."""
    from mekhala.core.estimation.kernels import unique_rows

    chosen = model.chosen(design)
    found: Bools = unique_rows(design.cube(counts), design.cells, design.masks, chosen)
    for b in np.flatnonzero(~found):
        found[b] = one_exists(design, counts[b], chosen[b])
    return found


def one_exists(design: Design, counts: Floats, chosen: Bools) -> bool:
    """Whether the model with the columns ``chosen`` (p) has one finite estimate for ``counts`` (W).

    The answer depends only on which cells hold anybody, so it is kept for the next replicate.
    """
    if not counts.any():
        return False
    seen = counts @ design.x > 0
    x = design.x[(design.x @ (chosen & ~seen)) == 0][:, chosen & seen]
    held = counts[(design.x @ (chosen & ~seen)) == 0] > 0
    return _inside_of(x.astype(np.int8).tobytes(), x.shape[1], held.tobytes())


@lru_cache(maxsize=20_000)
def _inside_of(x: bytes, columns: int, held: bytes) -> bool:
    cells = np.frombuffer(x, dtype=np.int8).reshape(-1, columns).astype(float)
    return inside(cells, np.frombuffer(held, dtype=bool))


def inside(x: Floats, held: Bools) -> bool:
    """Whether the cells ``held`` leave one finite estimate for the columns of ``x`` (cells x p).

    Unique: ``x`` has full column rank. It exists unless some direction leaves the held cells as
    they are and moves the empty ones one way only. A single direction is looked at as it is; where
    there are more, a linear programme answers.
    """
    cells, p = x.shape
    if cells < p or np.linalg.matrix_rank(x) < p:
        return False
    _, size, across = np.linalg.svd(x[held], full_matrices=True)
    free = across[int((size > INSIDE).sum()) :]
    if len(free) > 1:
        return by_programme(x, held)
    moved = x[~held] @ free.T
    return len(free) == 0 or bool(moved.min() < -INSIDE and moved.max() > INSIDE)


def by_programme(x: Floats, held: Bools) -> bool:
    """Whether some all-positive table has the margins of the held cells: inside the cone.

    Maximise s with ``x' z = x' held``, every ``z_w >= s`` and ``s <= 1``; it exists if s > 0.
    """
    from scipy.optimize import linprog

    cells, p = x.shape
    margins = np.hstack([x.T, np.zeros((p, 1))])
    at_least = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    answer = linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=at_least,
        b_ub=np.zeros(cells),
        A_eq=margins,
        b_eq=x.T @ held.astype(float),
        bounds=[(0, None)] * cells + [(0, 1)],
        method="highs",
    )
    return answer.fun is not None and bool(-answer.fun > INSIDE)
