"""Many Poisson log-linear fits at once, by Newton's method, with pairs at minus infinity.

One replicate is one vector of counts with its own model. A pair of lists that share nobody
has its maximum likelihood estimate at minus infinity: its cells leave the table and its
column leaves the model, and so it is with a list that nobody is on (the extended estimate
of Fienberg & Rinaldo 2012, as used for sparse lists by Chan, Silverman & Vincent 2021). The
arithmetic is compiled and lies in ``kernels``.
"""

from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Bools, Design, Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """Which pairs each of B replicates has in its model: ``pairs`` is B x K of truth values."""

    pairs: Bools

    def chosen(self, design: Design) -> Bools:
        """B x p: the columns of the model, finite or not."""
        always = np.ones((len(self.pairs), design.first_pair), dtype=bool)
        return np.concatenate([always, self.pairs], axis=1)

    def alive(self, design: Design, counts: Floats) -> Bools:
        """B x W: the cells that stay, on no empty list and in no chosen pair without overlap."""
        apart = self.chosen(design) & (counts @ design.x == 0)
        stay: Bools = apart.astype(float) @ design.x.T == 0
        return stay

    def columns(self, design: Design, counts: Floats) -> Bools:
        """B x p: the columns with a finite parameter."""
        finite: Bools = self.chosen(design) & (counts @ design.x > 0)
        return finite


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """Fitted replicates: ``beta`` is B x p, ``mu`` B x W (0 in cells that left), ``settled`` B.

    ``likelihood`` (B) is its logarithm, without the factorials of the data.
    """

    beta: Floats
    mu: Floats
    likelihood: Floats
    settled: Bools

    @property
    def unseen(self) -> Floats:
        """Expected people on no list, one for each replicate."""
        from mekhala.core.estimation.kernels import HIGHEST

        unseen: Floats = np.exp(np.minimum(self.beta[:, 0], HIGHEST))
        return unseen


def fit(design: Design, counts: Floats, model: Model, start: Floats | None = None) -> Fit:
    """Fit each row of ``counts`` (B x W) by its model; ``start`` (B x p) warms the search up.

    The caller has checked that a finite estimate exists (``existence.exists``); a replicate
    that does not settle says so in ``settled``.
    """
    from mekhala.core.estimation.kernels import fit_rows

    beta = np.zeros((len(counts), design.x.shape[1])) if start is None else start.copy()
    mu = np.zeros((len(counts), len(design.cells)))
    likelihood, settled = fit_rows(
        design.cube(counts), design.cells, design.masks, model.chosen(design), beta, mu,
        start is not None,
    )  # fmt: skip
    return Fit(beta=beta, mu=mu[:, design.places], likelihood=likelihood, settled=settled)


def information(design: Design, mu: Floats, columns: Bools) -> Floats:
    """B x p x p Fisher information; columns outside the model stand alone with a 1."""
    joined: Floats = (mu[:, None, :] * design.x.T) @ design.x
    joined *= columns[:, :, None] & columns[:, None, :]
    places = range(design.x.shape[1])
    joined[:, places, places] += ~columns
    return joined
