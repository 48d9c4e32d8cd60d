import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.disclosure.attack import recoverable, suppressed_bounds
from mekhala.core.disclosure.suppression import protect
from mekhala.core.disclosure.tables import Cell, cross, published_counts
from mekhala.core.wrong_input import WrongInput

SEX_FORM = {"sex": ("female", "male"), "form": ("labour", "sexual", "marriage")}
ALL_TWO = [(), ("sex",), ("form",), ("sex", "form")]


def two(counts):
    return cross(SEX_FORM, np.array(counts))


def test_a_single_small_cell_takes_others_with_it():
    found = protect(two([[40, 60, 5], [30, 20, 25]]), ALL_TWO)

    assert found.primary == {Cell(("sex", "form"), ("female", "marriage"))}
    assert len(found.complementary) >= 3  # a rectangle, or its margins, must go
    assert recoverable(found.frame, found.shown) == {}


def test_without_the_others_the_small_cell_is_told_exactly():
    table = two([[40, 60, 5], [30, 20, 25]])
    shown = dict(published_counts(table, ALL_TWO))
    small = Cell(("sex", "form"), ("female", "marriage"))
    shown[small] = None

    low, high = recoverable(table, shown)[small]

    assert (low, high) == (pytest.approx(5), pytest.approx(5))


def test_a_rectangle_is_enough_where_there_is_one():
    found = protect(two([[40, 60, 5], [30, 20, 25]]), ALL_TWO)

    assert len(found.complementary) == 3
    assert all(len(cell.margin) == 2 for cell in found.complementary)


def test_zeros_and_large_counts_are_shown_as_they_are():
    found = protect(two([[0, 60, 12], [30, 20, 25]]), ALL_TWO)

    assert not found.primary
    assert not found.complementary
    assert found.table(("sex", "form"))["female", "labour"] == 0
    assert found.table(())[()] == 147
    assert found.summary()["kept"] == {"total": 1, "sex": 1, "form": 1, "sex x form": 1}


def test_a_table_of_only_small_counts_shows_none_of_them_and_still_ends():
    found = protect(two([[1, 2, 0], [0, 3, 1]]), ALL_TWO)

    assert all(n in (None, 0) for n in found.shown.values())
    assert recoverable(found.frame, found.shown) == {}


def test_what_is_handed_on_does_not_hold_the_truth():
    found = protect(two([[40, 60, 5], [30, 20, 25]]), ALL_TWO)

    assert not found.frame.counts.any()


def test_tables_keep_the_order_of_their_own_dimensions():
    table = two([[40, 60, 15], [30, 20, 25]])

    counts = published_counts(table, [("form", "sex")])

    assert counts[Cell(("form", "sex"), ("marriage", "male"))] == 25


def test_a_mapping_and_an_array_make_one_cross():
    mapped = cross(SEX_FORM, {("male", "labour"): 3})

    assert np.array_equal(mapped.counts, [[0, 0, 0], [3, 0, 0]])


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: cross(SEX_FORM, {("male", "theft"): 3}), "is not a category"),
        (lambda: cross(SEX_FORM, np.zeros((3, 2))), "does not fit the dimensions"),
        (lambda: cross(SEX_FORM, np.full((2, 3), -1)), "whole numbers"),
        (lambda: cross(SEX_FORM, np.full((2, 3), 0.5)), "whole numbers"),
        (lambda: cross({"sex": ("f", "f")}, np.zeros(2)), "each once"),
        (lambda: protect(two([[1, 1, 1], [1, 1, 1]]), [("age",)]), "dimensions out of sex, form"),
        (lambda: protect(two([[1, 1, 1], [1, 1, 1]]), []), "at least one"),
        (lambda: protect(two([[1, 1, 1], [1, 1, 1]]), [("sex",), ("sex",)]), "none of them twice"),
        (lambda: protect(two([[1, 1, 1], [1, 1, 1]]), [()], threshold=1), "suppresses nothing"),
    ],
)
def test_refuses_what_is_not_a_table(make, complaint):
    with pytest.raises(WrongInput, match=complaint):
        make()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_in_a_random_table_no_suppressed_cell_can_be_told_to_within_two(numbers):
    table = two(np.reshape(numbers, (2, 3)))

    found = protect(table, ALL_TWO)

    true = published_counts(table, ALL_TWO)
    assert recoverable(found.frame, found.shown) == {}
    assert all(found.shown[c] is None for c, n in true.items() if 0 < n < 10)
    assert all(n == true[c] for c, n in found.shown.items() if n is not None)
    bounds = suppressed_bounds(found.frame, found.shown)
    assert all(low - 1e-6 <= true[c] <= high + 1e-6 for c, (low, high) in bounds.items())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([60, 200, 900]))
