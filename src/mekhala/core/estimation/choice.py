"""Fitting many replicates, with or without a forward choice of pairs.

The choice follows Chan, Silverman & Vincent (2021): begin with independent lists; under
the current model the people on both lists of a pair are Poisson with the fitted mean; take
the pair whose seen number lies furthest out in a tail, while that tail is below 0.02 and
the larger model still has one finite estimate; stop when no pair is left. The steps are
compiled (``kernels``); existence in doubt is settled here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.existence import one_exists
from mekhala.core.estimation.poisson import Model

Progress = Callable[[int, int], None]
TAIL = 0.02
AT_ONCE = 250  # replicates between two reports of progress


@dataclass(frozen=True, kw_only=True, eq=False)
class Chosen:
    """B replicates: their pairs (B x K), people on no list (B, infinite where none is finite)."""

    pairs: Bools
    unseen: Floats


def choose(
    design: Design,
    counts: Floats,
    *,
    pairs: bool,
    progress: Progress | None = None,
) -> Chosen:
    """Fit each row of ``counts`` (B x W); with ``pairs`` choose the model anew for each row.

    ``progress`` is called with the rows done and the rows in all.
    """
    parts = []
    for at in range(0, len(counts), AT_ONCE):
        parts.append(_choose(design, counts[at : at + AT_ONCE], pairs))
        if progress:
            progress(min(at + AT_ONCE, len(counts)), len(counts))
    return Chosen(
        pairs=np.concatenate([part.pairs for part in parts]),
        unseen=np.concatenate([part.unseen for part in parts]),
    )


def _choose(design: Design, counts: Floats, pairs: bool) -> Chosen:
    """Advance all rows, answer what they ask about existence, and so on until none asks."""
    from mekhala.core.estimation.kernels import DONE, START, advance

    many = len(counts)
    chosen = Model(pairs=np.zeros((many, len(design.pairs)), dtype=bool)).chosen(design)
    refused = np.zeros_like(chosen)
    beta, unseen = np.zeros(chosen.shape), np.full(many, np.inf)
    asked, yes = np.full(many, START), np.zeros(many, dtype=bool)
    cube, bound = design.cube(counts), math.log(TAIL) if pairs else -math.inf
    while (asked != DONE).any():
        advance(cube, design.cells, design.masks, chosen, refused, beta, unseen, asked, yes, bound)
        for b in np.flatnonzero(asked != DONE):
            larger = chosen[b].copy()
            larger[max(asked[b], 0)] = True
            yes[b] = one_exists(design, counts[b], larger)
    return Chosen(pairs=chosen[:, design.first_pair :], unseen=unseen)
