"""Respondent-driven samples: their trees, weights, intervals, and what they show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.estimation.rds import rds_ii, successive_sampling
from mekhala.core.estimation.rds_bootstrap import trees
from mekhala.core.estimation.recruitment import Recruit, read_recruits, recruitment
from mekhala.core.estimation.successive import inclusion
from mekhala.core.wrong_input import WrongInput

NOT_TOLD = {"seconds": 0}


def grown(people=120, seeds=6, rate=0.3, seed=1):
    """A made sample: person i was recruited by person i // 2 minus a little, or is a seed."""
    rng = np.random.default_rng(seed)
    return [
        Recruit(
            id=f"p{i:03}", recruiter=None if i < seeds else f"p{(i - seeds) // 2:03}",
            degree=int(rng.integers(1, 20)), positive=bool(rng.random() < rate),
        )
        for i in range(people)
    ]  # fmt: skip


def codes(found):
    return {warned.code for warned in found.warnings}


def test_people_weigh_one_over_how_many_they_know():
    sample = recruitment([
        Recruit(id="a", recruiter=None, degree=2, positive=True),
        Recruit(id="b", recruiter="a", degree=4, positive=True),
        Recruit(id="c", recruiter="a", degree=1, positive=False),
    ])  # fmt: skip

    assert rds_ii(sample).estimate == pytest.approx(0.75 / 1.75)


def test_when_all_know_as_many_the_share_is_the_plain_one():
    sample = recruitment([
        Recruit(id=p.id, recruiter=p.recruiter, degree=7, positive=p.positive) for p in grown()
    ])  # fmt: skip

    by_degree, none_twice = rds_ii(sample), successive_sampling(sample, population=500)

    plain = np.mean([p.positive for p in grown()])
    assert by_degree.estimate == pytest.approx(plain)
    assert none_twice.estimate == pytest.approx(plain)


def test_in_a_large_population_nobody_would_be_drawn_twice_anyway():
    sample = recruitment(grown())

    large, whole = (successive_sampling(sample, population=n) for n in (10**9, 120))

    assert large.estimate == pytest.approx(rds_ii(sample).estimate, abs=1e-6)
    assert whole.estimate == pytest.approx(np.mean([p.positive for p in grown()]))
    assert (whole.low, whole.high) == (whole.estimate, whole.estimate)
    assert "large_part_of_population" not in codes(large)


def test_the_chance_of_being_drawn_is_that_of_drawing_one_after_another():
    degrees, people, drawn = np.array([1.0, 3.0, 10.0]), np.array([600, 300, 100]), 250
    rng = np.random.default_rng(4)
    each = np.repeat(degrees, people)
    taken = np.zeros(3)
    for _ in range(400):  # the least of exponential waits: drawing in proportion to degree
        first = np.argsort(rng.exponential(size=1000) / each)[:drawn]
        taken += np.bincount(np.searchsorted(degrees, each[first]), minlength=3)

    chances = inclusion(degrees, taken / 400, 1000)

    assert chances == pytest.approx(taken / 400 / people, rel=0.02)


@given(st.lists(st.integers(1, 60), min_size=2, max_size=30), st.floats(1.01, 1e4))
def test_those_seen_over_their_chance_add_up_to_the_population(degrees, times):
    values, counts = np.unique(np.array(degrees, dtype=float), return_counts=True)
    population = times * len(degrees)

    chances = inclusion(values, counts.astype(float), population)

    assert (counts / chances).sum() == pytest.approx(population, rel=1e-6)
    assert (np.diff(chances) >= 0).all()


@settings(max_examples=15)
@given(st.permutations(grown(40, 3)))
def test_the_order_of_rows_changes_nothing(rows):
    for by in (rds_ii, lambda s, **k: successive_sampling(s, population=400, **k)):
        one, other = (by(recruitment(r), bootstrap=20) for r in (grown(40, 3), rows))
        assert one.to_dict() | NOT_TOLD == other.to_dict() | NOT_TOLD


def test_coupons_tell_the_same_trees_as_recruiters():
    by_id = "id,recruiter,degree,positive\na,,3,1\nb,a,2,0\nc,a,5,1\nd,c,4,\n"
    by_coupon = (
        "id,coupon,coupons,degree,positive\na,,11 12 13,3,1\nb,11,,2,0\nc,13,21,5,1\nd,21,,4,\n"
    )

    assert read_recruits(by_id).data() == read_recruits(by_coupon).data()


