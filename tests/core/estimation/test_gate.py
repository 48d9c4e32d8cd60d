"""When a table carries one number, a range, or none; and what two lists can say."""

import math
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.alike import _of_difference, met_often, would_show
from mekhala.core.estimation.bounds import DEFAULT, Bounds
from mekhala.core.estimation.chapman import chapman
from mekhala.core.estimation.design import design_for
from mekhala.core.estimation.gate import Period, Standing, gate, model_standing
from mekhala.core.estimation.panel import METHODS, agreement, methods_for, panel
from mekhala.core.estimation.poisson import Model, fit
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput
from tests.core.estimation.test_published_tables import published

THREE = {
    (1, 0, 0): 210, (0, 1, 0): 140, (0, 0, 1): 90, (1, 1, 0): 60, (1, 0, 1): 38, (0, 1, 1): 26,
    (1, 1, 1): 11,
}  # fmt: skip
YEAR = Period(first_on=date(2025, 1, 1), last_on=date(2025, 12, 31))
CHEAP = ("independence", "stepwise", "decomposable")


def codes(warned):
    return {w.code for w in warned}


def cheap(table):
    return [METHODS[name](table, bootstrap=0) for name in CHEAP]


def test_three_lists_that_share_people_pass_and_support_one_number():
    table = from_counts(tuple("ABC"), THREE)

    found = gate(table, period=YEAR)

    assert found.passes
    assert found.overlaps[0] == (319, 71, 49)
    assert found.seen_twice == pytest.approx(135 / 575)
    assert dict(found.standing)["all pairs"] is Standing.EXISTS
    assert agreement(cheap(table), found)["verdict"] == "one_number"


def test_two_lists_have_a_panel_and_no_single_number():
    table = from_counts(("A", "B"), {(1, 0): 40, (0, 1): 30, (1, 1): 12})

    estimates = panel(table, bootstrap=0)
    told = agreement(estimates, gate(table))

    assert estimates[0].method == "chapman"
    assert estimates[0].estimate is not None
    assert not told["supports_one_number"]
    assert told["verdict"] == "no_number"
    assert "fewer_than_three_lists" in {r["code"] for r in told["reasons"]}
    assert agreement(estimates)["verdict"] == "no_number"


def test_a_list_that_shares_hardly_anybody_is_a_reason_and_no_list_to_use():
    table = from_counts(tuple("ABC"), THREE | {(1, 0, 1): 2, (0, 1, 1): 1, (1, 1, 1): 0})

    found = gate(table)

    assert codes(found.reasons) == {"fewer_than_three_lists", "lists_hardly_linked"}
    assert "C and the other lists share 3 people" in found.reasons[1].because
    assert gate(table, Bounds(fewest_shared=3)).passes


def test_two_groups_of_lists_that_share_nobody_do_not_make_one_table():
    counts = {(1, 1, 0, 0): 20, (0, 0, 1, 1): 30}
    alone = {tuple(int(i == k) for i in range(4)): 50 for k in range(4)}

    found = gate(from_counts(tuple("ABCD"), counts | alone))

    (hardly,) = [r for r in found.reasons if r.code == "lists_hardly_linked"]
    assert hardly.because.startswith("A, B and the other lists share 0 people")


def test_nobody_seen_twice_is_refused_for_every_reason_there_is():
    found = gate(from_counts(tuple("ABC"), {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 24}))

    assert codes(found.reasons) >= {"nobody_seen_twice", "no_identifiable_model"}
    assert "few_seen_twice" in codes(found.warnings)


def test_the_published_table_without_overlap_has_models_that_do_not_exist_or_are_not_unique():
    table = published("Artificial_3")

    assert model_standing(table, (("A", "B"),)) is Standing.DOES_NOT_EXIST
    every = (("A", "B"), ("A", "C"), ("B", "C"))
    assert model_standing(table, every) is Standing.NOT_IDENTIFIABLE


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("UKdat_5", set()),
        ("Western", set()),
        ("MadiganYork_5", set()),
        ("NewOrl_5_185", {"lists_hardly_linked"}),
        ("Artificial_3", {"fewer_than_three_lists", "lists_hardly_linked"}),
    ],
)
def test_published_tables_pass_or_say_why_not(name, reasons):
    assert codes(gate(published(name)).reasons) == reasons


