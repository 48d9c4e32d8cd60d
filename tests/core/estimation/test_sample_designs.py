"""Shares from strata, two phases, meetings, and a screening that errs."""

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.binomial import Kind
from mekhala.core.estimation.estimate import Quantity
from mekhala.core.estimation.misclassification import Rate, corrected, read_rate
from mekhala.core.estimation.proportion import proportion
from mekhala.core.estimation.shares import Frame
from mekhala.core.estimation.stratified import Stratum, read_strata, stratified
from mekhala.core.estimation.time_location import Met, read_met, time_location
from mekhala.core.estimation.two_phase import Grade, read_grades, two_phase
from mekhala.core.wrong_input import WrongInput

POSTS = [
    Stratum(stratum="day", positive=10, screened=100, population=9_000, refused=5),
    Stratum(stratum="night", positive=30, screened=60, population=1_000, refused=0),
]
GRADES = [
    Grade(grade="none", screened=300, confirmed=60, positive=3),
    Grade(grade="strong", screened=100, confirmed=100, positive=80),
]
MET = [
    Met(event=f"e{i}", venue=f"v{i % 4}", positive=i % 3 == 0, visits=float(1 + i % 5), present=9)
    for i in range(40)
]
OPEN_ONES = [
    Met(event="e0", venue="v0", positive=None, visits=2.0, present=9),
    Met(event="e1", venue="v1", positive=True, visits=None, present=9),
]
PROMISED = {"proportion", "low", "high", "method", "design_effect", "implied_count", "warnings",
            "design", "frame", "not_covered"}  # fmt: skip
NOT_TOLD = {"seconds": 0}


def told(found, name):
    return found.diagnostics[name]


def codes(found):
    return {warned.code for warned in found.warnings}


@pytest.mark.parametrize(
    "found",
    [
        proportion(positive=92, screened=400, population=89_096),
        stratified(POSTS),
        two_phase(GRADES),
        time_location(MET),
        corrected(positive=92, screened=400, sensitivity=Rate(share=0.9),
                  specificity=Rate(share=0.95)),
    ],
    ids=lambda found: found.method,
)  # fmt: skip
def test_every_design_answers_with_the_one_result_and_the_promised_keys(found):
    answer = found.to_dict()

    assert found.of is Quantity.SHARE
    assert answer.keys() >= PROMISED
    assert 0 <= answer["low"] <= answer["proportion"] <= answer["high"] <= 1
    assert found.reference
    assert found.assumption


def test_what_the_frame_does_not_cover_travels_with_the_share():
    frame = Frame(covered="people returned at the post", not_covered="people who never came back")

    found = proportion(positive=92, screened=400, refused=0, frame=frame)

    assert "people returned at the post" in found.assumption
    assert "says nothing about: people who never came back" in found.assumption
    assert told(found, "not_covered") == "people who never came back"
    assert "frame_not_described" not in codes(found)
    assert "frame_not_described" in codes(proportion(positive=92, screened=400))


def test_most_of_a_population_seen_leaves_little_to_be_uncertain_about():
    part = proportion(positive=40, screened=160)
    most = proportion(positive=40, screened=160, population=200)
    every = proportion(positive=40, screened=160, population=160)
    hardly = proportion(positive=40, screened=160, population=100_000)

    assert most.high - most.low < 0.6 * (part.high - part.low)
    assert (every.low, every.high) == (0.25, 0.25)
    assert (hardly.low, hardly.high) == (part.low, part.high)


def test_strata_weigh_as_many_people_as_they_hold():
    found = stratified(POSTS)

    assert found.estimate == pytest.approx(0.9 * 0.1 + 0.1 * 0.5)
    variance = 0.81 * (1 - 100 / 9000) * 0.09 / 99 + 0.01 * (1 - 60 / 1000) * 0.25 / 59
    share = found.estimate
    assert told(found, "design_effect") == pytest.approx(variance / (share * (1 - share) / 159))
    assert told(found, "implied_count")["population"] == 10_000
    assert told(found, "refusal_bounds")["high"] == pytest.approx(0.9 * 15 / 105 + 0.1 * 0.5)


