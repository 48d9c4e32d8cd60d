"""What more people do to every method's interval, and what the order of lists does to none.

A relative width goes with one over the root of the people: four times as many halve it.
"""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.tables import from_counts

COUNTS = {
    (1, 0, 0): 432,
    (0, 1, 0): 252,
    (0, 0, 1): 112,
    (1, 1, 0): 108,
    (1, 0, 1): 48,
    (0, 1, 1): 28,
    (1, 1, 1): 12,
}  # fmt: skip - what lists that find 3, 2 and 1 in ten of 2,000 people expect, so no pair is chosen
RATES = [np.array([1 - rate, rate]) for rate in (0.3, 0.2, 0.1, 0.1)]
FOUR = np.rint(10_000 * RATES[0][:, None, None, None] * RATES[1][:, None, None]
               * RATES[2][:, None] * RATES[3])  # fmt: skip
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
    """Of four lists: on three, classes are not identified, and more people need not narrow it."""
    counts = dict(zip(product((0, 1), repeat=4), FOUR.flatten(), strict=True))
    del counts[0, 0, 0, 0]
    some, more = (asked(method, {h: k * int(n) for h, n in counts.items()}, "ABCD") for k in (1, 4))

    assert 0.35 < relative_width(more) / relative_width(some) < 0.65


@settings(max_examples=15, deadline=None)
@given(some_people, st.permutations(range(3)), st.sampled_from(["stepwise", "decomposable"]))
def test_turning_the_columns_of_any_table_changes_no_digit(people, order, method):
    counts = dict(zip(COUNTS, people, strict=True))
    turned = {tuple(cell[i] for i in order): n for cell, n in counts.items()}

    plain = asked(method, counts)
    again = asked(method, turned, [("A", "B", "C")[i] for i in order])

    assert (again.estimate, again.low, again.high) == (plain.estimate, plain.low, plain.high)
    assert again.data_hash == plain.data_hash
