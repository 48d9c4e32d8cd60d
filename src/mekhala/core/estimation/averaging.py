"""The posterior of the people in all, averaged over every decomposable graph (Madigan & York 1997).

For a graph g over the lists and n0 people on none, with N = n + n0,
``p(y, N | g) = N! / n0! * prod f(clique) / prod f(separator)`` up to what is the same for all, and
``f(S) = G(a_S) / G(a_S + N) * prod over cells of S of G(a + y_S) / G(a)`` under a hyper-Dirichlet
law with ``a = 2**-|S|`` in each cell and ``a_S = 1``. Every graph is as likely as any other
beforehand; the prior of N is 1/N.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import gammaln, logsumexp

from mekhala.core.estimation.design import Bools, Floats
from mekhala.core.estimation.graphs import Graphs, decomposable

AT_ONCE = 256  # graphs: 256 x 2,048 points of the grid are 4 MB
POINTS = 2048  # on the fine grid
ROUGH = 160  # on the grid that finds where the weight lies
DROPPED = 1e-7  # of the weight: as much may lie in all the graphs that are left out
SMALL = 15.0  # points e**15 times less likely than the best are left out
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
    lies and puts up to 2,048 there, closer where they are small. Some 30 MB for six lists.
    """
    graphs = decomposable(lists)
    grid, cut = missing, False
    if grid is None:
        far = _rising(1, FARTHEST * counts[1:].sum(), ROUGH)
        best = _rough(counts, lists, graphs, far)[1]
        inside = np.flatnonzero(best > best.max() - SMALL)
        low, high = far[max(inside[0] - 1, 0)], far[min(inside[-1] + 1, len(far) - 1)]
        grid, cut = _rising(low + 1, high + 1, POINTS), bool(inside[-1] == len(far) - 1)
    of_graph, best = _rough(counts, lists, graphs, grid[:: max(len(grid) // ROUGH, 1)])
    kept = _heaviest(of_graph)
    graphs = Graphs(sign=graphs.sign[kept], pairs=graphs.pairs[kept])
    return _on_grid(counts, lists, graphs, grid, top=float(best.max()), cut=cut)


def _rising(low: float, high: float, points: int) -> Floats:
    """Whole numbers of missing people, evenly apart on the log scale; each once."""
    rising: Floats = np.unique(np.round(np.geomspace(low, high, points))) - 1
    return rising


def _rough(counts: Floats, lists: int, graphs: Graphs, grid: Floats) -> tuple[Floats, Floats]:
    """For each graph the log of its weight, for each point the best log density of any graph."""
    of_sets, common = _of_sets(counts, lists, grid)
    common = common + np.log(np.diff(grid, prepend=grid[0] - 1))
    best, of_graph = np.full(len(grid), -np.inf), []
    for some in _some_at_a_time(graphs):
        logs = some @ of_sets + common
        of_graph.append(logsumexp(logs, axis=1))
        best = np.maximum(best, logs.max(axis=0))
    return np.concatenate(of_graph), best


def _heaviest(of_graph: Floats) -> NDArray[np.intp]:
    """The places of the graphs that hold all of the weight but ``DROPPED``, in their order."""
    share = np.exp(of_graph - logsumexp(of_graph))
    order = np.argsort(share, kind="stable")
    return np.sort(order[np.cumsum(share[order]) > DROPPED])


def _on_grid(
    counts: Floats, lists: int, graphs: Graphs, grid: Floats, *, top: float, cut: bool
) -> Posterior:
    """Sum over the graphs, some at a time; ``top`` is near the greatest log density."""
    width = np.diff(grid, prepend=grid[0] - 1)
    of_sets, common = _of_sets(counts, lists, grid - (width - 1) / 2)
    common += np.log(width) - top
    along, of_graph = np.zeros(len(grid)), []
    for some in _some_at_a_time(graphs):
        weight = some @ of_sets
        weight += common
        np.exp(weight, out=weight)
        along += weight.sum(axis=0)
        of_graph.append(weight.sum(axis=1))
    share = np.concatenate(of_graph)
    return Posterior(
        missing=grid,
        width=width,
        weight=along / along.sum(),
        graphs=graphs.pairs,
        share=share / share.sum(),
        cut=cut,
    )


def _some_at_a_time(graphs: Graphs) -> Iterator[csr_array]:
    """The signs of the graphs, sparse: a graph has a dozen sets, and nothing is shared out among
    threads, which costs more than it gains and may change a last digit.
    """
    for at in range(0, len(graphs.sign), AT_ONCE):
        yield csr_array(graphs.sign[at : at + AT_ONCE])


def _of_sets(counts: Floats, lists: int, missing: Floats) -> tuple[Floats, Floats]:
    """2**t x M: log f(S) for each set of lists; M: what is the same for every graph."""
    total = counts[1:].sum() + missing
    of_sets = np.stack([_log_f(counts, lists, s, missing, total) for s in range(2**lists)])
    return of_sets, gammaln(total + 1) - gammaln(missing + 1) - np.log(total)


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
