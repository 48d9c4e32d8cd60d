"""Hierarchical log-linear models by the Bayesian information criterion.

``BIC = -2 log L + p log n``, p all parameters (those at minus infinity too) and n the people seen:
the count that gives the published models (Silverman, Chan & Vincent 2024). A model that joins three
lists joins each two of them. Every model is looked at for up to five lists; beyond, steps of one
pair (or larger set) more or less from two starts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import Bools, Design, Floats
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.poisson import Model, fit

EXHAUSTIVE = 5  # lists: 1,024 models of pairs, 6,893 with larger sets; six have 32,768 of pairs
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

    @property
    def averaged(self) -> float:
        """Return the people on no list averaged over models by exp(-BIC / 2)."""
        return float(self.weight @ self.unseen)

    def best(self, many: int) -> "Ranked":
        """Return the best ``many``."""
        return Ranked(pairs=self.pairs[:many], bic=self.bic[:many], unseen=self.unseen[:many])


def search(design: Design, counts: Floats) -> Ranked:
    """Return the models that have one finite estimate, ranked by BIC; maybe none."""
    if len(design.lists) > EXHAUSTIVE:
        return _guided(design, counts)
    every = all_models(design.pairs)
    return _ranked(every, *measured(design, counts, every))


@lru_cache(maxsize=32)
def all_models(pairs: tuple[tuple[int, ...], ...]) -> Bools:
    """Return every hierarchical model over these pairs and larger sets of lists: M x K."""
    models = np.zeros((1, len(pairs)), dtype=bool)
    for k, together in enumerate(pairs):
        with_it = models[models[:, _parts(pairs, together)].all(axis=1)]
        with_it[:, k] = True
        models = np.concatenate([models, with_it])
    models.flags.writeable = False
    return models


def _parts(pairs: tuple[tuple[int, ...], ...], together: tuple[int, ...]) -> list[int]:
    """The columns that must be in a model for ``together`` to be: its sets of one list fewer."""
    fewer = len(together) - 1
    return [j for j, p in enumerate(pairs) if len(p) == fewer and set(p) < set(together)]


def measured(design: Design, counts: Floats, pairs: Bools) -> tuple[Floats, Floats]:
    """Return BIC and people on no list of each model in ``pairs`` (M x K) for one table."""
    bic, unseen = np.full(len(pairs), np.inf), np.full(len(pairs), np.inf)
    for at in range(0, len(pairs), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        rows = np.repeat(counts[None], len(pairs[part]), axis=0)
        bic[part], unseen[part] = of_rows(design, rows, pairs[part])
    return bic, unseen


def of_rows(
    design: Design, counts: Floats, pairs: Bools, start: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return BIC and people on no list of row b's model for row b's counts (both B).

    ``start`` (B x p) warms the fits up.
    """
    bic, unseen = np.full(len(pairs), np.inf), np.full(len(pairs), np.inf)
    good = np.flatnonzero(exists(design, counts, Model(pairs=pairs)))
    if not len(good):
        return bic, unseen
    warm = None if start is None else start[good]
    fitted = fit(design, counts[good], Model(pairs=pairs[good]), warm)
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
    """Go downhill by one set of lists at a time, from independence and from the stepwise choice."""
    pairs = np.array([len(together) == 2 for together in design.pairs])
    stepwise = choose(design, counts[None], pairs=True).pairs[0] & pairs
    met: dict[bytes, tuple[Bools, float, float]] = {}
    for start in (np.zeros(len(design.pairs), dtype=bool), stepwise):
        here = start
        while True:
            near = [here, *_neighbours(design, here)]
            fresh = np.array([model for model in near if model.tobytes() not in met])
            if len(fresh):
                for model, b, u in zip(fresh, *measured(design, counts, fresh), strict=True):
                    met[model.tobytes()] = (model, float(b), float(u))
            best = min(near, key=lambda model: met[model.tobytes()][1])
            if not met[best.tobytes()][1] < met[here.tobytes()][1]:
                break
            here = best
    models, bic, unseen = (np.array(part) for part in zip(*met.values(), strict=True))
    return _ranked(models, bic, unseen)


def _neighbours(design: Design, here: Bools) -> Iterator[Bools]:
    """Models of one set of lists more or less that are still hierarchical."""
    parts = [_parts(design.pairs, together) for together in design.pairs]
    for k in range(len(here)):
        near = here.copy()
        near[k] = not near[k]
        if all(near[parts[j]].all() for j in np.flatnonzero(near)):
            yield near
