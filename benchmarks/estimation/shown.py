"""Whether a world's dependent pair can be seen in its tables at all: the power of a Poisson test.

The methods that choose pairs take for granted that a pair which shows no clear dependence has none.
In a world whose pair does depend and seldom shows it, that is not true.
"""

from functools import cache

import numpy as np
from scipy.stats import poisson

from benchmarks.estimation.worlds import World, table_of
from mekhala.core.estimation.choice import TAIL
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.poisson import Model, fit

CLEAR = 0.9  # of the tables show the pair


@cache
def shows(world: World) -> float:
    """Return how often the overlap of A and B lies beyond ``TAIL`` of what independence expects.

    Expected are the means of an independent model fitted to the means of the world.
    """
    expected, meant = _of_the_pair(world)
    many = np.arange(int(poisson.isf(1e-9, max(expected, meant))) + 2)
    if meant > expected:
        beyond = many[poisson.sf(many - 1, expected) < TAIL]
        return float(poisson.sf(beyond[0] - 1, meant))
    beyond = many[poisson.cdf(many, expected) < TAIL]
    return float(poisson.cdf(beyond[-1], meant)) if len(beyond) else 0.0


def _of_the_pair(world: World) -> tuple[float, float]:
    """Return the mean overlap of the first two lists under independence, and in the world."""
    design, _ = design_for(table_of(np.ones(2**world.lists, dtype=np.int64)))
    mean = (world.people * world.chances())[design.places][None]
    alone = fit(design, mean, Model(pairs=np.zeros((1, len(design.pairs)), dtype=bool)))
    both = design.in_pair[:, 0] == 1
    return float(alone.mu[0, both].sum()), float(mean[0, both].sum())
