"""Pairs chosen anew in each draw, so that an interval holds what choosing them adds.

A draw from the model of every pair is what the data might have said. The rule that chose pairs
from the data is applied to it, and the pairs it does not keep are taken out as the data's were:
the constant moves to where a quadratic log posterior has it once they are 0 (least squares
approximation: Wang & Leng 2007, JASA 102: 1039-1048; a draw of the large model carried over to the
smaller: Goutis & Robert 1998, Biometrika 85: 29-37). Sampling is counted once, by the draws; a
bootstrap of tables each with a posterior of its own would count it twice.
"""

from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Bools, Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Anew:
    """``kept``: C x M x K, the pairs each draw keeps; ``constant``: C x M, b0 with those alone."""

    kept: Bools
    constant: Floats

    def other(self, pairs: Bools) -> float:
        """Return the share of draws that keep other pairs than ``pairs`` (K)."""
        return float((self.kept != pairs).any(axis=2).mean())


def chosen_anew(drawn: Floats, first_pair: int, threshold: float) -> Anew:
    """Choose the pairs of each of C x M x p draws of the model with every pair.

    A pair is kept where it is more than ``threshold`` posterior standard deviations from 0;
    columns from ``first_pair`` on are the K pairs, the first is the constant.
    """
    flat = drawn.reshape(-1, drawn.shape[2])
    spread = np.cov(flat.T)
    error = np.sqrt(np.diag(spread)[first_pair:])
    kept = np.abs(flat[:, first_pair:]) > threshold * error
    constant = flat[:, 0].copy()
    sets, which = np.unique(kept, axis=0, return_inverse=True)
    for number, some in enumerate(sets):
        rows, gone = np.flatnonzero(which == number), first_pair + np.flatnonzero(~some)
        pull = np.linalg.solve(spread[np.ix_(gone, gone)], spread[gone, 0])
        constant[rows] -= flat[np.ix_(rows, gone)] @ pull
    shape = drawn.shape[:2]
    return Anew(kept=kept.reshape(*shape, -1), constant=constant.reshape(shape))