def test_strata_that_are_alike_give_the_share_of_the_whole():
    strata = [Stratum(stratum=name, positive=25, screened=100, population=10**9) for name in "abcd"]

    found, whole = stratified(strata), proportion(positive=100, screened=400)

    assert found.estimate == whole.estimate
    assert (found.low, found.high) == pytest.approx((whole.low, whole.high), abs=0.002)


def test_without_their_people_strata_weigh_those_asked_so_that_refusal_is_made_good():
    strata = [
        Stratum(stratum="few refused", positive=9, screened=90, refused=10),
        Stratum(stratum="many refused", positive=20, screened=40, refused=60),
    ]

    found = stratified(strata)

    assert found.method == "weighting-classes"
    assert found.estimate == pytest.approx((0.1 + 0.5) / 2)
    assert found.estimate > 29 / 130


def test_a_small_stratum_in_which_nobody_was_found_is_not_known_for_certain():
    strata = [
        Stratum(stratum="small", positive=0, screened=3, population=5_000),
        Stratum(stratum="large", positive=50, screened=500, population=5_000),
    ]

    found = stratified(strata)

    assert found.high - found.low > 0.15
    assert "strata_all_alike" in codes(found)


def test_everybody_seen_and_looked_at_again_leaves_nothing_uncertain():
    grades = [dataclasses.replace(g, confirmed=g.screened) for g in GRADES]

    found = two_phase(grades, frame=Frame(population=400))

    assert found.low == found.estimate == found.high
    assert "refusals_unknown" in codes(found)
    assert "refusals_unknown" not in codes(two_phase(grades, refused=0))


def test_two_phases_weigh_each_grade_by_those_screened():
    found = two_phase(GRADES)

    assert found.estimate == pytest.approx(0.25 * 0.8 + 0.75 * 0.05)
    assert told(found, "confirmed") == 160
    assert told(found, "design_effect") > 1


def test_when_all_are_looked_at_again_two_phases_are_a_simple_sample():
    grades = [
        dataclasses.replace(g, confirmed=g.screened, positive=g.screened // 4) for g in GRADES
    ]

    found, simple = two_phase(grades), proportion(positive=100, screened=400)

    assert (found.estimate, found.low, found.high) == pytest.approx(
        (simple.estimate, simple.low, simple.high), abs=1e-4
    )


def test_a_screening_that_never_errs_needs_no_correction():
    right = Rate(share=1.0)

    found = corrected(positive=92, screened=400, sensitivity=right, specificity=right)

    plain = proportion(positive=92, screened=400)
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (plain.estimate, plain.low, plain.high)
    )


def test_errors_found_on_few_people_widen_the_interval():
    def by(people):
        return corrected(
            positive=92, screened=400, sensitivity=Rate(share=0.8, people=people),
            specificity=Rate(share=0.9, people=people),
        )  # fmt: skip

    few, many = by(20), by(2_000)

    assert few.estimate == many.estimate == pytest.approx((0.23 - 0.1) / 0.7)
    assert few.high - few.low > 1.3 * (many.high - many.low)


def test_fewer_positive_than_errors_alone_would_make_is_a_share_of_0_that_says_so():
    found = corrected(
        positive=2, screened=400, sensitivity=Rate(share=0.8), specificity=Rate(share=0.9)
    )

    assert (found.estimate, found.low) == (0, 0)
    assert "beyond_0_or_1" in codes(found)


def test_who_comes_twice_as_often_weighs_half():
    met = [
        Met(event=str(i), positive=often, visits=2.0 if often else 1.0)
        for i in range(30) for often in (True, False)
    ]  # fmt: skip

    found = time_location(met)

    assert found.estimate == pytest.approx(1 / 3)
    assert told(found, "unweighted") == 0.5


def test_a_meeting_at_which_few_of_many_were_asked_weighs_more():
    met = [Met(event="full", positive=True, visits=1.0, present=40) for _ in range(10)]
    met += [Met(event="empty", positive=False, visits=1.0, present=10) for _ in range(10)]

    assert time_location(met).estimate == pytest.approx(0.8)


def test_numbers_of_people_say_what_as_many_rows_of_one_say():
    met = [dataclasses.replace(m, present=90) for m in (*MET[:-2], *OPEN_ONES)]
    alike = [dataclasses.replace(m, people=1 + i % 3) for i, m in enumerate(met)]
    alone = [dataclasses.replace(m, people=1) for m in alike for _ in range(m.people)]

    one, other = time_location(alike), time_location(alone)

    assert (one.estimate, one.low, one.high) == pytest.approx(
        (other.estimate, other.low, other.high)
    )
    for name in ("positive", "screened", "refused", "weight_effect", "refusal_bounds"):
        assert told(one, name) == pytest.approx(told(other, name))
    assert one.warnings == other.warnings


