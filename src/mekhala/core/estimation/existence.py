"""Whether a model has one finite estimate for the people on no list.

Two questions (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021): is the estimate
unique (the cells that stay tell the parameters apart: rank), and does it exist (the
sufficient statistics lie inside their cone, not on its border: a linear programme). Both
depend only on which cells hold anybody. Full rank over the cells that hold somebody
answers both at once, and is tried first because it is cheap.
"""

import numpy as np
from scipy.optimize import linprog

from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.poisson import Model, information

Known = dict[bytes, bool]
INSIDE = 1e-7


def exists(design: Design, counts: Floats, model: Model, known: Known) -> Bools:
    """For each row of ``counts`` (B x W), whether its model has one finite estimate.

    ``known`` keeps the answers of linear programmes already solved, by cells and model.
    """
    alive, columns = model.alive(design, counts), model.columns(design, counts)
    held = (counts > 0) & alive
    gram = information(design, held.astype(float), columns)
    sure: Bools = np.linalg.eigvalsh(gram)[:, 0] > INSIDE
    for b in np.flatnonzero(~sure):
        key = np.packbits(np.concatenate([held[b], alive[b], columns[b]])).tobytes()
        if key not in known:
            known[key] = _inside(design.x[alive[b]][:, columns[b]], held[b][alive[b]])
        sure[b] = known[key]
    return sure


def _inside(x: Floats, held: Bools) -> bool:
    """Unique (full column rank) and inside the cone: some all-positive table has the same margins.

    Maximise s with ``x' z = x' held``, every ``z_w >= s`` and ``s <= 1``; it exists if s > 0.
    """
    cells, p = x.shape
    if cells < p or np.linalg.matrix_rank(x) < p:
        return False
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
