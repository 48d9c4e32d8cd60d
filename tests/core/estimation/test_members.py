"""The further members of the panel: graphs, latent classes, BIC, the lower bound."""

import time
import tracemalloc
from itertools import permutations

import numpy as np
import pytest

from mekhala.core.estimation import averaging, robustness
from mekhala.core.estimation.averaging import posterior
from mekhala.core.estimation.bayes_threshold import bayes_threshold
from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.chao import chao, equal_lists
from mekhala.core.estimation.convergence import effective_draws, split_r_hat
from mekhala.core.estimation.decomposable import by_mask, decomposable
from mekhala.core.estimation.graphs import decomposable as graphs
from mekhala.core.estimation.latent_class import latent_class
from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.sensitivity import curve
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput
from tests.core.estimation.test_published_tables import published, table_of

# Quantiles 2.5, 50, 97.5 % that dga 2.0.2 gave (recorded); half a percent is its grid's fineness.
AVERAGED = {
    "UKdat_5": (10_389, 22_992, 33_509),
    "NewOrl_5_185": (511, 869, 1_762),
    "Western": (1_343, 2_133, 3_871),
    "MadiganYork_5": (590, 618, 656),
    "Kosovo": (9_826, 12_592, 16_546),
}
BY_BIC = {
    "UKdat_5": 22_991, "Western": 2_483, "Australia": 6_496, "Artificial_3": 539,
    "Kosovo": 14_342, "NewOrl_5": 981,
}  # fmt: skip
INDEPENDENT = {
    (1, 0, 0): 210, (0, 1, 0): 140, (0, 0, 1): 90, (1, 1, 0): 60, (1, 0, 1): 38, (0, 1, 1): 26,
    (1, 1, 1): 11,
}  # fmt: skip


def small():
    return from_counts(("A", "B", "C"), INDEPENDENT)


def test_there_are_as_many_decomposable_graphs_as_counted_by_others():
    assert [len(graphs(t).sign) for t in (2, 3, 4, 5, 6)] == [2, 8, 61, 822, 18_154]


@pytest.mark.parametrize("name", AVERAGED)
def test_averaging_over_graphs_agrees_with_published_quantiles(name):
    found = decomposable(table_of(name))

    assert (found.low, found.estimate, found.high) == pytest.approx(AVERAGED[name], rel=0.005)


