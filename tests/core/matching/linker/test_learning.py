"""What records teach a model: a known truth is found again, and little moves it little."""

import numpy as np
import pytest

from mekhala.core.matching.linker.learning import Block, learnt
from mekhala.core.matching.linker.model import Model, default_model
from mekhala.core.wrong_input import WrongInput

FIELDS = ("name", "birth", "place")
M = {"name": [0.7, 0.2, 0.1], "birth": [0.9, 0.1], "place": [0.6, 0.4]}
U = {"name": [0.001, 0.009, 0.99], "birth": [0.002, 0.998], "place": [0.05, 0.95]}
GIVEN = {"name": [0.4, 0.3, 0.3], "birth": [0.5, 0.5], "place": [0.5, 0.5]}


def drawn(rng, true, false):
    """Levels of so many pairs of one person and of two."""
    sides = (M, true), (U, false)
    return np.concatenate(
        [
            np.stack([rng.choice(len(of[f]), size, p=of[f]) for f in FIELDS], axis=1)
            for of, size in sides
        ]
    )


def block(levels, speaks, *, at_random=False):
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    return Block(
        levels=patterns, counts=counts.astype(float), speaks=frozenset(speaks), at_random=at_random
    )


def arrays(shares):
    return {field: np.array(values) for field, values in shares.items()}


def taught(blocks, pairs=100.0):
    return learnt(
        FIELDS, blocks, arrays(GIVEN), arrays(U), known=(), pairs=pairs, share=0.001
    )  # fmt: skip


def test_agreement_of_true_pairs_is_found_again_though_nobody_says_which_are_true():
    rng = np.random.default_rng(7)
    found = taught(
        [
            block(drawn(rng, 200, 400_000), FIELDS, at_random=True),
            block(drawn(rng, 6000, 4000), {"birth", "place"}),
            block(drawn(rng, 6000, 9000), {"name", "place"}),
        ]
    )

    for field in FIELDS:
        assert found.m[field] == pytest.approx(M[field], abs=0.05)


def test_true_pairs_among_those_at_random_do_not_make_agreement_common():
    rng = np.random.default_rng(8)
    found = taught(
        [
            block(drawn(rng, 800, 400_000), FIELDS, at_random=True),
            block(drawn(rng, 6000, 4000), {"birth", "place"}),
            block(drawn(rng, 6000, 9000), {"name", "place"}),
        ]
    )

    seen = 0.9 * 800 / 400_800 + 0.002
    assert found.u["birth"][0] < 0.002 + 0.25 * (seen - 0.002)


def test_a_handful_of_pairs_hardly_moves_what_was_given():
    rng = np.random.default_rng(9)
    found = taught([block(drawn(rng, 3, 2), {"name", "place"})])

    assert found.m["name"] == pytest.approx(GIVEN["name"], abs=0.05)
    assert found.m["birth"] == pytest.approx(GIVEN["birth"])


def test_calibration_rises_and_can_be_turned_back():
    model = default_model()
    shares = [number / 200 for number in range(201)]
    told = [model.calibrated(share) for share in shares]

    assert told == sorted(told)
    assert [model.uncalibrated(share) for share in told] == pytest.approx(shares)


def test_a_calibration_that_falls_is_refused():
    with pytest.raises(WrongInput, match="calibration"):
        Model(**{**vars(default_model()), "calibration": ((0.5, 0.8), (0.7, 0.6))})
