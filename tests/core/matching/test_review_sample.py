"""Checked samples: without bias, with intervals that hold, and handed on to the estimates."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching import review_rates
from mekhala.core.matching.judged import Names
from mekhala.core.matching.records import COLUMNS
from mekhala.core.matching.review_file import judged_by_people, read_checked, write_sample
from mekhala.core.matching.review_rates import Checked, rates
from mekhala.core.matching.review_sample import FAR, NEAR, coarse_keys, draw_pairs
from mekhala.core.wrong_input import WrongInput

from .checked_worlds import answered, checked, world

TIMES = 120


@pytest.fixture(scope="module", params=[(0.06, 0.04), (0.2, 0.15)], ids=["usual", "poor"])
def many(request):
    """What many samples of one linkage tell, and what is true."""
    before, review_rates.DRAWS = review_rates.DRAWS, 2000
    blind, wrong = request.param
    made = world(1, blind=blind, sure_and_wrong=wrong)
    yield made, [checked(made, seed, size=400) for seed in range(TIMES)]
    review_rates.DRAWS = before


def test_samples_tell_precision_and_recall_without_bias(many):
    made, told = many
    for name, true in (("precision", made.precision()), ("recall", made.recall())):
        found = np.array([getattr(one, name).share for one in told])
        error = found.std(ddof=1) / TIMES**0.5
        assert abs(found.mean() - true) < 4 * error + 0.004, name


def test_intervals_hold_the_truth_as_often_as_they_promise(many):
    made, told = many
    for name, true in (("precision", made.precision()), ("recall", made.recall())):
        held = sum(getattr(one, name).low <= true <= getattr(one, name).high for one in told)
        assert 0.90 <= held / TIMES <= 1, (name, held)


def test_a_larger_sample_tells_more(many):
    made, told = many
    wide = np.mean([one.recall.high - one.recall.low for one in told])
    narrow = np.mean([r.recall.high - r.recall.low
                      for r in (checked(made, seed, size=1200) for seed in range(15))])  # fmt: skip

    assert narrow < 0.75 * wide


def test_who_cannot_tell_is_never_a_no():
    made = world(2)
    sure, unsure = checked(made, 3, size=900), checked(made, 3, size=900, unsure=0.3)

    assert unsure.cannot_tell > 200
    assert unsure.precision.share == pytest.approx(sure.precision.share, abs=0.02)
    assert unsure.recall.share == pytest.approx(sure.recall.share, abs=0.06)
    assert unsure.missed_outside.pairs == pytest.approx(sure.missed_outside.pairs, abs=60)


def test_every_told_pair_checked_leaves_no_doubt_about_links():
    made = world(4, people=60)
    drawn = draw_pairs(made.told, made.keys, size=400, seed=1)
    found = rates(answered(drawn, made), seed=1)

    assert found.precision.share == pytest.approx(made.precision())
    assert found.precision.low == pytest.approx(found.precision.high)


def test_nothing_drawn_outside_was_told_and_far_pairs_share_nothing():
    made = world(5, people=200)
    drawn = draw_pairs(made.told, made.keys, size=500, seed=2)

    for one in drawn:
        pair = one.left, one.right
        assert (pair in made.told) == (one.probability > 0)
        if one.stratum in (NEAR, FAR):
            assert bool(made.keys[one.left] & made.keys[one.right]) == (one.stratum == NEAR)
    assert {one.stratum.split()[0] for one in drawn} == {"joined", "told", "near", "far"}


def test_weights_of_near_pairs_add_up_to_how_many_there_are():
    made = world(6, people=150)
    numbers = range(len(made.keys))
    near = sum(
        (i, j) not in made.told and bool(made.keys[i] & made.keys[j])
        for i in numbers for j in numbers if i < j
    )  # fmt: skip
    sums = [sum(d.weight for d in draw_pairs(made.told, made.keys, size=900, seed=s)
                if d.stratum == NEAR) for s in range(12)]  # fmt: skip

    assert np.mean(sums) == pytest.approx(near, rel=0.05)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**20))
def test_the_same_seed_draws_the_same_pairs(seed):
    made = world(7, people=80)

    assert draw_pairs(made.told, made.keys, size=160, seed=seed) == draw_pairs(
        dict(reversed(made.told.items())), made.keys, size=160, seed=seed
    )


def test_a_linker_whose_probabilities_are_true_needs_hardly_any_putting_right():
    draw = np.random.default_rng(1)
    made = world(8, blind=0.0, sure_and_wrong=0.0)
    told = {(2 * n, 2 * n + 1): float(draw.beta(3, 0.5)) for n in range(900)}
    true = frozenset(pair for pair, chance in told.items() if draw.random() < chance)
    honest = replace(made, told=told, true=true)
    review = checked(honest, 1, size=800).review(honest.told)

    assert review.false_links / review.links < 0.04
    assert review.missed / review.matches < 0.08


def test_links_that_are_wrong_though_sure_are_handed_on():
    made = world(9, blind=0.0, sure_and_wrong=0.2)
    sure = replace(made, told=dict.fromkeys(made.told, 0.999))
    review = checked(sure, 1, size=800).review(sure.told)

    false = 1 - sure.precision()
    assert review.false_links / review.links == pytest.approx(false, abs=0.05)


def test_matches_that_were_never_told_are_handed_on():
    made = world(10, blind=0.25, sure_and_wrong=0.0)
    sure = replace(made, told=dict.fromkeys(made.told, 0.999))
    review = checked(sure, 2, size=1200).review(sure.told)

    assert review.missed / review.matches == pytest.approx(0.25, abs=0.08)


def record(number, **written):
    return {**dict.fromkeys(COLUMNS, ""), "record_id": number, "source": "police", **written}


def test_near_is_what_shares_two_things_however_it_is_spelled():
    one, other, none = coarse_keys([
        record("1", full_name="Sok Dara", birth_year="1991", province_code="12"),
        record("2", name_km="សុខ ដារ៉ា", birth_date="1991-03-05", commune_code="120403"),
        record("3"),
    ])  # fmt: skip

    assert {"born SoK 1990", "place SoK 12", "words DaRa SoK", "consonants DRSK"} <= one & other
    assert none == frozenset()


def test_a_sample_is_read_as_it_was_written_and_answered():
    made = world(11, people=60)
    records = [record(f"r{n % 60}", source=f"list {n // 60}") for n in range(120)]
    drawn = draw_pairs(made.told, made.keys, size=200, seed=3)
    text = write_sample(drawn, records)
    again = read_checked(text, Names.of(records))

    assert {c.drawn for c in again} == set(drawn)
    assert all(c.same is None for c in again)
    filled = read_checked(text.replace(",\n", ",yes\n"), Names.of(records))
    assert len(judged_by_people(filled)) == len(drawn)


@pytest.mark.parametrize(
    ("row", "why"),
    [("0,1,0.9,joined 0.95 to 1,20,1,perhaps", "column same: 'perhaps' is no answer"),
     ("0,1,0.9,elsewhere,20,1,yes", "column stratum: 'elsewhere'"),
     ("0,1,0.9,near,none,1,yes", "column drawn: 'none'"),
     ("0,1,0.9,near,20,-1,yes", "column weight: '-1'"),
     ("0,1,2,near,20,1,yes", "column probability: '2'"),
     ("0,9,0.9,near,20,1,yes", "column right: '9' is no record")],
)  # fmt: skip
def test_a_sample_that_was_changed_is_refused_in_one_sentence(row, why):
    text = f"left,right,probability,stratum,drawn,weight,same\n{row}\n"
    with pytest.raises(WrongInput, match=why) as refused:
        read_checked(text, Names.of([record("0"), record("1")]), "checked.csv")
    assert str(refused.value).startswith("checked.csv: row 2")


def test_a_sample_nobody_has_looked_at_tells_nothing():
    made = world(12, people=60)
    drawn = draw_pairs(made.told, made.keys, size=200, seed=3)
    with pytest.raises(WrongInput, match="has no answer yet"):
        rates([Checked(drawn=one, same=None) for one in drawn])


def test_too_small_a_sample_is_refused():
    made = world(12, people=60)
    with pytest.raises(WrongInput, match="pairs are too few"):
        draw_pairs(made.told, made.keys, size=30)


def test_it_says_what_no_sample_can_rule_out():
    told = str(checked(world(13), 1))

    assert "precision 0." in told
    assert "more could be missed" in told
