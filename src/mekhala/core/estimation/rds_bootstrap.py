"""Bootstraps of a respondent-driven sample: along the chain, by tree, and without replacement.

- ``chain`` (Salganik 2006): each next person is drawn from those whom people with the trait of
  the present one recruited. It needs recruitment to depend on the trait alone.
- ``trees`` (Baraff, McCormick & Raftery 2016): seeds are drawn, then the recruits of each
  person drawn, and so on. It keeps what else makes people of one tree alike, and tends to be wide.
- ``without_replacement`` (after Gile 2011): the trees are grown again in a population of the
  estimated make-up, where nobody can be recruited twice and people recruit their like as often,
  given the ties that are left, as they did.

All return replicates of the share, shape (times,).
"""

import numpy as np

from mekhala.core.estimation.recruitment import Floats, Ints, Recruitment
from mekhala.core.estimation.successive import inclusion

MOST_LIKING = 20.0  # on the log scale: a trait that recruited only its like


def shares(found: Recruitment, weights: Floats, drawn: Ints) -> Floats:
    """The weighted share of each row of places ``drawn`` (times, n); -1 is nobody."""
    use = found.usable & np.isfinite(weights)
    weight = np.append(np.where(use, weights, 0.0), 0.0)
    positive = np.append(np.where(found.trait == 1, weight[:-1], 0.0), 0.0)
    total = weight[drawn].sum(axis=-1)
    share: Floats = positive[drawn].sum(axis=-1) / np.where(total > 0, total, np.nan)
    return share


def chain(found: Recruitment, weights: Floats, times: int, rng: np.random.Generator) -> Floats:
    """Replicates by Salganik's bootstrap, each with as many people as the sample."""
    n = len(found.people)
    recruited = [_recruited_by(found, trait) for trait in (0, 1, -1)]  # trait -1 is the last
    sizes = np.array([len(pool) for pool in recruited])
    pools = np.zeros((3, sizes.max()), dtype=np.int64)
    for row, pool in zip(pools, recruited, strict=True):
        row[: len(pool)] = pool
    drawn = np.empty((times, n), dtype=np.int64)
    drawn[:, 0] = rng.integers(n, size=times)
    for step in range(1, n):
        trait = found.trait[drawn[:, step - 1]]
        drawn[:, step] = pools[trait, (rng.random(times) * sizes[trait]).astype(np.int64)]
    return shares(found, weights, drawn)


def _recruited_by(found: Recruitment, trait: int) -> Ints:
    """Places of those recruited by people with ``trait``; of all recruits where there are none."""
    has = found.parent >= 0
    by = has & (np.where(has, found.trait[found.parent], -2) == trait)
    return np.flatnonzero(by if by.any() else has)


def trees(found: Recruitment, weights: Floats, times: int, rng: np.random.Generator) -> Floats:
    """Replicates by the tree bootstrap; a replicate holds as many people as its trees do."""
    n = len(found.people)
    kids = np.bincount(found.parent + 1, minlength=n + 1)  # place 0: the seeds
    first = np.concatenate([[0], np.cumsum(kids)])
    order = np.argsort(found.parent, kind="stable")
    use = found.usable & np.isfinite(weights)
    weight = np.where(use, weights, 0.0)
    sums = np.zeros((2, times))
    replicate, at = np.arange(times), np.full(times, -1)
    while len(at):
        many = kids[at + 1]
        replicate = np.repeat(replicate, many)
        start, choose = np.repeat(first[at + 1], many), np.repeat(many, many)
        at = order[start + (rng.random(len(start)) * choose).astype(np.int64)]
        sums[1] += np.bincount(replicate, weight[at], times)
        sums[0] += np.bincount(replicate, np.where(found.trait[at] == 1, weight[at], 0.0), times)
    share: Floats = sums[0] / np.where(sums[1] > 0, sums[1], np.nan)
    return share


