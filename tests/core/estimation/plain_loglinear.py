"""The same fits and choices as the product's compiled ones, written to be read and not to be fast.

One table at a time, matrices of cells by columns, existence always by linear programme, tails from
SciPy's Poisson distribution. Tests compare the two.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.stats import poisson


def finite_part(design, counts, pairs):
    """The rows that stay and the columns with a finite parameter, for one choice of pairs."""
    chosen = np.concatenate([np.ones(design.first_pair, dtype=bool), pairs])
    seen = counts @ design.x > 0
    rows = design.x[:, chosen & ~seen].sum(axis=1) == 0
    return rows, chosen & seen


def exists(design, counts, pairs):
    """Full column rank, and some table without empty cells has the same margins."""
    rows, columns = finite_part(design, counts, pairs)
    x, y = design.x[rows][:, columns], counts[rows]
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return False
    cells, p = x.shape
    found = linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]), b_ub=np.zeros(cells),
        A_eq=np.hstack([x.T, np.zeros((p, 1))]), b_eq=x.T @ (y > 0).astype(float),
        bounds=[(0, None)] * cells + [(0, 1)],
    )  # fmt: skip
    return -found.fun > 1e-7


def fit(design, counts, pairs):
    """Newton's method with halving; returns all W means and the people on no list."""
    rows, columns = finite_part(design, counts, pairs)
    x, y = design.x[rows][:, columns], counts[rows]
    beta = np.linalg.lstsq(x * np.sqrt(y + 0.5)[:, None], np.log(y + 0.5) * np.sqrt(y + 0.5))[0]

    def value(b):
        return y @ (x @ b) - np.exp(x @ b).sum()

    for _ in range(200):
        mu = np.exp(x @ beta)
        step = np.linalg.solve(x.T @ (mu[:, None] * x), x.T @ (y - mu))
        size = 1.0
        while value(beta + size * step) < value(beta) - 1e-12 * abs(value(beta)) and size > 1e-9:
            size /= 2
        beta = beta + size * step
        if np.abs(step).max() < 1e-11:
            break
    means = np.zeros(len(counts))
    means[rows] = np.exp(x @ beta)
    return means, float(np.exp(beta[0]))


def choose(design, counts):
    """The forward choice of Chan, Silverman & Vincent (2021) for one table."""
    pairs = np.zeros(len(design.pairs), dtype=bool)
    if not exists(design, counts, pairs):
        return pairs, np.inf
    while True:
        means, unseen = fit(design, counts, pairs)
        for k in _furthest_first(design, counts, pairs, means):
            larger = pairs.copy()
            larger[k] = True
            if exists(design, counts, larger):
                pairs = larger
                break
        else:
            return pairs, unseen


def _furthest_first(design, counts, pairs, means):
    seen, expected = counts @ design.in_pair, means @ design.in_pair
    expected = np.maximum(expected, 1e-300)
    tails = np.where(
        seen > expected, poisson.logsf(seen - 1, expected), poisson.logcdf(seen, expected)
    ).round(9)
    order = np.argsort(tails, kind="stable")
    return [k for k in order if tails[k] < np.log(0.02) and not pairs[k]]


def bic(design, counts, pairs):
    """-2 log L + p log n, every parameter counted; infinite without an estimate."""
    if not exists(design, counts, pairs):
        return np.inf, np.inf
    means, unseen = fit(design, counts, pairs)
    held = counts > 0
    likelihood = (counts[held] * np.log(means[held])).sum() - means.sum()
    return -2 * likelihood + (design.first_pair + pairs.sum()) * np.log(counts.sum()), unseen
