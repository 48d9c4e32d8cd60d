"""``screen``: dimensions by rule, and what they amount to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.reasoning.indicators import dimension_names, indicators
from mekhala.core.reasoning.profiles import Profile, screening_lists
from mekhala.core.reasoning.screening import screen, screen_all
from mekhala.core.wrong_input import WrongInput

EXPLOITED = ["exploitation.excessive_hours", "exploitation.low_or_no_salary"]
COERCED = ["coercion_at_destination.violence", "coercion_at_destination.debt_bondage"]
DECEIVED = ["deceptive_recruitment.nature_of_job", "deceptive_recruitment.wages"]
FORCED = ["coercive_recruitment.violence", "coercive_recruitment.debt_bondage"]
ABUSED = [
    f"recruitment_by_abuse_of_vulnerability.{name}"
    for name in ("illegal_status", "economic_reasons", "family_situation")
]


MADE_TO_OFFEND = ["exploitation.made_to_commit_offences", "exploitation.quotas"]
A_CHILD = {"age": 15, "age_certainty": "known"}
AN_ADULT = {"age": 30, "age_certainty": "known"}
AGES = st.fixed_dictionaries(
    {},
    optional={
        "age": st.none() | st.integers(0, 130),
        "age_certainty": st.sampled_from(["known", "estimated", "disputed", "unknown"]),
    },
)
SEEN = st.lists(st.sampled_from(sorted(indicators())), max_size=30)


def screened(seen, profile="adult_labour", **more):
    return screen({"case": "S-1", "profile": profile, "indicators": seen, **more})


def without_words(answer):
    """The answer but for the sentences, which follow the order of the signs."""
    return {key: value for key, value in answer.items() if key not in ("why", "left_out")}


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
        ({"person": {"age": "old"}}, ["person", "age", "old"]),
        ({"person": 17}, ["person", "object"]),
        ({"persson": {"age": 17}}, ["persson", "person"]),
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


@settings(max_examples=60)
@given(SEEN, st.sampled_from(sorted(indicators())), st.sampled_from(Profile))
def test_seeing_more_never_makes_a_dimension_less(seen, more, profile):
    before = screened(seen, profile.value)["dimensions"]
    after = screened([*seen, more], profile.value)["dimensions"]
    assert all(after[d]["positive"] for d in before if before[d]["positive"])


@settings(max_examples=60)
@given(SEEN, st.randoms(use_true_random=False), st.sampled_from(Profile))
def test_neither_the_order_of_the_signs_nor_a_repeat_matters(seen, chance, profile):
    again = seen + seen
    chance.shuffle(again)
    one, other = screened(seen, profile.value), screened(again, profile.value)
    assert without_words(one) == without_words(other)
    assert sorted(one["left_out"]) == sorted(other["left_out"])


@given(SEEN, AGES)
def test_the_age_decides_nothing_for_a_list_that_says_whom_it_is_for(seen, person):
    for profile in set(Profile) - {Profile.FORCED_CRIMINALITY}:
        alone, told = screened(seen, profile), screened(seen, profile, person=person)
        assert alone["result"] == told["result"]
        assert alone["dimensions"] == told["dimensions"]


@given(AGES)
def test_made_to_offend_whoever_is_not_known_to_be_adult_is_a_child(person):
    answer = screened(MADE_TO_OFFEND, "forced_criminality", person=person)
    age = person.get("age")
    adult = age is not None and age >= 18 and person.get("age_certainty") == "known"
    assert answer["result"] == ("exploitation_only" if adult else "trafficking")
    assert answer["exploitation_is_enough"] is not adult
    assert answer["list_fits"] is True


def test_made_to_offend_with_nothing_said_of_the_person_is_read_as_a_child():
    answer = screened(MADE_TO_OFFEND, "forced_criminality")
    assert answer["result"] == "trafficking"
    assert "not known to be 18 or older" in answer["why"][0]


@pytest.mark.parametrize(
    ("profile", "person", "fits"),
    [
        ("adult_labour", AN_ADULT, True),
        ("adult_labour", A_CHILD, False),
        ("adult_sexual", {"age": 30}, False),
        ("child_labour", {"age": 30}, True),
        ("child_sexual", AN_ADULT, False),
        ("forced_criminality", A_CHILD, True),
    ],
)
def test_says_where_a_list_does_not_fit_the_age(profile, person, fits):
    answer = screened([], profile, person=person)
    assert answer["list_fits"] is fits
    assert ("read it again" in answer["why"][-1]) is not fits
    assert screened([], profile)["list_fits"] is None


@pytest.mark.parametrize("profile", Profile)
def test_each_answer_names_version_source_and_basis_of_its_own_list(profile):
    answer, own = screened([], profile.value), screening_lists()[profile]
    assert (answer["version"], answer["source"], answer["basis"]) == (
        own.version, own.source, own.basis,
    )  # fmt: skip
    assert (answer["verified"], answer["verified_by"], answer["verified_on"]) == (
        False, None, None,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["version", "person_id", "age", "officer", "place"])
def test_leaves_the_agencys_own_keys_aside(key):
    assert screened([], **{key: 1}) == screened([])


def test_says_of_the_list_of_our_own_that_it_is_ours():
    answer = screened([], "forced_criminality")
    assert answer["version"] == "MEKHALA-FC/1"
    assert "not from a published list" in answer["source"]
    assert "our own weights" in answer["basis"]


def test_nowhere_is_a_person_given_a_number():
    answer = screened(EXPLOITED + COERCED + DECEIVED)
    numbers = {k for k, v in answer.items() if isinstance(v, int) and not isinstance(v, bool)}
    assert numbers == set()


def test_leaves_an_agencys_own_key_aside():
    assert screen({"profile": "adult_labour", "indicators": [], "form_version": 3})["case"] is None
