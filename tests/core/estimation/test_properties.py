"""What more people do to every method's interval, and what the order of lists does to none.

A relative width goes with one over the root of the people: four times as many halve it.
"""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.tables import from_counts

COUNTS = {
    (1, 0, 0): 420, (0, 1, 0): 280, (0, 0, 1): 180, (1, 1, 0): 150, (1, 0, 1): 76, (0, 1, 1): 52,
    (1, 1, 1): 22,
}  # fmt: skip
LIGHT = {"latent-class": {"chains": 4, "keep": 400}}
BY_GRAPHS_OR_DRAWS = ("decomposable", "bayes-threshold", "latent-class")
some_people = st.lists(st.integers(0, 40), min_size=7, max_size=7).filter(lambda n: sum(n) > 30)


def asked(method, counts, names="ABC"):
    table = from_counts(tuple(names), counts)
    return METHODS[method](table, bootstrap=0, seed=2, **LIGHT.get(method, {}))


def times(many):
    return {history: many * people for history, people in COUNTS.items()}


def relative_width(found):
    """On the log of the people unseen; of a lower bound the half below the point."""
    high = found.estimate if found.high is None else found.high
    return math.log((high - found.observed) / (found.low - found.observed))


@pytest.mark.parametrize("method", ["independence", "stepwise", "bic", "chao"])
def test_four_times_the_people_halve_the_relative_width(method):
    once, often = asked(method, COUNTS), asked(method, times(4))

    assert relative_width(often) == pytest.approx(relative_width(once) / 2, rel=1e-6)
    assert often.estimate == pytest.approx(4 * once.estimate, rel=1e-8)


@pytest.mark.parametrize("method", BY_GRAPHS_OR_DRAWS)
def test_four_times_the_people_about_halve_a_credible_interval(method):
    """Once the prior and the choice of model have little left to say: 4 times against 16."""
    some, more = asked(method, times(4)), asked(method, times(16))

    assert 0.3 < relative_width(more) / relative_width(some) < 0.75


@settings(max_examples=15, deadline=None)
@given(some_people, st.permutations(range(3)), st.sampled_from(["stepwise", "decomposable"]))
def test_turning_the_columns_of_any_table_changes_no_digit(people, order, method):
    counts = dict(zip(COUNTS, people, strict=True))
    turned = {tuple(cell[i] for i in order): n for cell, n in counts.items()}

    plain = asked(method, counts)
    again = asked(method, turned, [("A", "B", "C")[i] for i in order])

    assert (again.estimate, again.low, again.high) == (plain.estimate, plain.low, plain.high)
    assert again.data_hash == plain.data_hash