def test_methods_that_disagree_twofold_give_a_range_and_fourfold_nothing():
    uk, australia = published("UKdat_5"), published("Australia")

    assert agreement(cheap(uk), gate(uk))["verdict"] == "range"
    told = agreement(cheap(australia), gate(australia))
    assert told["verdict"] == "no_number"
    assert "methods_disagree" in {r["code"] for r in told["reasons"]}


def test_bounds_are_settings():
    uk = published("UKdat_5")

    wide = Bounds(one_number_within=4, panel_within=5, hidden=4)

    assert agreement(cheap(uk), gate(uk, wide))["verdict"] == "one_number"
    with pytest.raises(WrongInput, match="one_number_within"):
        Bounds(panel_within=1.2)
    with pytest.raises(WrongInput, match="hidden"):
        Bounds(hidden=1)


def met(rates_of, *, seed, people=5000):
    rng = np.random.default_rng(seed)
    on = rng.random((people, 4)) < rates_of(rng.random((people, 1))) * np.array([1, 0.8, 0.7, 0.5])
    rows, many = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
    cells = zip(map(tuple, rows.tolist()), many.tolist(), strict=True)
    return from_counts(tuple("ABCD"), dict(cells))


def test_people_of_whom_some_are_easy_to_find_are_not_told_as_one_number():
    doubted, told_false = 0, 0
    for seed in range(10):
        table = met(lambda chance: np.where(chance < 0.3, 0.45, 0.11), seed=seed)
        found = gate(table)
        doubted += "people_differ" in codes(found.doubts)
        together = agreement(cheap(table), found)
        assert together["highest_limit"] < 5000  # what the doubt is about
        told_false += together["supports_one_number"]

    assert doubted >= 8
    assert told_false <= 2


def test_people_who_are_alike_are_seldom_doubted():
    doubted = [
        codes(gate(met(lambda chance: 0 * chance + 0.15, seed=seed)).doubts) for seed in range(20)
    ]

    assert sum(map(bool, doubted)) <= 4  # 5 % each


def test_where_hardly_anybody_would_be_met_three_times_differences_cannot_show():
    table = met(lambda chance: 0 * chance + 0.05, seed=1, people=2000)

    found = gate(table)

    assert codes(found.doubts) == {"differences_cannot_show"}
    assert agreement(cheap(table), found)["verdict"] == "range"
    assert found.often.foretold < 5


def test_a_difference_that_would_hide_a_third_must_have_had_the_chance_to_show():
    few = met(lambda chance: 0 * chance + 0.12, seed=2, people=900)
    many = met(lambda chance: 0 * chance + 0.12, seed=2, people=9000)

    assert would_show(few, 1.5) < DEFAULT.beyond < would_show(many, 1.5)
    assert codes(gate(few).doubts) == {"differences_cannot_show"}
    assert gate(many).doubts == ()


def test_ten_times_the_people_show_the_same_difference_by_the_root_of_ten():
    tenfold = from_counts(tuple("ABC"), {h: 10 * n for h, n in THREE.items()})

    once, often = would_show(from_counts(tuple("ABC"), THREE), 1.5), would_show(tenfold, 1.5)

    assert often == pytest.approx(once * 10**0.5)
    assert would_show(tenfold, 2) > often


def test_people_who_differ_lower_the_constant_by_what_is_foretold():
    # small d: the exact table of independence times exp(d k(k-1)/2), fitted without d
    exact = {(1, 0, 0): 8100, (0, 1, 0): 8100, (0, 0, 1): 8100, (1, 1, 0): 900, (1, 0, 1): 900,
             (0, 1, 1): 900, (1, 1, 1): 100}  # fmt: skip
    d, shape = 1e-3, {1: 0, 2: 1, 3: 3}
    differ = {h: n * math.exp(d * shape[sum(h)]) for h, n in exact.items()}
    design, counts = design_for(from_counts(tuple("ABC"), exact))
    moved = np.array([differ[tuple(map(int, on))] for on in design.on_list])
    none = Model(pairs=np.zeros((1, 3), dtype=bool))

    pull, weight = _of_difference(design, design.x[:, :4], counts)

    lower = fit(design, counts[None], none).beta[0, 0] - fit(design, moved[None], none).beta[0, 0]
    assert pull == pytest.approx(lower / d, rel=0.01)
    assert weight > 0


