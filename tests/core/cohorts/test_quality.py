"""What convictions rest on: the unknown apart, few withheld, those judged together worth less."""

import pytest

from mekhala.core.cohorts.quality import Judged, any_of, warning_shares
from mekhala.core.estimation.binomial import wilson


def judged(yes, no, unknown, *, together=1):
    answers = [True] * yes + [False] * no + [None] * unknown
    return [Judged(complaint=n // together, raised={"w": a}) for n, a in enumerate(answers)]


def test_a_share_is_of_those_known_and_beside_it_stands_how_far_the_unknown_could_move_it():
    (told,) = warning_shares(judged(30, 10, 20), ["w"])

    assert (told.raised, told.not_raised, told.unknown) == (30, 10, 20)
    assert told.share == 0.75
    assert (told.least, told.most) == (30 / 60, 50 / 60)


def test_apart_the_interval_is_wilsons_and_together_it_is_wider():
    (apart,) = warning_shares(judged(40, 40, 0), ["w"])
    (together,) = warning_shares(judged(40, 40, 0, together=8), ["w"])

    assert (apart.low, apart.high) == pytest.approx(wilson(40, 80, 0.95), abs=0.003)
    assert together.high - together.low > 2 * (apart.high - apart.low)


@pytest.mark.parametrize("counts", [(9, 40, 40), (40, 1, 40), (40, 40, 5), (0, 0, 0)])
def test_a_row_with_a_few_in_it_is_not_told(counts):
    (told,) = warning_shares(judged(*counts), ["w"])
    assert told.raised is told.unknown is told.share is None


def test_of_several_warnings_none_is_known_only_where_each_is():
    told = {
        True: {"a": True, "b": None},
        None: {"a": False, "b": None},
        False: {"a": False, "b": False},
    }
    for answer, raised in told.items():
        assert any_of(["a", "b"], Judged(complaint=1, raised=raised)) is answer
