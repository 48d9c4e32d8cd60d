import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.kernels import log_tail
from mekhala.core.estimation.panel import agreement, panel
from mekhala.core.estimation.poisson import Model, fit
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput

THREE = {
    (1, 0, 0): 60, (0, 1, 0): 48, (0, 0, 1): 35,
    (1, 1, 0): 14, (1, 0, 1): 9, (0, 1, 1): 8, (1, 1, 1): 3,
}  # fmt: skip
cells = list(THREE)
tables = st.lists(st.integers(0, 90), min_size=7, max_size=7).filter(lambda n: sum(n) > 20)


def three(counts=THREE):
    return from_counts(("a", "b", "c"), counts)


def codes(found):
    return {warned.code for warned in found.warnings}


def with_pairs(table, *names):
    design, counts = design_for(table)
    wanted = {tuple(name.split(":")) for name in names}
    chosen = np.array([[design.pair_name(k) in wanted for k in range(len(design.pairs))]])
    return design, counts[None], Model(pairs=chosen)


def test_two_independent_lists_give_lincoln_and_petersens_number():
    found = independence(from_counts(("a", "b"), {(1, 0): 80, (0, 1): 60, (1, 1): 20}), bootstrap=0)

    assert found.estimate == pytest.approx(100 * 80 / 20, rel=1e-9)
    assert "fewer_than_three_lists" in codes(found)


def test_the_saturated_model_of_pairs_gives_the_closed_form():
    design, counts, model = with_pairs(three(), "a:b", "a:c", "b:c")

    found = fit(design, counts, model)

    # No highest-order interaction: n0 = product of odd cells / product of even cells.
    assert found.unseen[0] == pytest.approx(60 * 48 * 35 * 3 / (14 * 9 * 8), rel=1e-9)


def test_a_fitted_model_keeps_the_margins_it_was_fitted_to():
    design, counts, model = with_pairs(three(), "a:b")

    mu = fit(design, counts, model).mu

    kept = [*range(design.first_pair), design.first_pair]
    assert (mu @ design.x)[0, kept] == pytest.approx((counts @ design.x)[0, kept], rel=1e-9)


def test_a_chosen_pair_without_overlap_drops_its_cells():
    counts = {**THREE, (1, 1, 0): 0, (1, 1, 1): 0}
    design, y, model = with_pairs(three(counts), "a:b")

    mu = fit(design, y, model).mu

    assert (mu @ design.in_pair)[0, 0] == 0
    assert mu.sum() == pytest.approx(y.sum())


def test_says_that_a_model_on_the_border_has_no_estimate():
    sparse = {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 20, (1, 1, 0): 6}

    design, y, one = with_pairs(three(sparse), "a:b")
    assert not exists(design, y, one)[0]
    design, y, all_pairs = with_pairs(three(sparse), "a:b", "a:c", "b:c")
    assert not exists(design, y, all_pairs)[0]
    design, y, none = with_pairs(three(sparse))
    assert exists(design, y, none)[0]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 3000), st.floats(0.001, 3000))
def test_tails_are_those_of_the_poisson_distribution(seen, expected):
    above, below = poisson.logsf(seen - 1, expected), poisson.logcdf(seen, expected)

    wanted = above if seen > expected else below
    assume(wanted > -700)  # beyond, SciPy's own tail is nought

    assert log_tail(float(seen), expected) == pytest.approx(wanted, rel=1e-8, abs=2e-9)


def test_lists_that_share_nobody_give_no_number():
    apart = from_counts(("a", "b", "c"), {(1, 0, 0): 9, (0, 1, 0): 8, (0, 0, 1): 7})

    for found in panel(apart):
        assert (found.estimate, found.low, found.high, found.exists) == (None, None, None, False)
        assert {"no_finite_estimate", "sparse_overlap"} <= codes(found)
        assert found.to_dict()["interval"] == "none"
    assert agreement(panel(apart))["low"] is None


def test_warns_of_a_list_inside_another_and_of_an_empty_one():
    inside = from_counts(("a", "b", "c", "d"), {(1, 0, 0, 0): 50, (0, 1, 0, 0): 40, (1, 1, 0, 0): 9,
                                               (1, 0, 1, 0): 12, (1, 1, 1, 0): 4})  # fmt: skip

    found = independence(inside, bootstrap=0)

    said = {warned.because for warned in found.warnings if warned.code == "list_nested_in"}
    assert said == {"everybody on list c is also on a"}
    assert "empty_list" in codes(found)