def test_an_unknown_outcome_keeps_its_place_in_the_tree_and_is_no_no():
    people = grown()
    people[7] = Recruit(id=people[7].id, recruiter=people[7].recruiter, degree=4, positive=None)
    people[9] = Recruit(id=people[9].id, recruiter=people[9].recruiter, degree=None, positive=True)

    found = rds_ii(recruitment(people))

    assert (found.observed, found.diagnostics["refused"]) == (118, 2)
    assert "unknown_left_out" in codes(found)
    assert found.diagnostics["refusal_bounds"]["high"] > found.diagnostics["refusal_bounds"]["low"]


def test_the_tree_bootstrap_of_one_seed_with_one_recruit_each_is_the_sample_itself():
    line = recruitment([
        Recruit(id=str(i), recruiter=str(i - 1) if i else None, degree=2, positive=i < 3)
        for i in range(10)
    ])  # fmt: skip

    replicates = trees(line, 1 / line.degree, 50, np.random.default_rng(0))

    assert replicates == pytest.approx(np.full(50, 0.3))


def test_seeds_that_reach_different_people_show_a_bottleneck():
    people = [
        Recruit(id=f"{tree}{i:02}", recruiter=f"{tree}{i - 1:02}" if i else None, degree=5,
                positive=tree == "a")
        for tree in "ab" for i in range(40)
    ]  # fmt: skip

    found = rds_ii(recruitment(people))

    assert {"recruitment_bottleneck", "recruits_their_like", "few_seeds"} <= codes(found)
    assert found.diagnostics["homophily"] == pytest.approx(2)
    assert [tree["share"] for tree in found.diagnostics["by_tree"]] == [1, 0]
    assert found.diagnostics["tree_high"] - found.diagnostics["tree_low"] == pytest.approx(1)


def test_when_nobody_was_positive_the_interval_still_has_a_width():
    found = rds_ii(recruitment(grown(rate=0)))

    assert (found.estimate, found.low, found.interval) == (0, 0, "wilson")
    assert found.high > 0.03
    assert {"design_effect_unknown", "all_alike"} <= codes(found)


def test_the_same_seed_repeats_to_the_digit_and_another_does_not():
    sample = recruitment(grown())

    one, again, other = (rds_ii(sample, seed=s) for s in (3, 3, 4))

    assert one.to_dict() | NOT_TOLD == again.to_dict() | NOT_TOLD
    assert one.low != other.low


HEADS = "id,recruiter,degree,positive\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEADS + "a,,3,1\na,,2,0\n", "id 'a' is there twice"),
        (HEADS + "a,,3,1\nb,z,2,0\n", "recruited by 'z', who is not there"),
        (HEADS + "a,b,3,1\nb,a,2,0\n", "comes from itself"),
        (HEADS + "a,a,3,1\nb,a,2,0\n", "comes from itself"),
        (HEADS + "a,,3,1\nb,,2,0\n", "nobody was recruited by another"),
        (HEADS + "a,,0,1\nb,a,2,0\n", "row 2, column degree: '0'"),
        (HEADS + "a,,3,perhaps\n", "row 2, column positive: 'perhaps'"),
        (HEADS + "a,,3,\nb,a,2,0\n", "fewer than two people have a degree and an outcome"),
        (HEADS + ",,3,1\n", "row 2, column id: is empty"),
        (HEADS, "nobody was recruited"),
        ("", "has no column id"),
        ("id,coupon,coupons,degree,positive\na,,7,3,1\nb,8,,2,0\n", "'8' was given to nobody"),
        ("id,coupon,coupons,degree,positive\na,,7,3,1\nb,7,7,2,0\n", "given to 'a' too"),
    ],
)
def test_refuses_trees_that_cannot_be(text, complaint):
    with pytest.raises(WrongInput, match=r"r\.csv") as refusal:
        read_recruits(text, "r.csv")

    assert complaint in str(refusal.value)


def test_refuses_a_population_smaller_than_the_sample():
    with pytest.raises(WrongInput, match="--population"):
        successive_sampling(recruitment(grown()), population=100)