def test_people_met_often_are_counted_as_the_formula_says():
    # on each list with one chance in ten, each alone: 1000 p (1-p)^2 and so on, exactly
    exact = {(1, 0, 0): 810, (0, 1, 0): 810, (0, 0, 1): 810, (1, 1, 0): 90, (1, 0, 1): 90,
             (0, 1, 1): 90, (1, 1, 1): 10}  # fmt: skip

    often = met_often(from_counts(tuple("ABC"), exact))

    assert often.foretold == pytest.approx(10)
    assert often.beyond == pytest.approx(0, abs=1e-6)
    assert met_often(from_counts(("A", "B"), {(1, 1): 5, (1, 0): 3, (0, 1): 2})) is None


def test_an_empty_list_changes_nothing_but_a_warning():
    empty = from_counts(tuple("ABCD"), {(*h, 0): n for h, n in THREE.items()})

    found = gate(empty)

    assert found.passes
    assert "empty_list" in codes(found.warnings)


def test_a_list_named_twice_counts_once():
    twice = from_counts(tuple("ABC"), {(1, 1, 0): 40, (0, 0, 1): 50, (1, 1, 1): 20})

    assert "fewer_than_three_lists" in codes(gate(twice).reasons)


def test_an_open_or_a_long_period_is_warned_of():
    table = from_counts(tuple("ABC"), THREE)

    assert "period_not_given" in codes(gate(table).warnings)
    long = Period(first_on=date(2020, 1, 1), last_on=date(2025, 12, 31))
    assert "period_long" in codes(gate(table, period=long).warnings)
    assert not codes(gate(table, period=YEAR).warnings) & {"period_long", "period_not_given"}
    with pytest.raises(WrongInput, match="before it begins"):
        Period(first_on=date(2025, 2, 1), last_on=date(2025, 1, 1))


@given(st.permutations(range(3)), st.lists(st.integers(0, 30), min_size=7, max_size=7))
def test_the_order_of_lists_never_changes_what_the_gate_says(order, counts):
    rows = dict(zip(THREE, counts, strict=True))
    turned = {tuple(h[i] for i in order): n for h, n in rows.items()}

    first = gate(from_counts(tuple("ABC"), rows))
    assert gate(from_counts(tuple("ABC"[i] for i in order), turned)).to_dict() == first.to_dict()


def test_chapman_is_seber_s_arithmetic():
    table = from_counts(("A", "B"), {(1, 0): 150, (0, 1): 80, (1, 1): 50})

    found = chapman(table)

    assert found.estimate == pytest.approx(201 * 131 / 51 - 1)
    assert found.low == pytest.approx(437.97, abs=0.05)
    assert found.high == pytest.approx(630.5, abs=0.05)


def test_the_odds_ratio_curve_passes_through_the_estimate_and_rises():
    found = chapman(from_counts(("A", "B"), {(1, 0): 150, (0, 1): 80, (1, 1): 50}))
    points = found.to_dict()["odds_ratio_curve"]

    assert points[len(points) // 2]["estimate"] == round(found.estimate, 1)
    assert [p["odds_ratio"] for p in (points[0], points[-1])] == [0.3333, 3.0]
    unseen = [p["estimate"] - found.observed for p in points]
    assert unseen == sorted(unseen)
    assert unseen[-1] == pytest.approx(9 * unseen[0], rel=0.01)


def test_chapman_is_for_two_lists_that_share_somebody():
    apart = chapman(from_counts(("A", "B"), {(1, 0): 4, (0, 1): 3}))

    assert apart.estimate is None
    assert "odds_ratio_curve" not in apart.to_dict()
    with pytest.raises(WrongInput, match="3 lists; expected exactly 2"):
        chapman(from_counts(tuple("ABC"), THREE))
    assert "chapman" not in methods_for(from_counts(tuple("ABC"), THREE))


def test_chapman_does_not_depend_on_the_order_of_the_lists():
    rows = {(1, 0): 15, (0, 1): 8, (1, 1): 5}
    answers = {
        chapman(from_counts([("A", "B")[i] for i in o], {(h[o[0]], h[o[1]]): n
                for h, n in rows.items()})).high
        for o in permutations(range(2))
    }  # fmt: skip

    assert len(answers) == 1