def test_a_list_nobody_is_on_changes_no_estimate():
    with_empty = from_counts(("a", "b", "c", "d"), {(*cell, 0): n for cell, n in THREE.items()})

    for method in (independence, stepwise):
        found, plain = method(with_empty, bootstrap=0), method(three(), bootstrap=0)
        assert found.estimate == pytest.approx(plain.estimate, rel=1e-9)
        assert found.high == pytest.approx(plain.high, rel=1e-9)
        assert "empty_list" in codes(found)


def test_a_small_list_that_is_missing_from_a_replicate_does_not_unbound_the_interval():
    small = from_counts(
        ("a", "b", "d"), {(1, 0, 0): 80, (0, 1, 0): 70, (1, 1, 0): 25, (0, 0, 1): 1}
    )

    found = independence(small)

    assert found.high is not None
    assert "replicates_without_finite_estimate" not in codes(found)


def test_warns_when_nine_in_ten_were_never_seen():
    far = from_counts(("a", "b"), {(1, 0): 400, (0, 1): 400, (1, 1): 10})

    assert "estimate_far_outside_observed" in codes(independence(far, bootstrap=0))
    assert "estimate_far_outside_observed" not in codes(independence(three(), bootstrap=0))


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    one, same, other = (stepwise(three(), seed=seed, bootstrap=200) for seed in (1, 1, 2))

    assert (one.low, one.high) == (same.low, same.high)
    assert (one.low, one.high) != (other.low, other.high)
    assert one.low < one.estimate < one.high


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (independence(three(), level=level, bootstrap=500) for level in (0.8, 0.99))

    assert wide.low < narrow.low < narrow.high < wide.high


def test_when_one_person_decides_the_interval_is_plain_and_unbounded_and_says_so():
    found = independence(from_counts(("a", "b"), {(1, 0): 30, (0, 1): 20, (1, 1): 1}))

    assert (found.interval, found.high) == ("percentile", None)
    assert {"one_person_decides", "replicates_without_finite_estimate"} <= codes(found)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"level": 1.0}, "--level"),
        ({"bootstrap": 10}, "--bootstrap"),
        ({"bootstrap": -1}, "--bootstrap"),
        ({"bootstrap": 10**6}, "--bootstrap"),
        ({"seed": -1}, "--seed"),
    ],
)
def test_refuses_settings_that_make_no_interval(wrong, named):
    with pytest.raises(WrongInput, match=named):
        independence(three(), **wrong)


@settings(max_examples=60, deadline=None)
@given(tables, st.permutations(range(3)))
def test_the_order_and_the_names_of_lists_never_change_an_independence_estimate(numbers, order):
    counts = dict(zip(cells, numbers, strict=True))
    moved = {tuple(cell[i] for i in order): n for cell, n in counts.items()}

    found = independence(three(counts), bootstrap=0).estimate
    again = independence(from_counts(("x", "y", "z"), moved), bootstrap=0).estimate

    assert (found is None) == (again is None)
    assert found is None or again == pytest.approx(found, rel=1e-7)


@settings(max_examples=60, deadline=None)
@given(tables, st.permutations(range(3)))
def test_columns_in_another_order_give_the_same_stepwise_answer_to_the_last_digit(numbers, order):
    counts = dict(zip(cells, numbers, strict=True))
    names = ("a", "b", "c")
    moved = {tuple(cell[i] for i in order): n for cell, n in counts.items()}

    found = stepwise(three(counts), bootstrap=60)
    again = stepwise(from_counts(tuple(names[i] for i in order), moved), bootstrap=60)

    assert (found.estimate, found.low, found.high) == (again.estimate, again.low, again.high)


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(2, 7))
def test_a_table_times_k_gives_an_independence_estimate_times_k(numbers, k):
    counts = dict(zip(cells, numbers, strict=True))

    found = independence(three(counts), bootstrap=0).estimate
    larger = independence(three({c: n * k for c, n in counts.items()}), bootstrap=0).estimate

    assert (found is None) == (larger is None)
    assert found is None or larger == pytest.approx(k * found, rel=1e-7)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_estimate_is_below_the_people_seen(numbers):
    design, y = design_for(three(dict(zip(cells, numbers, strict=True))))

    for pairs in (False, True):
        assert (choose(design, y[None], pairs=pairs).unseen >= 0).all()


def test_the_panel_says_what_makes_its_methods_differ():
    tied = {**THREE, (1, 1, 0): 60}

    found = agreement(panel(three(tied), bootstrap=0))

    assert "no lists depend on each other" in found["differ_by"]
    assert "these lists depend on each other (a:b)" in found["differ_by"]
    assert found["low"] < found["high"]
    assert found["ratio"] == pytest.approx(found["high"] / found["low"], rel=1e-3)
    assert "no pair of lists" in agreement(panel(three(), bootstrap=0))["differ_by"]