def six_lists():
    rng = np.random.default_rng(5)
    people = rng.random((4000, 6)) < [0.06, 0.05, 0.03, 0.03, 0.02, 0.02]  # sparse: many graphs fit
    rows, many = np.unique(people[people.any(axis=1)].astype(int), axis=0, return_counts=True)
    return from_counts(
        tuple("ABCDEF"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )


def test_six_lists_are_averaged_over_in_under_a_second_and_a_hundred_megabytes():
    graphs.cache_clear()
    tracemalloc.start()
    found = decomposable(six_lists())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    began = time.process_time()
    decomposable(six_lists())

    assert time.process_time() - began < 1
    assert peak < 60e6
    assert found.low < 4000 < found.high


def test_five_lists_are_averaged_over_eight_times_as_quickly_as_recorded_elsewhere():
    table = published("UKdat_5")
    decomposable(table)
    began = time.process_time()
    for _ in range(5):
        decomposable(table)

    assert (time.process_time() - began) / 5 < 1.54 / 8


def test_leaving_out_graphs_without_weight_changes_no_quantile():
    counts, missing = by_mask(published("Western").used()), np.arange(0.0, 8000.0, 4.0)
    heavy = posterior(counts, 5, missing=missing)
    top = averaging._rough(counts, 5, graphs(5), missing)[1].max()

    every = averaging._on_grid(counts, 5, graphs(5), missing, top=float(top), cut=False)

    assert len(every.share) == 822 > len(heavy.share)
    assert heavy.weight == pytest.approx(every.weight, abs=1e-7)


@pytest.mark.parametrize("name", BY_BIC)
def test_the_lowest_bic_is_the_published_model(name):
    assert round(bic(table_of(name), bootstrap=0).estimate) == BY_BIC[name]


def test_where_three_lists_may_depend_together_the_search_finds_them_and_says_so():
    tied = INDEPENDENT | {(1, 1, 1): 70}
    four = {(*h, 0): n for h, n in tied.items()} | {(*h, 1): n // 6 for h, n in tied.items()}
    four[0, 0, 0, 1] = 80
    table = from_counts(("A", "B", "C", "D"), four)

    pairs, larger = (bic(table, bootstrap=200, order=order) for order in (2, 3))

    assert larger.model == "A + B + C + D + A:B + A:C + B:C + A:B:C"
    assert larger.pairs == (("A", "B"), ("A", "C"), ("B", "C"))
    assert larger.diagnostics["best_models"][0]["bic"] < pairs.diagnostics["best_models"][0]["bic"]
    assert "at most 3 at a time" in larger.assumption
    assert "at most two at a time" in pairs.assumption


def test_with_six_lists_three_that_depend_together_are_found_downhill():
    rng = np.random.default_rng(8)
    people = rng.random((60_000, 6)) < 0.2
    people[:, :3] |= (rng.random(60_000) < 0.03)[:, None]
    rows, many = np.unique(people[people.any(axis=1)].astype(int), axis=0, return_counts=True)
    table = from_counts(
        tuple("ABCDEF"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )

    found = bic(table, bootstrap=0, order=3)

    assert found.model.endswith("+ A:B + A:C + B:C + A:B:C")
    assert found.estimate == pytest.approx(60_000, rel=0.05)


@pytest.mark.parametrize("wrong", [{"order": 1}, {"top": 0}])
def test_a_search_among_no_models_is_refused(wrong):
    with pytest.raises(WrongInput, match="expected"):
        bic(small(), **wrong)


@pytest.mark.parametrize("name", ["UKdat_5", "Western", "Australia"])
def test_the_bootstrap_of_the_lowest_bic_holds_the_estimate_and_weighs_the_models(name):
    found = bic(published(name), bootstrap=200).to_dict()

    assert found["low"] < found["estimate"] < found["high"]
    assert found["averaged_low"] < found["averaged"] < found["averaged_high"]
    assert found["best_models"][0]["estimate"] == found["estimate"]


@pytest.mark.parametrize("method", ["bic", "bayes-threshold", "decomposable", "chao", "stepwise"])
def test_the_order_of_the_lists_changes_nothing(method):
    answers = set()
    for order in permutations(range(3)):
        turned = {tuple(h[i] for i in order): n for h, n in INDEPENDENT.items()}
        names = tuple("ABC"[i] for i in order)
        answers.add(round(METHODS[method](from_counts(names, turned), bootstrap=0).estimate, 6))

    assert len(answers) == 1


@pytest.mark.parametrize("method", ["bic", "bayes-threshold", "decomposable", "latent-class"])
def test_nobody_seen_twice_is_no_number(method):
    apart = from_counts(("A", "B", "C"), {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 24})

    found = METHODS[method](apart, bootstrap=0)

    assert found.estimate is None
    assert "nobody_seen_twice" in {warned.code for warned in found.warnings}


def test_two_lists_are_too_few_for_graphs_latent_classes_and_priors():
    two = from_counts(("A", "B"), {(1, 0): 40, (0, 1): 30, (1, 1): 12})

    for method in (bayes_threshold, decomposable, latent_class):
        found = method(two)
        assert not found.exists
        assert "not_for_so_many_lists" in {warned.code for warned in found.warnings}


def test_latent_classes_find_independent_lists_and_repeat_to_the_digit():
    first, again = (latent_class(small(), seed=3, chains=4, keep=600) for _ in range(2))

    assert first.to_dict() | {"seconds": 0} == again.to_dict() | {"seconds": 0}
    assert first.low < 1_000 < first.high


def test_latent_classes_say_when_their_chains_disagree():
    chains = np.stack([np.random.default_rng(s).normal(s // 2, 0.1, 500) for s in range(4)])

    assert split_r_hat(chains) > 1.5
    assert effective_draws(chains) < 20


def test_draws_that_are_independent_are_worth_themselves():
    chains = np.random.default_rng(1).normal(size=(4, 1000))

    assert split_r_hat(chains) == pytest.approx(1, abs=0.01)
    assert 3000 < effective_draws(chains) <= 4000


def test_the_lower_bound_has_no_upper_end_and_lies_below_who_is_easier_to_find():
    found = chao(small())

    assert found.high is None
    assert found.low < found.estimate
    assert equal_lists(small()) == pytest.approx(575 + 440 * 439 / (2 * 125))


def test_where_everybody_is_on_every_list_there_is_no_lower_bound():
    assert not chao(from_counts(("A", "B", "C"), {(1, 1, 1): 5})).exists


def test_a_lower_bound_is_below_the_truth_where_people_differ():
    rng = np.random.default_rng(11)
    easy = rng.beta(0.8, 2.5, size=(20_000, 1))
    seen = rng.random((20_000, 4)) < easy
    rows, many = np.unique(seen[seen.any(axis=1)].astype(int), axis=0, return_counts=True)
    table = from_counts(
        tuple("ABCD"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )

    assert table.observed < chao(table).estimate < 20_000


def test_the_curve_passes_through_the_estimate_and_says_where_the_others_lie():
    panel = [METHODS[name](small(), bootstrap=0) for name in ("stepwise", "decomposable")]

    found = curve(panel[0], panel)

    assert found.totals[len(found.xi) // 2] == pytest.approx(panel[0].estimate)
    ((name, xi),) = found.others
    missed = panel[0].estimate - panel[0].observed
    assert name == "decomposable"
    assert small().observed + xi * missed == pytest.approx(panel[1].estimate)


def test_each_list_each_pair_and_each_person_can_be_taken_away():
    def by(table):
        return stepwise(table, bootstrap=0)

    assert len(robustness.without_each_list(small(), by)) == 3
    assert len(robustness.joined_pairs(small(), by)) == 3
    assert len(robustness.without_one_person(small(), by)) == 7
    truths = robustness.each_list_as_truth(small(), by)
    assert [r.true for r in truths] == [319, 237, 165]
    assert all(r.holds for r in truths)
