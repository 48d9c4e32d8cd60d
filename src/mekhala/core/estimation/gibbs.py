"""Gibbs steps over partitions of one block: each record in turn leaves its person and is placed.

A record joins a person with weight the product of its odds with that person's records, or becomes
a person of its own with weight 1. Compiled: some blocks hold hundreds of records.
"""

import numpy as np
from numba import njit

BURN = 100  # rounds over all records before the first draw
BETWEEN = 5  # rounds between two draws


@njit(cache=True)
def place_records(log_odds, start, chances, draws):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Return ``draws`` rows of labels 0..n-1 of people, one for each of the n records.

    ``log_odds`` is n x n, ``start`` the labels to begin with, ``chances`` uniform draws, one row
    of n for each of the BURN + draws * BETWEEN rounds.
    """
    many = len(start)
    label = start.copy()
    size = np.zeros(many, np.int64)
    for i in range(many):
        size[label[i]] += 1
    weight = np.zeros(many)
    kept = np.zeros((draws, many), np.intp)
    for r in range(len(chances)):
        for i in range(many):
            size[label[i]] -= 1
            _weigh(log_odds[i], i, label, size, weight)
            label[i] = _placed(weight, chances[r, i])
            size[label[i]] += 1
        if r >= BURN and (r - BURN) % BETWEEN == BETWEEN - 1:
            kept[(r - BURN) // BETWEEN] = label
    return kept


@njit(cache=True)
def _weigh(log_odds, i, label, size, weight):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Log weight of every label for record ``i``: people there are, and the first empty label."""
    weight[:] = 0.0
    for j in range(len(label)):
        if j != i:
            weight[label[j]] += log_odds[j]
    met = False
    for k in range(len(label)):
        if size[k] == 0:
            weight[k] = -np.inf if met else 0.0
            met = True


@njit(cache=True)
def _placed(weight, chance):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """The label at which the weights, summed, pass ``chance`` of their sum."""
    part = np.exp(weight - weight.max())
    left, last = chance * part.sum(), 0
    for k in range(len(part)):
        if part[k] > 0:
            left -= part[k]
            last = k
            if left <= 0:
                break
    return last
