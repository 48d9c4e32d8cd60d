"""A population of known size, seen by invented lists, must be found again."""

import numpy as np
import pytest

from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import OverlapTable, from_counts

PEOPLE = 20_000


def seen_by(rates, *, seed, follows=None):
    """People met by each list at its rate; with ``follows`` list b meets those of a more often."""
    rng = np.random.default_rng(seed)
    met = rng.random((PEOPLE, len(rates))) < np.array(rates)
    if follows:
        met[:, 1] |= met[:, 0] & (rng.random(PEOPLE) < follows)
    histories, counts = np.unique(met[met.any(axis=1)].astype(int), axis=0, return_counts=True)
    rows = {tuple(int(v) for v in h): int(n) for h, n in zip(histories, counts, strict=True)}
    return from_counts(tuple("abcdef"[: len(rates)]), rows)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_independent_lists_find_the_population_again(seed):
    table = seen_by([0.12, 0.1, 0.08, 0.06], seed=seed)

    for method in (independence, stepwise):
        found = method(table, bootstrap=0)
        assert found.estimate == pytest.approx(PEOPLE, rel=0.06)
        assert table.observed < found.low < found.estimate < found.high


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dependent_pair_fools_independence_and_not_stepwise(seed):
    table = seen_by([0.15, 0.1, 0.12, 0.08], seed=seed, follows=0.4)

    alone, chosen = independence(table, bootstrap=0), stepwise(table, bootstrap=200)

    assert alone.estimate < 0.85 * PEOPLE
    assert ("a", "b") in chosen.pairs
    assert chosen.estimate == pytest.approx(PEOPLE, rel=0.12)


def test_intervals_of_independent_lists_hold_the_truth_about_as_often_as_they_say():
    tables = [seen_by([0.1, 0.08, 0.06], seed=seed) for seed in range(100, 160)]

    held = [
        found.low <= PEOPLE <= found.high
        for found in (independence(t, bootstrap=300, seed=1) for t in tables)
    ]

    assert np.mean(held) >= 0.85  # 95 % nominal, 60 tables: below 0.85 about once in 500 runs


def test_six_lists_take_only_some_seconds():
    table: OverlapTable = seen_by([0.1, 0.08, 0.06, 0.05, 0.04, 0.03], seed=9, follows=0.3)

    found = stepwise(table, bootstrap=300)

    assert found.seconds < 15
    assert found.low < PEOPLE < found.high
