"""The JSON text is the answer, whatever was kept from other cases."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.reasoning import aggravation, logic, offences, outcome, palermo
from mekhala.core.reasoning.assess import assess, assess_all
from mekhala.core.reasoning.written import answers_in_json
from mekhala.core.wrong_input import WrongInput
from tests.core.reasoning.findings import CASES, some

KEPT = (
    logic._explained,
    outcome._outcome,
    aggravation._weighed,
    offences._weighed,
    offences._frame_in_json,
    palermo._branch,
)


def forget():
    for kept in KEPT:
        kept.cache_clear()


def text(document, **extra):
    return "".join(answers_in_json(document, **extra))


@some
@given(st.lists(CASES, max_size=4), st.booleans())
def test_the_text_of_an_array_is_what_assess_answers_in_its_order(cases, explain):
    written = json.loads(text(cases, explain=explain))
    assert written == assess_all(cases, explain=explain)
    assert len(written) == len(cases)


@some
@given(CASES, st.lists(CASES, max_size=3), st.booleans())
def test_what_is_kept_from_other_cases_changes_no_answer(case, others, explain):
    forget()
    alone = assess(case, explain=explain)
    forget()
    assess_all(others)
    text(others)
    assert assess(case, explain=explain) == alone
    assert json.loads(text(case, explain=explain)) == alone


def test_an_answer_may_be_changed_without_changing_the_next():
    case = {"facts": {"act.recruitment": "yes"}}
    before = assess(case, explain=True)
    spoiled = assess(case, explain=True)
    for offence in (*spoiled["offences"], spoiled["palermo"]):
        for element in offence["elements"]:
            element["label"] = "spoiled"
            for codes in ("to_ask", "decided_by"):
                element.get(codes, []).append("spoiled")
        offence["why"].append("spoiled")
        offence["tree"]["parts"].clear()
    assert assess(case, explain=True) == before


def test_an_object_is_one_line_and_an_array_an_object_a_line():
    assert text({}).count("\n") == 1
    assert len(text([{}, {}, {}]).splitlines()) == 5
    assert json.loads(text([])) == []


def test_khmer_stays_readable():
    assert "សុខា" in text({"case": "សុខា"})
    assert "សុខា" in text({"case": "x", "sources": {"act.receipt": ["សុខា"]}}, explain=True)


def test_a_wrong_case_at_the_end_is_refused_before_anything_is_written():
    with pytest.raises(WrongInput, match="object 2"):
        answers_in_json([{}, {"facts": {"act.x": "yes"}}])


def test_offences_are_explained_in_the_text_only_when_asked():
    assert "tree" not in json.loads(text({}))["offences"][0]
    assert "tree" in json.loads(text({}, explain=True))["offences"][0]
