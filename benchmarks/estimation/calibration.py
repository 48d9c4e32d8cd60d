"""Do the Bayesian members believe what they should? Simulation-based calibration.

A truth is drawn from the prior and a table from the truth; among the draws of the posterior the
truth must stand at every rank equally often (Talts et al. 2018, arXiv 1804.06788). Ranks are put
into bins and judged by chi-square.

    ./run proof ESTIMATES-RANKS
    python -m benchmarks.estimation.calibration --mutants

The prior of N in all, 1/N, cannot be drawn from. It is cut to ``PEOPLE``, where it can; the
posterior under the cut prior is the posterior of the method with what lies outside left out. For
the thresholded model the nearly flat priors of constant and lists are narrowed; what is calibrated
is its posterior with every pair, since dropping pairs at a threshold is no Bayesian step: what it
does to intervals is for the simulation of coverage to say. Tables with few people on two lists are
drawn again: a condition on the data alone leaves the ranks uniform. Mutants make posteriors too
narrow.
"""

import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from benchmarks import rows
from mekhala.core.estimation.averaging import posterior
from mekhala.core.estimation.bayes_threshold import PAIR_PRECISION
from mekhala.core.estimation.bayes_threshold import posterior as of_pairs
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.graphs import decomposable
from mekhala.core.estimation.tables import from_counts

Floats = NDArray[np.float64]
FULL, QUICK = 1000, 150
PEOPLE = (100, 2000)  # the prior of N, 1/N, is cut to these
LISTS = 4
TWICE = 20  # people on two lists or more, in every table
UNLIKELY = 0.001  # a chi-square with a smaller tail is a failure; one run in a thousand is unlucky
MAIN_PRECISION = 0.25
NARROW = 0.4  # how a mutant shrinks draws towards their middle


class Asked(NamedTuple):
    """One try: the generator, and by how much a mutant shrinks the posterior (1: not at all)."""

    rng: np.random.Generator
    narrow: float


def main(argv: list[str] | None = None) -> int:
    """Calibrate the three members and print their rows; return the worst."""
    given = rows.options(argv, says=__doc__, full=FULL, quick=QUICK)
    if given.mutants:
        tries = min(given.tries, QUICK)
        return max(_mutant(proof, rank, tries, given.seed) for proof, rank in MEMBERS.items())
    return max(_member(proof, rank, given.tries, given.seed) for proof, rank in MEMBERS.items())