def without_replacement(
    found: Recruitment, population: int, times: int, rng: np.random.Generator
) -> Floats:
    """Replicates in a population of ``population`` people, estimated anew in each."""
    degrees, kind = _kinds(found)
    there = np.repeat(_in_population(degrees, kind, population)[None], times, axis=0)
    wide = np.concatenate([degrees, degrees])
    mass = (there[0] * wide).reshape(2, -1).sum(axis=1)
    liking = np.stack([np.ones(2), _liking(found, mass)], axis=1)
    counted = np.zeros_like(there)
    traits = np.zeros((times, len(found.people)), dtype=np.int64)
    rows = np.arange(times)
    for place, parent in enumerate(found.parent):
        left = there * wide
        by_trait = left.reshape(times, 2, -1).sum(axis=2)
        odds = by_trait * (liking[traits[:, parent]] if parent >= 0 else 1.0)
        trait = (rng.random(times) * odds.sum(axis=1) >= odds[:, 0]).astype(np.int64)
        trait = np.where(by_trait[rows, trait] > 0, trait, 1 - trait)
        drawn = _one_of(left, trait, rng.random(times))
        there[rows, drawn] = np.maximum(there[rows, drawn] - 1, 0)
        traits[:, place] = trait
        if found.usable[place]:
            counted[rows, drawn] += 1
    return _share_of(counted, degrees, population)


def _kinds(found: Recruitment) -> tuple[Floats, Ints]:
    """The degrees seen, and for each usable person the place of trait and degree among them."""
    use = found.usable
    degrees, place = np.unique(found.degree[use], return_inverse=True)
    return degrees, place + len(degrees) * found.trait[use]


def _in_population(degrees: Floats, kind: Ints, population: int) -> Floats:
    """People in all of each trait and degree, (2K,): those seen over their chance."""
    seen = np.bincount(kind, minlength=2 * len(degrees)).astype(float)
    chances = inclusion(degrees, seen.reshape(2, -1).sum(axis=0), population)
    people: Floats = seen / np.concatenate([chances, chances])
    return people


def _liking(found: Recruitment, mass: Floats) -> Floats:
    """How much likelier people with each trait recruit positive people than ties alone say, (2,).

    ``mass`` holds the ties of people with each trait in the population. The factor of trait r
    makes the recruits expected, from the ties left at each recruitment, as many as those seen;
    1 where people with the trait recruited nobody.
    """
    use = found.usable
    ties = np.where(use, np.nan_to_num(found.degree), 0.0)
    taken = np.stack([np.cumsum(np.where(found.trait == t, ties, 0.0)) for t in (0, 1)])
    left = np.maximum(mass[:, None] - taken + np.where(found.trait >= 0, ties, 0), ties.min() + 1)
    has = (found.parent >= 0) & use
    by = np.where(has, found.trait[found.parent], -1)
    return np.array([_factor(left[:, by == t], int(found.trait[by == t].sum())) for t in (0, 1)])


def _factor(left: Floats, positive: int) -> float:
    """Solve sum f L1 / (L0 + f L1) = ``positive`` for f, by halving on the log scale."""
    if not left.shape[1]:
        return 1.0
    low, high = -MOST_LIKING, MOST_LIKING
    for _ in range(60):
        middle = (low + high) / 2
        pull = np.exp(middle) * left[1]
        too_many = float((pull / (left[0] + pull)).sum()) > positive
        low, high = (low, middle) if too_many else (middle, high)
    return float(np.exp((low + high) / 2))


def counted_pairs(found: Recruitment) -> Ints:
    """Recruitments by trait of recruiter (row) and recruit (column), both known; (2, 2)."""
    has = np.flatnonzero(found.parent >= 0)
    by, to = found.trait[found.parent[has]], found.trait[has]
    known = (by >= 0) & (to >= 0)
    return np.bincount(by[known] * 2 + to[known], minlength=4).reshape(2, 2)


def _one_of(left: Floats, trait: Ints, chance: Floats) -> Ints:
    """One kind of the trait for each replicate, with chances in proportion to ``left``."""
    half = left.shape[1] // 2
    rows = np.arange(len(left))
    mine = left.reshape(len(left), 2, half)[rows, trait]
    upto = np.cumsum(mine, axis=1)
    place = (upto <= (chance * upto[:, -1])[:, None]).sum(axis=1)
    kind: Ints = np.minimum(place, half - 1) + half * trait
    return kind


def _share_of(counted: Floats, degrees: Floats, population: int) -> Floats:
    both = counted.reshape(len(counted), 2, -1)
    weights = 1 / inclusion(degrees, both.sum(axis=1), population)
    share: Floats = (both[:, 1] * weights).sum(axis=1) / (both.sum(axis=1) * weights).sum(axis=1)
    return share
