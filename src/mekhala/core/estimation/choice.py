"""Fitting many replicates, with or without a forward choice of pairs.

The choice follows Chan, Silverman & Vincent (2021): begin with independent lists; under
the current model the people on both lists of a pair are Poisson with the fitted mean; take
the pair whose seen number lies furthest out in a tail, while that tail is below 0.02 and
the larger model still has one finite estimate; stop when no pair is left.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincc

from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.existence import Known, exists
from mekhala.core.estimation.poisson import Fit, Model, fit

Progress = Callable[[int, int], None]
TAIL = 0.02
AT_ONCE = 250  # replicates fitted together: bounds memory at some tens of megabytes


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
    known: Known | None = None,
    progress: Progress | None = None,
) -> Chosen:
    """Fit each row of ``counts`` (B x W); with ``pairs`` choose the model anew for each row.

    ``progress`` is called with the rows done and the rows in all.
    """
    known = {} if known is None else known
    parts = []
    for at in range(0, len(counts), AT_ONCE):
        parts.append(_choose(design, counts[at : at + AT_ONCE], pairs, known))
        if progress:
            progress(min(at + AT_ONCE, len(counts)), len(counts))
    return Chosen(
        pairs=np.concatenate([part.pairs for part in parts]),
        unseen=np.concatenate([part.unseen for part in parts]),
    )


def _choose(design: Design, counts: Floats, pairs: bool, known: Known) -> Chosen:
    """As ``choose``, for a few hundred replicates at once."""
    chosen = np.zeros((len(counts), len(design.pairs)), dtype=bool)
    unseen = np.full(len(counts), np.inf)
    finite = np.flatnonzero(exists(design, counts, Model(pairs=chosen), known))
    if not len(finite):
        return Chosen(pairs=chosen, unseen=unseen)
    fitted = fit(design, counts[finite], Model(pairs=chosen[finite]))
    unseen[finite] = np.where(fitted.settled, fitted.unseen, np.inf)
    open_, start = finite, fitted
    while pairs and len(open_):
        added = _next_pair(design, counts[open_], chosen[open_], start, known)
        growing = np.flatnonzero(added >= 0)
        open_ = open_[growing]
        if not len(open_):
            break
        chosen[open_, added[growing]] = True
        start = fit(design, counts[open_], Model(pairs=chosen[open_]), start.beta[growing])
        unseen[open_] = np.where(start.settled, start.unseen, np.inf)
    return Chosen(pairs=chosen, unseen=unseen)


def _next_pair(
    design: Design, counts: Floats, chosen: Bools, fitted: Fit, known: Known
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """For each replicate the pair to add, or -1."""
    tails = np.where(chosen, 1.0, pair_tails(design, counts, fitted.mu))
    added = np.full(len(counts), -1)
    undecided = np.arange(len(counts))
    while True:
        undecided = undecided[tails[undecided].min(axis=1) < TAIL]
        if not len(undecided):
            return added
        best = tails[undecided].argmin(axis=1)
        larger = chosen[undecided].copy()
        larger[np.arange(len(undecided)), best] = True
        good = exists(design, counts[undecided], Model(pairs=larger), known)
        added[undecided[good]] = best[good]
        tails[undecided[~good], best[~good]] = 1.0
        undecided = undecided[~good]


def pair_tails(design: Design, counts: Floats, mu: Floats) -> Floats:
    """B x K: chance, under the fitted means, of an overlap at least as far out as the one seen."""
    seen, expected = counts @ design.in_pair, np.maximum(mu @ design.in_pair, 1e-300)
    above = gammainc(np.maximum(seen, 1), expected)
    below = gammaincc(seen + 1, expected)
    # Rounded, so that true ties are ties and the order of the list names decides them.
    tails: Floats = np.round(np.log(np.maximum(np.where(seen > expected, above, below), 1e-300)), 9)
    return np.exp(tails)
