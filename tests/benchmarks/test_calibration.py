"""Simulation-based calibration in short: even ranks, and red where a posterior is wrong."""

import pytest

from benchmarks.estimation.calibration import MEMBERS, NARROW, UNLIKELY, tail

TRIES = {"ESTIMATES-RANKS-CLASSES": 90}


@pytest.mark.parametrize("proof", MEMBERS)
def test_the_truth_stands_at_every_rank_equally_often(proof):
    assert tail(MEMBERS[proof], TRIES.get(proof, 150), seed=1) >= UNLIKELY


@pytest.mark.parametrize("proof", [p for p in MEMBERS if p not in TRIES])
def test_ranks_are_uneven_where_a_posterior_is_too_narrow(proof):
    assert tail(MEMBERS[proof], 120, seed=1, narrow=NARROW) < UNLIKELY
