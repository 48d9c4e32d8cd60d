"""``screen``: dimensions by rule, and what they amount to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.reasoning.indicators import (
    Dimension,
    Profile,
    dimension_names,
    indicators,
    screen,
    screen_all,
)
from mekhala.core.wrong_input import WrongInput
from tests.core.reasoning.findings import some

EXPLOITED = ["exploitation.excessive_hours", "exploitation.low_or_no_salary"]
COERCED = ["coercion_at_destination.violence", "coercion_at_destination.debt_bondage"]
DECEIVED = ["deceptive_recruitment.nature_of_job", "deceptive_recruitment.wages"]
FORCED = ["coercive_recruitment.violence", "coercive_recruitment.debt_bondage"]
ABUSED = [
    f"recruitment_by_abuse_of_vulnerability.{name}"
    for name in ("illegal_status", "economic_reasons", "family_situation")
]


def screened(seen, profile="adult_labour"):
    return screen({"case": "S-1", "profile": profile, "indicators": seen})


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "rule"),
    [
        (2, 0, 0, "2 strong"),
        (1, 1, 0, "1 strong + 1 medium or weak"),
        (1, 0, 1, "1 strong + 1 medium or weak"),
        (0, 3, 0, "3 medium"),
        (0, 2, 1, "2 medium + 1 weak"),
        (1, 0, 0, None),
        (0, 2, 0, None),
        (0, 1, 5, None),
        (0, 0, 9, None),
    ],
)
def test_a_dimension_is_positive_by_one_of_four_rules(strong, medium, weak, rule):
    dimension = Dimension(name="exploitation", strong=strong, medium=medium, weak=weak, seen=())
    assert dimension.rule == rule
    assert dimension.positive == (rule is not None)


@pytest.mark.parametrize(
    ("seen", "result"),
    [
        (EXPLOITED + COERCED + DECEIVED, "trafficking"),
        (EXPLOITED + COERCED + FORCED, "trafficking"),
        (EXPLOITED + COERCED + ABUSED, "trafficking"),
        (EXPLOITED + DECEIVED, "deceived_and_exploited"),
        (EXPLOITED + COERCED, "coerced_and_exploited"),
        (EXPLOITED, "exploitation_only"),
        (COERCED + DECEIVED, "none"),
        ([], "none"),
    ],
)
def test_joins_the_dimensions_of_an_adult(seen, result):
    assert screened(seen)["result"] == result


def test_for_a_child_exploitation_is_enough():
    assert screened(EXPLOITED, "child_labour")["result"] == "trafficking"
    assert screened(COERCED + DECEIVED, "child_labour")["result"] == "none"


def test_weights_depend_on_the_profile():
    seen = ["exploitation.excessive_hours", "exploitation.hazardous_work"]
    assert screened(seen)["dimensions"]["exploitation"] == {
        "positive": True,
        "strong": 1,
        "medium": 1,
        "weak": 0,
        "rule": "1 strong + 1 medium or weak",
    }
    assert not screened(seen, "adult_sexual")["dimensions"]["exploitation"]["positive"]


def test_leaves_out_an_indicator_the_profile_does_not_have_and_says_so():
    answer = screened(["exploitation.no_social_protection"], "child_labour")
    assert answer["left_out"] == ["exploitation.no_social_protection"]
    assert "child_labour" in answer["why"][-1]
    assert answer["dimensions"]["exploitation"]["medium"] == 0


def test_an_indicator_named_twice_counts_once():
    assert screened([DECEIVED[0]] * 2)["dimensions"]["deceptive_recruitment"]["strong"] == 1


def test_says_which_version_it_used_and_that_nobody_verified_it():
    answer = screened([])
    assert answer["version"]
    assert answer["verified"] is False
    assert set(answer["dimensions"]) == set(dimension_names())
    assert len(dimension_names()) == 6


def test_takes_an_array():
    one = {"case": "a", "profile": "adult_labour", "indicators": []}
    assert [a["case"] for a in screen_all([one, {**one, "case": "b"}])] == ["a", "b"]
    assert screen_all(one)["case"] == "a"


@some
@given(
    st.sets(st.sampled_from(sorted(indicators()))),
    st.sampled_from(sorted(indicators())),
    st.sampled_from(Profile),
)
def test_seeing_more_never_makes_a_dimension_less(seen, more, profile):
    before = screened(sorted(seen), profile.value)["dimensions"]
    after = screened(sorted(seen | {more}), profile.value)["dimensions"]
    assert all(after[d]["positive"] for d in before if before[d]["positive"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"profile": "adult_labor"}, ["case 'S-1'", "profile", "adult_labour"]),
        ({"profile": None}, ["profile", "expected one of"]),
        ({"indicators": ["exploitation.wages"]}, ["indicators", "exploitation.wages"]),
        ({"indicators": [4]}, ["indicators", "4"]),
        ({"indicators": "all"}, ["indicators", "list"]),
        ({"indicaters": []}, ["indicaters", "indicators"]),
        ({"case": 4}, ["case", "4"]),
    ],
)
def test_refuses_what_it_cannot_read(change, words):
    with pytest.raises(WrongInput) as refusal:
        screen({"case": "S-1", "profile": "adult_labour", "indicators": [], **change})
    assert all(word in str(refusal.value) for word in words)


@pytest.mark.parametrize("document", ["text", None, ["text"]])
def test_refuses_what_is_no_object(document):
    with pytest.raises(WrongInput, match="object"):
        screen_all(document)


def test_leaves_an_agencys_own_key_aside():
    assert screen({"profile": "adult_labour", "indicators": [], "form_version": 3})["case"] is None
