"""Many Poisson log-linear fits at once, by Newton's method, with pairs at minus infinity.

One replicate is one vector of counts with its own model. A pair of lists that share nobody
has its maximum likelihood estimate at minus infinity: its cells leave the table and its
column leaves the model, and so it is with a list that nobody is on (the extended estimate
of Fienberg & Rinaldo 2012, as used for sparse lists by Chan, Silverman & Vincent 2021). The
likelihood is concave, so a step that lowers it is halved.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from mekhala.core.estimation.design import Bools, Design, Floats

ROUNDS = 60
HALVINGS = 12
CLOSE = 1e-11  # the Newton decrement, relative to the number of people
HIGHEST = 60.0  # beyond exp(60) people an estimate is infinite for every purpose


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """Which pairs each of B replicates has in its model: ``pairs`` is B x K of truth values."""

    pairs: Bools

    def alive(self, design: Design, counts: Floats) -> Bools:
        """B x W: the cells that stay, on no empty list and in no chosen pair without overlap."""
        apart = self.pairs & (counts @ design.in_pair == 0)
        left = apart.astype(float) @ design.in_pair.T
        left += (counts @ design.on_list == 0).astype(float) @ design.on_list.T
        stay: Bools = left == 0
        return stay

    def columns(self, design: Design, counts: Floats) -> Bools:
        """B x p: the columns with a finite parameter."""
        finite = self.pairs & (counts @ design.in_pair > 0)
        constant = np.ones((len(counts), 1), dtype=bool)
        return np.concatenate([constant, counts @ design.on_list > 0, finite], axis=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """Fitted replicates: ``beta`` is B x p, ``mu`` B x W (0 in cells that left), ``settled`` B."""

    beta: Floats
    mu: Floats
    settled: Bools

    @property
    def unseen(self) -> Floats:
        """Expected people on no list, one for each replicate."""
        unseen: Floats = np.exp(np.minimum(self.beta[:, 0], HIGHEST))
        return unseen


def fit(design: Design, counts: Floats, model: Model, start: Floats | None = None) -> Fit:
    """Fit each row of ``counts`` (B x W) by its model; ``start`` (B x p) warms the search up.

    The caller has checked that a finite estimate exists (``existence.exists``); a replicate
    that does not settle says so in ``settled``.
    """
    alive, columns = model.alive(design, counts), model.columns(design, counts)
    beta = _first_guess(design, counts, alive, columns) if start is None else start * columns
    value = _likelihood(design, counts, alive, beta)
    settled = np.zeros(len(counts), dtype=bool)
    for _ in range(ROUNDS):
        open_ = np.flatnonzero(~settled)
        if not len(open_):
            break
        step, decrement = _newton(design, counts[open_], alive[open_], columns[open_], beta[open_])
        settled[open_] = decrement <= CLOSE * (1 + counts[open_].sum(axis=1))
        beta[open_], value[open_] = _climb(
            design, counts[open_], alive[open_], beta=beta[open_], step=step, value=value[open_]
        )
    return Fit(beta=beta, mu=_means(design, alive, beta), settled=settled)


def information(design: Design, mu: Floats, columns: Bools) -> Floats:
    """B x p x p Fisher information; columns outside the model stand alone with a 1."""
    p = design.x.shape[1]
    joined = (mu @ design.products).reshape(-1, p, p)
    joined *= columns[:, :, None] & columns[:, None, :]
    joined[:, range(p), range(p)] += ~columns
    return joined


def _means(design: Design, alive: Bools, beta: Floats) -> Floats:
    means: Floats = np.exp(np.clip(beta @ design.x.T, -700, HIGHEST)) * alive
    return means


def _likelihood(design: Design, counts: Floats, alive: Bools, beta: Floats) -> Floats:
    """B Poisson log-likelihoods, without the factorials of the data."""
    mu = _means(design, alive, beta)
    total: Floats = (xlogy(counts, np.where(alive, mu, 1.0)) - mu).sum(axis=1)
    return total


def _first_guess(design: Design, counts: Floats, alive: Bools, columns: Bools) -> Floats:
    """Weighted least squares on log(count + 1/2)."""
    weight = (counts + 0.5) * alive
    joined = information(design, weight, columns)
    right = (weight * np.log(counts + 0.5)) @ design.x * columns
    guess: Floats = np.linalg.solve(joined + 1e-9 * np.eye(joined.shape[1]), right[..., None])[
        ..., 0
    ]
    return guess


def _newton(
    design: Design, counts: Floats, alive: Bools, columns: Bools, beta: Floats
) -> tuple[Floats, Floats]:
    """The Newton step and how much it promises to gain."""
    mu = _means(design, alive, beta)
    slope = (counts - mu) @ design.x * columns
    joined = information(design, mu, columns) + 1e-12 * np.eye(design.x.shape[1])
    step = np.linalg.solve(joined, slope[..., None])[..., 0]
    return step, np.abs((step * slope).sum(axis=1))


def _climb(
    design: Design, counts: Floats, alive: Bools, *, beta: Floats, step: Floats, value: Floats
) -> tuple[Floats, Floats]:
    """Take the step, halving it for the replicates it would lead downhill."""
    size = np.ones(len(counts))
    for _ in range(HALVINGS):
        moved = beta + size[:, None] * step
        reached = _likelihood(design, counts, alive, moved)
        down = reached < value - 1e-9 * np.abs(value)
        if not down.any():
            return moved, reached
        size[down] /= 2
    moved[down], reached[down] = beta[down], value[down]
    return moved, reached
