"""Latent classes: where chains settle, against figures of others, and what a sweep costs."""

import os
import time

import numpy as np
import pytest

from mekhala.core.estimation.convergence import doubts
from mekhala.core.estimation.latent_class import chains_of, latent_class
from mekhala.core.estimation.tables import from_counts
from mekhala.core.estimation.tempering import Chain, rungs_for, thinned
from tests.core.estimation.test_published_tables import published

# Median and effective draws of one chain of LCMCR 0.4.14, 110,000 sweeps (recorded). Where the
# latter is not on record, a low one (300) is taken; New Orleans had over 4,000.
RECORDED = {
    "UKdat_5": (23_054, 350),
    "NewOrl_5_185": (836, 4000),
    "Western": (1_856, 300),
    "Australia": (4_207, 300),
    "Artificial_3": (402, 300),
    "MadiganYork_5": (625, 300),
}
# Seconds LCMCR took for 110,000 sweeps (recorded), and how many times quicker a sweep must be.
SECONDS = {"UKdat_5": 3.82, "NewOrl_5_185": 2.39, "Western": 2.19}


@pytest.mark.parametrize("name", RECORDED)
def test_chains_settle_on_the_recorded_median_within_three_of_its_errors(name):
    found = latent_class(published(name), seed=1)

    median, worth = RECORDED[name]
    spread = (found.high - found.low) / 3.92
    error = 1.25 * spread * np.sqrt(1 / worth + 1 / found.diagnostics["effective_draws"])
    assert abs(found.estimate - median) < 3 * error
    assert found.diagnostics["r_hat"] < 1.05
    assert found.diagnostics["round_trips"] > 4


@pytest.mark.parametrize("name", SECONDS)
def test_a_sweep_is_three_times_as_quick_as_recorded_elsewhere(name):
    table = published(name).used()
    cells, counts = np.array(table.histories, dtype=float), np.array(table.counts, dtype=float)
    chain = Chain(cells, counts, seed=1, rungs=1)
    chain.draws(burn=1000, keep=1, thin=1)

    took = []
    for _ in range(3):
        began = time.process_time()
        chain.draws(burn=0, keep=500, thin=10)
        took.append((time.process_time() - began) / 5000)

    assert min(took) < SECONDS[name] / 110_000 / 3


def test_independent_lists_are_one_class_and_the_answer_is_near_that_of_independence():
    rng = np.random.default_rng(3)
    met = rng.random((3000, 4)) < [0.3, 0.25, 0.2, 0.2]
    rows, many = np.unique(met[met.any(axis=1)].astype(int), axis=0, return_counts=True)
    table = from_counts(
        tuple("abcd"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )

    found = latent_class(table, keep=800)

    assert found.estimate == pytest.approx(3000, rel=0.05)


def test_two_kinds_of_people_are_found_again():
    rng = np.random.default_rng(8)
    met = np.vstack([rng.random((2000, 5)) < 0.35, rng.random((4000, 5)) < 0.08])
    rows, many = np.unique(met[met.any(axis=1)].astype(int), axis=0, return_counts=True)
    table = from_counts(
        tuple("abcde"), dict(zip(map(tuple, rows.tolist()), many.tolist(), strict=True))
    )

    found = latent_class(table, keep=800)

    assert found.low < 6000 < found.high


def test_the_number_of_threads_changes_nothing(monkeypatch):
    table = from_counts(
        ("A", "B", "C"),
        {(1, 0, 0): 60, (0, 1, 0): 50, (0, 0, 1): 40, (1, 1, 0): 12, (1, 0, 1): 9, (0, 1, 1): 6},
    )
    found = []
    for cores in (1, 3):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        found.append(chains_of(table, seed=2, chains=3, keep=40).missing)

    assert np.array_equal(*found)


def test_on_three_lists_a_second_kind_is_said_to_be_free():
    three = {(1, 0, 0): 60, (0, 1, 0): 50, (0, 0, 1): 40, (1, 1, 0): 12, (1, 0, 1): 9, (0, 1, 1): 6}
    four = {(*h, 0): n for h, n in three.items()} | {(0, 0, 0, 1): 30, (1, 0, 0, 1): 8}

    on_three, on_four = (
        latent_class(from_counts(names, rows), keep=60, chains=2)
        for names, rows in (("ABC", three), ("ABCD", four))
    )

    assert "kinds_not_identified" in {w.code for w in on_three.warnings}
    assert "kinds_not_identified" not in {w.code for w in on_four.warnings}


def test_a_thinner_table_has_its_share_of_people_in_all():
    counts = np.array([1.0, 0, 3, 1, 1, 1, 1, 200])

    thin = thinned(counts, 0.5)

    assert thin.sum() == 104
    assert (thin <= counts).all()
    assert np.array_equal(thinned(counts, 1.0), counts)


def test_more_people_are_led_down_more_rungs_to_a_table_of_few():
    assert [rungs_for(n) for n in (0, 400, 2_744, 8_000, 10**7)] == [6, 6, 7, 10, 12]


def test_chains_that_have_not_settled_go_on_and_others_stop():
    table = from_counts(
        ("A", "B", "C"),
        {(1, 0, 0): 60, (0, 1, 0): 50, (0, 0, 1): 40, (1, 1, 0): 12, (1, 0, 1): 9, (0, 1, 1): 6},
    )

    few = chains_of(table, seed=2, chains=2, keep=40)
    many = chains_of(table, seed=2, chains=2, keep=1500)

    assert few.missing.shape == (2, 160)
    assert many.missing.shape == (2, 1500)
    assert np.array_equal(few.missing[:, :40], many.missing[:, :40])


def test_chains_that_disagree_or_hardly_move_are_said_to():
    apart = np.stack([np.random.default_rng(s).normal(s // 2, 0.1, 500) for s in range(4)])

    assert [w.code for w in doubts(apart)] == ["chains_disagree", "few_independent_draws"]
    assert doubts(np.random.default_rng(1).normal(size=(4, 1000))) == []