@pytest.mark.parametrize("people", [0, -1])
def test_a_row_of_nobody_is_refused(people):
    with pytest.raises(WrongInput, match="expected 1 or more"):
        time_location([dataclasses.replace(m, people=people) for m in MET])


def test_an_unknown_outcome_or_visit_is_left_out_and_told():
    found, without = time_location([*MET, *OPEN_ONES]), time_location(MET)

    assert found.observed == without.observed == 40
    assert told(found, "refused") == 2
    assert told(found, "refusal_bounds")["low"] < told(found, "refusal_bounds")["high"] < 1
    assert "visits_unknown" in codes(found)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(chance: random.Random):
    for by, rows in ((stratified, POSTS), (two_phase, GRADES), (time_location, MET)):
        mixed = chance.sample(rows, len(rows))
        assert by(mixed).to_dict() | NOT_TOLD == by(rows).to_dict() | NOT_TOLD


@given(st.integers(1, 12), st.sampled_from(Kind))
def test_ten_times_the_people_in_every_stratum_is_narrower(times, kind):
    def grown(by):
        return [
            Stratum(stratum=s.stratum, positive=s.positive * by, screened=s.screened * by,
                    population=s.population * 10_000)
            for s in POSTS
        ]  # fmt: skip

    small, large = (stratified(grown(by), interval=kind) for by in (times, 10 * times))

    assert large.high - large.low < 0.4 * (small.high - small.low)


STRATA = "stratum,positive,screened,population\n"


@pytest.mark.parametrize(
    ("read", "text", "complaint"),
    [
        (read_strata, STRATA + "a,1,x,9\n", "row 2, column screened: 'x'"),
        (read_strata, STRATA + "a,1,1,9\n", "row 2, column screened: '1'"),
        (read_strata, STRATA + "a,5,4,9\n", "5 positive of 4 screened"),
        (read_strata, STRATA + "a,1,4,3\n", "3 people are fewer than those asked"),
        (read_strata, STRATA + "a,1,4,9\na,1,4,9\n", "'a' is there twice"),
        (read_strata, STRATA + "a,1,4,9\nb,1,4,\n", "known for some strata only"),
        (read_strata, STRATA, "holds no strata"),
        (read_grades, "grade,screened,confirmed,positive\na,9,1,1\n", "1 of 9 were looked at"),
        (read_grades, "grade,screened,confirmed,positive\na,9,9,10\n", "cannot be"),
        (read_grades, "grade,screened,confirmed,positive\na,0,0,0\n", "holds nobody screened"),
        (read_met, "event,positive,visits\na,maybe,1\n", "row 2, column positive: 'maybe'"),
        (read_met, "event,positive,visits\na,1,0\n", "row 2, column visits: '0'"),
        (read_met, "event,positive,visits\na,1,1\na,0,2\n", "fewer than two venues"),
        (read_met, "event,positive,visits,present\na,1,1,1\na,0,1,1\nb,0,1,2\n",
         "2 asked of 1 present"),
        (read_met, "event,positive,visits,chance\na,1,1,1\na,0,1,2\nb,0,1,1\n", "two venues, numb"),
    ],
)  # fmt: skip
def test_refuses_what_it_cannot_read_and_names_the_file(read, text, complaint):
    with pytest.raises(WrongInput, match=r"s\.csv") as refusal:
        read(text, "s.csv")

    assert complaint in str(refusal.value)


@pytest.mark.parametrize("text", ["2", "45/0", "60/50", "x", "/", "1/" + "9" * 400, "nan"])
def test_refuses_a_rate_that_is_no_share(text):
    with pytest.raises(WrongInput, match="--sensitivity"):
        read_rate(text, "--sensitivity")


def test_refuses_a_screening_no_better_than_chance():
    with pytest.raises(WrongInput, match="tells nothing"):
        corrected(positive=1, screened=9, sensitivity=Rate(share=0.5), specificity=Rate(share=0.5))
