"""The posterior of the people in all, averaged over every decomposable graph (Madigan & York 1997).

For a graph g over the lists and n0 people on none, with N = n + n0,
``p(y, N | g) = N! / n0! * prod f(clique) / prod f(separator)`` up to what is the same for all, and
``f(S) = G(a_S) / G(a_S + N) * prod over cells of S of G(a + y_S) / G(a)`` under a hyper-Dirichlet
law with ``a = 2**-|S|`` in each cell and ``a_S = 1``. Every graph is as likely as any other
beforehand; the prior of N is 1/N.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, logsumexp

from mekhala.core.estimation.design import Bools, Floats
from mekhala.core.estimation.graphs import Graphs, decomposable

BLOCK = 256  # points of the grid at once: 18,154 graphs x 256 are 37 MB
POINTS = 2048  # on the fine grid
SMALL = 30.0  # graphs and points e**30 times less likely than the best are left out
FARTHEST = 1000  # times the people seen: beyond it no tail is followed


@dataclass(frozen=True, kw_only=True, eq=False)
class Posterior:
    """``missing`` is M numbers of people on no list; each stands for the ``width`` whole numbers
    that end with it, ``weight`` is their share (sums to 1). ``graphs`` are those with weight,
    ``share`` theirs; ``cut`` says that a tail was cut off.
    """

    missing: Floats
    width: Floats
    weight: Floats
    graphs: Bools
    share: Floats
    cut: bool

    def quantile(self, share: float) -> float:
        """Return the smallest number of missing people at or below which ``share`` lies."""
        ends = np.cumsum(self.weight)
        place = min(int(np.searchsorted(ends, share - 1e-12)), len(ends) - 1)
        beyond = (ends[place] - share) / self.weight[place] * self.width[place]
        return float(self.missing[place] - np.floor(max(beyond, 0.0) * (1 - 1e-9)))


def posterior(counts: Floats, lists: int, *, missing: Floats | None = None) -> Posterior:
    """Return the posterior for ``counts`` (2**t, by bit mask of lists, the first ignored).

    ``missing``: the numbers of people on no list to look at, rising; None finds where the weight
    lies and puts up to 2,048 there, closer where they are small. Under 100 MB for six lists.
    """
    graphs = decomposable(lists)
    if missing is not None:
        return _on_grid(counts, lists, graphs, missing, cut=False)
    seen = counts[1:].sum()
    far = np.unique(np.round(np.geomspace(1, FARTHEST * seen, 160))) - 1
    rough = _densities(counts, lists, graphs, far)
    best = rough.max(axis=1)
    kept = best > best.max() - SMALL
    graphs = Graphs(sign=graphs.sign[kept], pairs=graphs.pairs[kept])
    along = rough.max(axis=0)
    inside = np.flatnonzero(along > along.max() - SMALL / 2)
    low, high = far[max(inside[0] - 1, 0)], far[min(inside[-1] + 1, len(far) - 1)]
    grid = np.unique(np.round(np.geomspace(low + 1, high + 1, POINTS))) - 1
    return _on_grid(counts, lists, graphs, grid, cut=bool(inside[-1] == len(far) - 1))


def _on_grid(counts: Floats, lists: int, graphs: Graphs, grid: Floats, *, cut: bool) -> Posterior:
    """Sum over graphs in blocks of the grid, each scaled by the best seen so far."""
    width = np.diff(grid, prepend=grid[0] - 1)
    middle = grid - (width - 1) / 2
    top, along, of_graph = -np.inf, [], np.zeros(len(graphs.sign))
    for at in range(0, len(grid), BLOCK):
        logs = _densities(counts, lists, graphs, middle[at : at + BLOCK])
        logs += np.log(width[at : at + BLOCK])
        here = max(top, float(logs.max()))
        of_graph = of_graph * np.exp(top - here) + np.exp(logs - here).sum(axis=1)
        along.append(logsumexp(logs, axis=0))
        top = here
    logs = np.concatenate(along)
    weight = np.exp(logs - logsumexp(logs))
    return Posterior(
        missing=grid,
        width=width,
        weight=weight,
        graphs=graphs.pairs,
        share=of_graph / of_graph.sum(),
        cut=cut,
    )


def _densities(counts: Floats, lists: int, graphs: Graphs, missing: Floats) -> Floats:
    """G x M: log p(y, N | g) p(N), up to a constant."""
    total = counts[1:].sum() + missing
    of_sets = np.stack([_log_f(counts, lists, s, missing, total) for s in range(2**lists)])
    common = gammaln(total + 1) - gammaln(missing + 1) - np.log(total)
    logs: Floats = graphs.sign @ of_sets + common
    return logs


def _log_f(counts: Floats, lists: int, of_set: int, missing: Floats, total: Floats) -> Floats:
    """Log f(S) at each number of missing people; 0 for the empty set."""
    if not of_set:
        return np.zeros(len(missing))
    cells = np.arange(2**lists) & of_set
    margin = np.bincount(cells[1:], weights=counts[1:], minlength=2**lists)
    held = np.unique(cells)[1:]
    each = 2.0 ** -bin(of_set).count("1")
    known = float((gammaln(each + margin[held]) - gammaln(each)).sum())
    empty = gammaln(each + margin[0] + missing) - gammaln(each)
    logs: Floats = known + empty - gammaln(1.0 + total)
    return logs
