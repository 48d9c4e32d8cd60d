"""Draws that stand for an estimate and its interval, whatever method they came from."""

import math
from statistics import NormalDist

import numpy as np

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.estimate import Estimate


def draws_of(found: Estimate, many: int, seed: int) -> Floats:
    """Return ``many`` numbers of people in all, infinite where there is no number.

    The people on no list are normal on the log scale, each half as wide as its end of the interval
    says; an end that is not finite makes that half infinite, one at the people seen makes it them.
    """
    if found.estimate is None:
        return np.full(many, np.inf)
    missed = found.estimate - found.observed
    if missed <= 0:
        return np.full(many, float(found.observed))
    away = [math.inf if end is None else end - found.observed for end in (found.low, found.high)]
    z = NormalDist().inv_cdf((1 + found.level) / 2)
    below, above = (abs(math.log(max(end, 1e-9) / missed)) / z for end in away)
    side = np.random.default_rng([seed, 1]).standard_normal(many)
    drawn: Floats = found.observed + missed * np.exp(side * np.where(side < 0, below, above))
    return drawn
