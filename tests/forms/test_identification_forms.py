"""The identification forms: one for each depth, with a part for each agency that fills it in."""

import pytest

from mekhala.core.reasoning.indicators import indicators
from mekhala.core.vocabulary.facts import facts
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import AgeCertainty, SafeWay, UrgentNeed
from mekhala.pathway.screening.models import ScreeningOutcome
from tests.builders_instruments import questions

FORMS = ("identification_short", "identification_detailed")
WHO = ("judicial_police", "dosvy", "consular")
NOT_NEEDS = {"none", "not_known", "not_said"}
BEGUN = {"safe_to_speak": "yes", "agrees_to_talk": "yes"}


@pytest.mark.parametrize("form_id", FORMS)
def test_each_agency_is_asked_its_own_part_and_no_other(answered, form_id):
    told = answered(form_id, [BEGUN | {"who": who} for who in WHO])

    for who, one in zip(WHO, told, strict=True):
        asked = {part for path in one["asked"] for part in path.split("/")[:-1]}
        assert asked & set(WHO) == {who}


@pytest.mark.parametrize("form_id", FORMS)
def test_nothing_is_asked_where_it_is_not_safe_or_not_agreed(answered, form_id):
    told = answered(form_id, [
        {"safe_to_speak": "no"}, {"safe_to_speak": "yes", "agrees_to_talk": "no"},
        {"safe_to_speak": "yes", "agrees_to_talk": "not_known"}, {},
    ])  # fmt: skip

    assert not any(path.startswith("interview/") for one in told for path in one["asked"])
    assert [one["values"]["goes_on"] for one in told] == ["", "no", "", ""]


@pytest.mark.parametrize("form_id", FORMS)
def test_no_answer_is_demanded_and_an_empty_form_can_be_sent(answered, form_id):
    [told] = answered(form_id, [BEGUN])

    assert told["violations"] == []


@pytest.mark.parametrize("form_id", FORMS)
def test_a_name_is_asked_only_of_whoever_agreed_to_that(answered, form_id):
    path = next(p for p in _paths(form_id) if p.endswith("/may_keep_name"))
    name = path.replace("may_keep_name", "name_text")

    told = answered(form_id, [BEGUN | {path: said} for said in ("yes", "no", "not_said")])

    assert [name in one["asked"] for one in told] == [True, False, False]


def _paths(form_id):
    return [question.path for question in questions(form_id).values()]


@pytest.mark.parametrize("form_id", FORMS)
def test_the_codes_are_those_of_the_rooms(form_id):
    asked = questions(form_id)

    assert set(asked["urgent_needs"].choices) - NOT_NEEDS == set(UrgentNeed.values)
    assert set(asked["outcome"].choices) == set(ScreeningOutcome.values)
    assert set(asked["age_certainty"].choices) == set(AgeCertainty.values)


def test_the_short_form_ticks_facts_by_their_codes_and_asks_first_whether_any():
    asked = questions("identification_short")

    for name, first in (("acts", "any_act"), ("means", "any_means"), ("purposes", "any_purpose")):
        assert set(asked[name].choices) <= set(facts())
        assert {"yes", "no", "not_known", "not_said"} == set(asked[first].choices)
    assert set(asked["compelled"].choices) - NOT_NEEDS <= set(facts())


def test_what_is_not_ticked_is_no_only_where_all_of_it_was_denied(answered):
    ticked = {"interview/any_act": "yes", "interview/acts": ["act.recruitment"]}
    cases = [
        (ticked, "yes", "not_known"),
        ({"interview/any_act": "no"}, "no", "no"),
        ({"interview/any_act": "not_said"}, "not_known", "not_known"),
        ({}, "", ""),
    ]

    told = answered("identification_short", [BEGUN | said for said, *_facts in cases])

    facts_told = [(one["values"]["act_recruitment"], one["values"]["act_receipt"]) for one in told]
    assert facts_told == [tuple(expected) for _said, *expected in cases]


@pytest.mark.parametrize("form_id", FORMS)
def test_accused_of_nothing_is_a_no_and_stands_alone(answered, form_id):
    path = next(p for p in _paths(form_id) if p.endswith("/compelled"))
    said = [["compelled.fraud"], ["none"], ["none", "compelled.fraud"]]

    told = answered(form_id, [BEGUN | {path: each} for each in said])

    assert [one["values"]["compelled_drugs"] for one in told][:2] == ["not_known", "no"]
    assert [one["violations"] for one in told] == [[], [], [path]]


def test_the_detailed_form_asks_of_facts_and_indicators_by_their_codes():
    asked = questions("identification_detailed")
    kinds = ("act_", "means_", "purpose_", "volition_")
    coded = {name.replace("_", ".", 1) for name in asked if name.startswith(kinds)}
    ticked = {c for n, q in asked.items() if n.startswith("indicators_") for c in q.choices}

    assert coded <= set(facts())
    assert len(coded) > 30
    assert ticked <= set(indicators())
    assert set(asked["safe_contact"].choices) == set(SafeWay.values)
    assert set(asked["dosvy_support"].choices) - {"nothing", "not_known"} == set(Need.values)


@pytest.mark.parametrize(("said", "fits"), [
    ("2024", True), ("2024-05", True), ("2024-05-17", True), ("", True),
    ("17-05-2024", False), ("24", False), ("May", False), ("2024-5", False),
])  # fmt: skip
def test_a_date_may_be_known_in_part(answered, said, fits):
    path = "interview/born_text"

    [told] = answered("identification_short", [BEGUN | {path: said}])

    assert told["violations"] == ([] if fits else [path])
