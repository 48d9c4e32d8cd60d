"""Models of pairs of lists by the Bayesian information criterion.

``BIC = -2 log L + p log n``, p all parameters (pairs at minus infinity too) and n the people seen:
the count that gives the published models (Silverman, Chan & Vincent 2024). Every set of pairs is
looked at for up to five lists; beyond, steps of one pair more or less from two starts.
"""

from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.poisson import Model, fit

EXHAUSTIVE = 5  # lists: 1,024 models; six have 32,768
AT_ONCE = 512


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranked:
    """M models, best first: ``pairs`` M x K, ``bic`` and ``unseen`` M (infinite: no estimate)."""

    pairs: Bools
    bic: Floats
    unseen: Floats

    @property
    def weight(self) -> Floats:
        """Return the share of each model, exp(-BIC / 2) made to sum to 1."""
        weight: Floats = np.exp((self.bic.min() - self.bic) / 2)
        return weight / weight.sum()

    def best(self, many: int) -> "Ranked":
        """Return the best ``many``."""
        return Ranked(pairs=self.pairs[:many], bic=self.bic[:many], unseen=self.unseen[:many])


def search(design: Design, counts: Floats) -> Ranked:
    """Return the models that have one finite estimate, ranked by BIC; maybe none."""
    if len(design.lists) <= EXHAUSTIVE:
        many = len(design.pairs)
        every = (np.arange(2**many)[:, None] >> np.arange(many)) & 1 == 1
        return _ranked(every, *measured(design, counts, every))
    return _guided(design, counts)


def measured(design: Design, counts: Floats, pairs: Bools) -> tuple[Floats, Floats]:
    """Return BIC and people on no list of each model in ``pairs`` (M x K) for one table."""
    bic, unseen = np.full(len(pairs), np.inf), np.full(len(pairs), np.inf)
    for at in range(0, len(pairs), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        rows = np.repeat(counts[None], len(pairs[part]), axis=0)
        bic[part], unseen[part] = of_rows(design, rows, pairs[part])
    return bic, unseen


def of_rows(design: Design, counts: Floats, pairs: Bools) -> tuple[Floats, Floats]:
    """Return BIC and people on no list of row b's model for row b's counts (both B)."""
    bic, unseen = np.full(len(pairs), np.inf), np.full(len(pairs), np.inf)
    good = np.flatnonzero(exists(design, counts, Model(pairs=pairs)))
    if not len(good):
        return bic, unseen
    fitted = fit(design, counts[good], Model(pairs=pairs[good]))
    terms = 1 + len(design.lists) + pairs[good].sum(axis=1)
    bic[good] = -2 * fitted.likelihood + terms * np.log(counts[good].sum(axis=1))
    bic[good[~fitted.settled]] = np.inf
    unseen[good] = np.where(fitted.settled, fitted.unseen, np.inf)
    return bic, unseen


def _ranked(pairs: Bools, bic: Floats, unseen: Floats) -> Ranked:
    order = np.lexsort((np.arange(len(bic)), np.round(bic, 9)))
    order = order[np.isfinite(bic[order])]
    return Ranked(pairs=pairs[order], bic=bic[order], unseen=unseen[order])


def _guided(design: Design, counts: Floats) -> Ranked:
    """Go downhill by one pair at a time, from independence and from the stepwise choice."""
    stepwise = choose(design, counts[None], pairs=True).pairs[0]
    met: dict[bytes, tuple[Bools, float, float]] = {}
    for start in (np.zeros(len(design.pairs), dtype=bool), stepwise):
        here = start
        while True:
            near = here ^ np.vstack([np.zeros(len(here), bool), np.eye(len(here), dtype=bool)])
            fresh = np.array([pairs for pairs in near if pairs.tobytes() not in met])
            if len(fresh):
                for pairs, b, u in zip(fresh, *measured(design, counts, fresh), strict=True):
                    met[pairs.tobytes()] = (pairs, float(b), float(u))
            best = min(near, key=lambda pairs: met[pairs.tobytes()][1])
            if not met[best.tobytes()][1] < met[here.tobytes()][1]:
                break
            here = best
    pairs, bic, unseen = (np.array(part) for part in zip(*met.values(), strict=True))
    return _ranked(pairs, bic, unseen)
