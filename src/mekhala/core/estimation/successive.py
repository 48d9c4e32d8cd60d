"""Successive sampling: how likely each person was to be in the sample, by degree.

People are taken one after another, each time with chances in proportion to degree among those
not yet taken (Gile 2011). Of N_k people of degree k about N_k (1 - exp(-k t)) are then taken
(Rosen 1972), and Gile's iteration, which sets N_k to those seen over their chance, rests where
sum n_k / (1 - exp(-k t)) = N. That one equation is solved here instead of by simulation.
"""

import numpy as np

from mekhala.core.estimation.recruitment import Floats

HALVINGS = 80


def inclusion(degrees: Floats, counts: Floats, population: float) -> Floats:
    """Return the chance of being taken, 0 to 1, for people of each of ``degrees``.

    ``degrees``: K values above 0; ``counts``: people seen with each, of shape (…, K), at least
    one in each row; ``population``: people in all, at least as many as seen. Shape (…, K).
    """
    seen = counts.sum(axis=-1)
    if np.any(seen >= population * (1 - 1e-9)):
        return np.ones_like(counts)
    low, high = np.full(seen.shape, -60.0), np.full(seen.shape, 60.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        taken = -np.expm1(-degrees * np.exp(middle)[..., None])
        too_many = (counts / taken).sum(axis=-1) > population
        low, high = np.where(too_many, middle, low), np.where(too_many, high, middle)
    chances: Floats = -np.expm1(-degrees * np.exp((low + high) / 2)[..., None])
    return chances
