"""Whether people are met more often than they would be if all were as easy to find.

Where some people are easier to find than others on every list, more are on three lists or more
than those on one or two foretell: what is beyond is the sign of Chao's lower-bound model (Rivest &
Baillargeon 2007, Biometrics 63: 999-1006). Pairs of lists that depend on each other hardly show it.
No sign of it is no proof: few people met three times can show nothing. ``would_show`` says what
would.
"""

import math
from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.chao import once_or_twice
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.poisson import Model, fit, information
from mekhala.core.estimation.tables import OverlapTable


@dataclass(frozen=True, kw_only=True)
class Alike:
    """People on three lists or more: ``found``, and ``foretold`` if all were as easy to find.

    ``beyond``: how many standard errors more were found than foretold.
    """

    found: int
    foretold: float
    beyond: float


def met_often(table: OverlapTable) -> Alike | None:
    """Compare people on three lists or more with those that people on one or two foretell.

    Independence is fitted to the latter; the error is Poisson with that of the fit. None where
    there are fewer than three lists or no fit.
    """
    design, counts = design_for(table)
    often = design.on_list.sum(axis=1) > 2
    if not often.any():
        return None
    smaller, few = once_or_twice(design, counts)
    model = Model(pairs=np.zeros((1, len(design.pairs)), dtype=bool))
    if not exists(smaller, few[None], model)[0]:
        return None
    fitted = fit(smaller, few[None], model)
    columns = model.columns(smaller, few[None])
    spread = np.linalg.inv(information(smaller, fitted.mu, columns)[0])
    x = design.x[often] * columns[0]
    mu = np.exp(x @ fitted.beta[0])
    error = math.sqrt(mu.sum() + (mu @ x) @ spread @ (mu @ x))
    found, foretold = counts[often].sum(), float(mu.sum())
    return Alike(found=int(found), foretold=foretold, beyond=float(found - foretold) / error)


def would_show(table: OverlapTable, times: float) -> float | None:
    """Return by how many standard errors such a difference between people would show on average.

    Such a one that the number of independence is ``times`` (above 1) too low. People who differ
    raise the mean of those on k lists by about d k(k - 1) / 2 on the log (Darroch, Fienberg, Glonek
    & Junker 1993, JASA 88: 1137-1148); what d does to the constant and to Rao's score for it is
    read off the information at independence. None where independence has no finite estimate.
    """
    design, counts = design_for(table)
    model = Model(pairs=np.zeros((1, len(design.pairs)), dtype=bool))
    if not exists(design, counts[None], model)[0]:
        return None
    fitted = fit(design, counts[None], model)
    x = design.x[:, model.columns(design, counts[None])[0]]
    pull, weight = _of_difference(design, x, fitted.mu[0])
    unseen = float(fitted.unseen[0])
    hidden = math.log1p((times - 1) * (counts.sum() + unseen) / unseen)
    return hidden * math.sqrt(weight) / pull if pull > 0 else 0.0


def _of_difference(design: Design, x: Floats, mu: Floats) -> tuple[float, float]:
    """By how much d lowers the constant (its column is first), and the information on d itself."""
    lists = design.on_list.sum(axis=1)
    shape = lists * (lists - 1) / 2
    joint = (shape * mu) @ x
    moved = np.linalg.solve((x.T * mu) @ x, joint)
    return -float(moved[0]), max(float((shape**2) @ mu - joint @ moved), 0.0)