def tail(rank: Callable[[Asked], float], tries: int, seed: int, narrow: float = 1.0) -> float:
    """Return the chance of ranks at least as uneven as those of ``tries`` tables."""
    found = [rank(Asked(np.random.default_rng([seed, n]), narrow)) for n in range(tries)]
    bins = max(min(tries // 15, 20), 2)
    seen = np.bincount((np.array(found) * bins).astype(int).clip(max=bins - 1), minlength=bins)
    return float(chi2.sf(((seen - tries / bins) ** 2 / (tries / bins)).sum(), bins - 1))


def of_graphs(asked: Asked) -> float:
    """Return the rank of N, averaged over decomposable graphs: exact, so it is a share."""
    people, counts = _seen_twice(asked.rng, _by_a_graph)
    seen = counts[1:].sum()
    grid = np.arange(max(PEOPLE[0] - seen, 0), PEOPLE[1] - seen + 1, dtype=float)
    weight = posterior(counts, LISTS, missing=grid).weight
    weight = weight ** (1 / asked.narrow**2)
    weight /= weight.sum()
    here = people - seen == grid
    return float(weight[grid < people - seen].sum() + asked.rng.random() * weight[here].sum())


def of_latent_classes(asked: Asked) -> float:
    """Return the rank of N among the draws of a tempered latent class chain."""
    from mekhala.core.estimation.tempering import Chain

    people, counts = _seen_twice(asked.rng, _by_classes)
    cells = (np.arange(1, 2**LISTS)[:, None] >> np.arange(LISTS) & 1).astype(float)
    own = int(asked.rng.integers(2**32))
    chain = Chain(cells, counts[1:], seed=own, rungs=2)
    made = chain.draws(burn=1000, keep=300, thin=15)
    drawn = made.missing + counts[1:].sum()
    drawn = drawn[(drawn >= PEOPLE[0]) & (drawn <= PEOPLE[1])]
    if len(drawn) < 100:  # too little of the posterior lies under the cut prior: another table
        return of_latent_classes(asked)
    return _rank(people, drawn, asked)


def of_pairs_constant(asked: Asked) -> float:
    """Return the rank of the log of the people on no list, with every pair of lists."""
    truth, drawn = _of_pairs(asked)
    return _rank(truth[0], drawn[:, 0], asked)


def of_one_pair(asked: Asked) -> float:
    """Return the rank of what a pair of lists adds, with every pair of lists."""
    truth, drawn = _of_pairs(asked)
    return _rank(truth[-1], drawn[:, -1], asked)


MEMBERS = {
    "ESTIMATES-RANKS-GRAPHS": of_graphs,
    "ESTIMATES-RANKS-CLASSES": of_latent_classes,
    "ESTIMATES-RANKS-THRESHOLD": of_pairs_constant,
    "ESTIMATES-RANKS-PAIR": of_one_pair,
}


def _member(proof: str, rank: Callable[[Asked], float], tries: int, seed: int) -> int:
    found = tail(rank, tries, seed)
    return rows.tell(
        proof, target=f"ranks of {tries} truths are even: tail at least {UNLIKELY}",
        measured=f"tail {found:.3f}", passed=found >= UNLIKELY, seed=seed,
    )  # fmt: skip


def _mutant(proof: str, rank: Callable[[Asked], float], tries: int, seed: int) -> int:
    green = tail(rank, tries, seed) >= UNLIKELY
    red = green and tail(rank, tries, seed, narrow=NARROW) < UNLIKELY
    return rows.tell_mutant(proof, "a posterior that is too narrow", red=red)


def _rank(truth: float, drawn: Floats, asked: Asked) -> float:
    """Return the share of draws below the truth, ties broken at random."""
    middle = np.median(drawn)
    drawn = middle + asked.narrow * (drawn - middle)
    below, level = float((drawn < truth).sum()), float((drawn == truth).sum())
    return (below + asked.rng.random() * (level + 1)) / (len(drawn) + 1)


def _seen_twice(
    rng: np.random.Generator, chances: Callable[[np.random.Generator], Floats]
) -> tuple[int, Floats]:
    """Draw N and a table (2**t, by bit mask, nobody in the first) until enough are seen twice."""
    low, high = PEOPLE
    weight = 1 / np.arange(low, high + 1)
    several = np.array([bin(cell).count("1") > 1 for cell in range(2**LISTS)])
    while True:
        people = int(rng.choice(np.arange(low, high + 1), p=weight / weight.sum()))
        counts = rng.multinomial(people, chances(rng)).astype(float)
        counts[0] = 0
        if counts[several].sum() >= TWICE:
            return people, counts


def _by_a_graph(rng: np.random.Generator) -> Floats:
    """Draw a decomposable graph, and chances of the cells by its hyper-Dirichlet law.

    Lists are taken away as in ``graphs`` and put back in turn: given its neighbours B, each of
    their 2**|B| cells has its own chance of the list, Beta(a, a) with a = 2**-(|B| + 1).
    """
    graphs = decomposable(LISTS)
    joined = iter(graphs.pairs[rng.integers(len(graphs.pairs))])
    near = np.zeros((LISTS, LISTS), dtype=bool)
    for i in range(LISTS):
        for j in range(i + 1, LISTS):
            near[i, j] = near[j, i] = next(joined)
    cells = np.arange(2**LISTS)
    chance = np.ones(2**LISTS)
    for v, around in reversed(_taken_away(near)):
        at = cells & sum(1 << int(u) for u in around)
        on = rng.beta(*[2.0 ** -(len(around) + 1)] * 2, size=2**LISTS)[at]
        chance *= np.where(cells >> v & 1, on, 1 - on)
    return chance / chance.sum()


def _taken_away(near: NDArray[np.bool_]) -> list[tuple[int, NDArray[np.intp]]]:
    """Return each list with its neighbours at the time it was taken away, all of them joined."""
    left, order = np.ones(len(near), dtype=bool), []
    while left.any():
        for v in np.flatnonzero(left):
            around = np.flatnonzero(near[v] & left)
            if near[np.ix_(around, around)].sum() == len(around) * (len(around) - 1):
                order.append((int(v), around))
                left[v] = False
                break
    return order


def _by_classes(rng: np.random.Generator) -> Floats:
    """Draw shares of classes, chances of lists in each, and so chances of the cells."""
    from mekhala.core.estimation.latent import CLASSES, RATE, SHAPE

    piece = rng.beta(1.0, max(rng.gamma(SHAPE, 1 / RATE), 1e-12), size=CLASSES)
    piece[-1] = 1.0
    share = piece * np.concatenate([[1.0], np.cumprod(1 - piece[:-1])])
    on = rng.random((CLASSES, LISTS))
    held = np.arange(2**LISTS)[:, None, None] >> np.arange(LISTS) & 1
    chance: Floats = np.where(held, on, 1 - on).prod(axis=2) @ share
    return chance / chance.sum()


def _of_pairs(asked: Asked) -> tuple[Floats, Floats]:
    """Draw parameters of three lists and their pairs, and the posterior of their table."""
    cells = [tuple(int(b) for b in f"{w:03b}") for w in range(1, 8)]
    design, _ = design_for(from_counts(("A", "B", "C"), dict.fromkeys(cells, 1)))
    spread = np.full(design.x.shape[1], PAIR_PRECISION)
    spread[: design.first_pair] = MAIN_PRECISION
    truth = asked.rng.standard_normal(len(spread)) / np.sqrt(spread)
    counts = asked.rng.poisson(np.exp(design.x @ truth)).astype(float)
    drawn = of_pairs(
        design, counts, np.ones(len(design.pairs), dtype=bool), keep=200, chains=2,
        seed=int(asked.rng.integers(2**32)), main_precision=MAIN_PRECISION,
    )  # fmt: skip
    return truth, drawn.reshape(-1, len(truth))


if __name__ == "__main__":
    sys.exit(main())
