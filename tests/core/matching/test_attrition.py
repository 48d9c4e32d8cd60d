from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching.attrition import Seen, Stage, Why, funnel, patterns
from mekhala.core.wrong_input import WrongInput

N, R, C, V = Stage  # identified, reported, charged, convicted
YEARS = tuple(range(2015, 2026))
ALL = {stage: [YEARS] for stage in Stage}


def counted(*rows):
    return Counter({(year, frozenset(stages)): people for year, stages, people in rows})


def step(found, cohort, stage):
    steps = {c.name: {s.stage: s for s in c.steps} for c in found.cohorts}
    return steps[cohort][stage]


def test_a_person_belongs_to_the_year_of_the_first_record():
    people = [[Seen(stage=C, year=2021), Seen(stage=N, year=2019), Seen(stage=R, year=None)]]

    assert patterns(people) == {(2019, frozenset({N, R, C})): 1}


def test_a_person_without_any_year_is_in_a_cohort_of_its_own():
    assert patterns([[Seen(stage=N, year=None)], []]) == {(None, frozenset({N})): 1}


def test_each_stage_of_a_cohort_counts_everybody_of_it():
    found = funnel(counted((2019, {N}, 40), (2019, {N, R}, 30), (2019, {N, R, C}, 20)),
                   reported=ALL, closed=2025)  # fmt: skip

    assert [(s.seen, s.unseen) for s in found.cohorts[0].steps] == [
        (90, 0), (50, 40), (20, 70), (0, 90),
    ]  # fmt: skip
    assert step(found, "2019", V).why is Why.NOT_SEEN


def test_who_is_charged_and_never_identified_is_counted_and_told_apart():
    found = funnel(counted((2019, {N, R}, 30), (2019, {C}, 15)), reported=ALL, closed=2025)

    charged = step(found, "2019", C)
    assert (charged.seen, charged.came_on, charged.out_of_order) == (15, 0, 15)
    assert found.people == 45


def test_a_stage_nobody_reports_on_is_a_gap_and_no_zero():
    found = funnel(counted((2019, {N}, 50), (2019, {N, V}, 20)), closed=2025,
                   reported={N: [YEARS], V: [YEARS]})  # fmt: skip

    for stage in (R, C):
        gap = step(found, "2019", stage)
        assert (gap.why, gap.seen, gap.unseen) == (Why.NO_REPORT, None, None)
    after_a_gap = step(found, "2019", V)
    assert (after_a_gap.seen, after_a_gap.came_on, after_a_gap.out_of_order) == (20, None, None)


@pytest.mark.parametrize(
    ("lists", "why"),
    [
        ([YEARS], Why.NOT_SEEN),
        ([YEARS, ()], Why.IN_PART),
        ([(2019, 2020, 2021)], Why.IN_PART),
        ([(2010, 2011)], Why.NO_REPORT),
        ([], Why.NO_REPORT),
    ],
)
def test_nobody_is_said_to_have_stopped_where_a_list_is_missing(lists, why):
    found = funnel(counted((2019, {N}, 50)), reported=ALL | {R: lists}, closed=2025)

    assert step(found, "2019", R).why is why


def test_the_last_cohorts_are_still_open():
    found = funnel(counted((2024, {N}, 50)), reported=ALL, closed=2025, follow_up=3)

    assert step(found, "2024", V).why is Why.STILL_OPEN


def test_a_conviction_in_years_without_report_is_seen_all_the_same():
    found = funnel(counted((2018, {N}, 30), (2018, {N, V}, 12)), closed=2025, follow_up=1,
                   reported={N: [YEARS], V: [(2025,)]})  # fmt: skip

    assert (step(found, "2018", V).seen, step(found, "2018", V).why) == (12, Why.IN_PART)


def test_a_small_count_is_withheld_and_cannot_be_worked_out():
    found = funnel(counted((2019, {N}, 50), (2019, {N, R}, 3)), reported=ALL, closed=2025)

    reported = step(found, "2019", R)
    assert reported.seen is None
    assert reported.unseen is None or found.cohorts[0].people is None


def test_years_between_two_cohorts_are_there_with_nobody():
    found = funnel(counted((2019, {N}, 50), (2022, {N}, 50)), reported=ALL, closed=2022)

    assert [(c.name, c.people) for c in found.cohorts] == [
        ("2019", 50), ("2020", 0), ("2021", 0), ("2022", 50),
    ]  # fmt: skip


def test_what_lies_far_back_is_one_cohort_and_unknown_years_come_last():
    found = funnel(counted((1988, {N}, 20), (2001, {N}, 20), (None, {N}, 20)),
                   reported=ALL, closed=2025)  # fmt: skip

    assert (found.cohorts[0].name, found.cohorts[0].people) == ("before 2014", 40)
    assert (found.cohorts[-1].name, found.cohorts[-1].people) == ("unknown", 20)
    assert {s.why for s in found.cohorts[-1].steps} == {Why.IN_PART}


def test_no_people_make_an_empty_funnel():
    assert funnel({}, reported={}, closed=2025).cohorts == ()


def test_refuses_a_follow_up_of_a_lifetime():
    with pytest.raises(WrongInput, match="follow_up"):
        funnel({}, reported={}, closed=2025, follow_up=70)


stages = st.frozensets(st.sampled_from(list(Stage)), min_size=1)
some_patterns = st.dictionaries(
    st.tuples(st.none() | st.integers(2020, 2023), stages), st.integers(1, 60), max_size=5
)


@settings(max_examples=20, deadline=None)
@given(some_patterns)
def test_nobody_is_lost_and_no_small_count_is_shown(people):
    found = funnel(people, reported={N: [YEARS], C: [(2021,)]}, closed=2023)

    assert found.people in (None, sum(people.values()))
    for cohort in found.cohorts:
        for s in cohort.steps:
            assert not {s.seen, s.unseen, s.came_on, s.out_of_order} & set(range(1, 10))
            if None not in (cohort.people, s.seen, s.unseen):
                assert s.seen + s.unseen == cohort.people
