"""What must not change a number, for every method there is."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.tables import from_counts

COUNTS = {
    (1, 0, 0): 210, (0, 1, 0): 140, (0, 0, 1): 90, (1, 1, 0): 75, (1, 0, 1): 38, (0, 1, 1): 26,
    (1, 1, 1): 11,
}  # fmt: skip
FEWER = {"latent-class": {"chains": 2, "keep": 60}}  # draws: equal ones are asked for, not many
cells = list(COUNTS)
filled = st.lists(st.integers(0, 60), min_size=7, max_size=7).filter(lambda n: sum(n) > 20)


def told(method, table, **settings_):
    """What a method says, without what is about the file and the clock."""
    found = METHODS[method](table, bootstrap=60, seed=4, **FEWER.get(method, {}), **settings_)
    return {
        name: value
        for name, value in found.to_dict().items()
        if name not in ("seconds", "data_hash", "warnings")
    }, {warned.code for warned in found.warnings}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("method", METHODS)
def test_a_list_nobody_is_on_changes_nothing_but_a_warning(method, place):
    plain, warned = told(method, from_counts(("b", "d", "f"), COUNTS))

    names = [*"bdf"]
    names.insert(place, "aceg"[place])
    wider = {(*cell[:place], 0, *cell[place:]): n for cell, n in COUNTS.items()}
    found, warned_of_it = told(method, from_counts(names, wider))

    assert found == plain
    assert warned_of_it - warned >= {"empty_list"}
    assert warned <= warned_of_it


@pytest.mark.parametrize("method", METHODS)
def test_columns_and_rows_in_any_order_give_the_same_answer_to_the_last_digit(method):
    answers = []
    for order in permutations(range(3)):
        turned = {tuple(h[i] for i in order): n for h, n in reversed(COUNTS.items())}
        answers.append(told(method, from_counts(tuple("bdf"[i] for i in order), turned)))

    assert all(answer == answers[0] for answer in answers)


@settings(max_examples=25, deadline=None)
@given(filled, st.permutations(range(3)))
def test_turned_columns_give_the_same_lowest_bic_and_bootstrap(numbers, order):
    counts = dict(zip(cells, numbers, strict=True))
    turned = {tuple(cell[i] for i in order): n for cell, n in counts.items()}

    plain = told("bic", from_counts(("a", "b", "c"), counts))

    assert told("bic", from_counts(tuple("abc"[i] for i in order), turned)) == plain


@pytest.mark.parametrize("method", ["independence", "stepwise", "bic"])
@pytest.mark.parametrize("times", [2, 4])
def test_k_times_the_people_narrow_the_models_own_interval_by_the_root_of_k(method, times):
    table = from_counts(tuple("bdf"), COUNTS)
    more = from_counts(tuple("bdf"), {h: n * times for h, n in COUNTS.items()})

    once, often = METHODS[method](table, bootstrap=0), METHODS[method](more, bootstrap=0)

    assert often.pairs == once.pairs
    assert often.estimate == pytest.approx(times * once.estimate, rel=1e-8)
    assert width(once) / width(often) == pytest.approx(np.sqrt(times), rel=1e-6)


def width(found):
    """On the log of the people unseen, where that interval is even."""
    return np.log((found.high - found.observed) / (found.low - found.observed))


def test_twice_the_people_narrow_the_bootstrap_interval_by_about_the_root_of_two():
    table = from_counts(tuple("bdf"), COUNTS)
    more = from_counts(tuple("bdf"), {h: n * 2 for h, n in COUNTS.items()})

    once, twice = (METHODS["independence"](t, bootstrap=4000, seed=2) for t in (table, more))

    narrower = (once.high - once.low) / once.estimate * twice.estimate / (twice.high - twice.low)
    assert narrower == pytest.approx(np.sqrt(2), rel=0.08)


@settings(max_examples=25, deadline=None)
@given(filled)
def test_the_average_over_models_lies_among_the_models(numbers):
    found = bic(from_counts(tuple("abc"), dict(zip(cells, numbers, strict=True))), bootstrap=50)
    assume(found.exists)
    shown = found.diagnostics

    if shown["models_with_estimate"] <= len(shown["best_models"]):
        among = [model["estimate"] for model in shown["best_models"]]
        assert min(among) - 0.1 <= shown["averaged"] <= max(among) + 0.1
    assert sum(model["weight"] for model in shown["best_models"]) <= 1.001