def test_nor_in_linked_tables_of_three_dimensions(seed, people):
    shape = (2, 3, 4)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(people, rng.dirichlet(np.full(24, 0.6))).reshape(shape)
    table = cross({"a": "xy", "b": "xyz", "c": "wxyz"}, counts)
    published = [(), ("a",), ("b",), ("c",), ("a", "b"), ("b", "c")]

    found = protect(table, published)

    assert recoverable(found.frame, found.shown) == {}


SQUARES = np.array(list(product(range(13), repeat=4)))  # every 2 x 2 table of counts to 12
SUMS = {
    Cell(("a",), ("x",)): [0, 1], Cell(("a",), ("y",)): [2, 3],
    Cell(("b",), ("x",)): [0, 2], Cell(("b",), ("y",)): [1, 3],
    Cell(("a", "b"), ("x", "x")): [0], Cell(("a", "b"), ("x", "y")): [1],
    Cell(("a", "b"), ("y", "x")): [2], Cell(("a", "b"), ("y", "y")): [3],
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any))
def test_the_attack_finds_what_trying_every_table_finds(numbers):
    shown = {cell: sum(numbers[i] for i in parts) for cell, parts in SUMS.items()}
    shown |= {cell: None for cell, n in shown.items() if len(cell.margin) == 2 and n}

    found = suppressed_bounds(cross({"a": "xy", "b": "xy"}, np.zeros((2, 2))), shown)

    tried = {cell: SQUARES[:, parts].sum(axis=1) for cell, parts in SUMS.items()}
    fits = np.all([tried[c] >= 1 if n is None else tried[c] == n for c, n in shown.items()], axis=0)
    for cell, (low, high) in found.items():
        assert (low, high) == (
            pytest.approx(tried[cell][fits].min()),
            pytest.approx(tried[cell][fits].max()),
        )


def test_a_national_table_is_protected_in_seconds():
    rng = np.random.default_rng(3)
    dimensions = {
        "sex": ("female", "male", "other"),
        "age": ("0-11", "12-17", "18-29", "30+"),
        "form": tuple(f"form {i}" for i in range(6)),
        "province": tuple(f"province {i:02}" for i in range(25)),
    }
    shares = np.einsum("a,b,c,d->abcd", [0.3, 0.68, 0.02], [0.1, 0.25, 0.45, 0.2],
                       rng.dirichlet(np.ones(6)), rng.dirichlet(np.ones(25)))  # fmt: skip
    counts = rng.multinomial(2000, shares.ravel() / shares.sum()).reshape(shares.shape)
    ones = [(name,) for name in dimensions]
    twos = [("sex", "form"), ("age", "form"), ("form", "province"), ("sex", "age")]

    started = time.perf_counter()
    found = protect(cross(dimensions, counts), [(), *ones, *twos])

    assert time.perf_counter() - started < 20
    assert recoverable(found.frame, found.shown) == {}
    assert found.shown[Cell((), ())] == 2000
    assert found.summary()["complementary"] < found.summary()["primary"]
