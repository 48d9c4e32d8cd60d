"""What is still to be asked: the fewest questions that would settle a finding."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.law.expression import AllOf, AnyOf, FactIs, NeedsMore, NotInFacts
from mekhala.core.reasoning.assess import assess
from mekhala.core.reasoning.logic import Findings, explain
from mekhala.core.reasoning.outcome import ElementOutcome
from mekhala.core.reasoning.questions import MOST_SETS, ask_next, to_settle
from mekhala.core.vocabulary.facts import facts
from tests.core.reasoning.findings import CODES, FACTS, PEOPLE, PROVISIONS, some

FEW = CODES[:6]
LEAVES = st.one_of(
    st.builds(FactIs, st.sampled_from(FEW)),
    st.builds(NeedsMore, st.sampled_from(FEW)),
    st.just(NotInFacts("what no fact says")),
)
PARTS = lambda inside: st.lists(inside, min_size=1, max_size=3).map(tuple)  # noqa: E731
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inside: st.one_of(st.builds(AllOf, PARTS(inside)), st.builds(AnyOf, PARTS(inside))),
    max_leaves=8,
)
SMALL = st.dictionaries(st.sampled_from(FEW), st.sampled_from([True, False, None]))
CHILD = {"age": 16, "age_certainty": "known"}
ADULT = {"age": 30, "age_certainty": "known"}


def value(expression, found):
    return explain(expression, Findings(facts=found, person={})).value


def subsets(codes):
    return chain.from_iterable(combinations(codes, n) for n in range(len(codes) + 1))


def by_trying_all(expression, found, answer):
    """Every minimal set of open facts that settles the expression, found by trying all."""
    still_open = [code for code in FEW if found.get(code) is None]
    enough = [
        set(codes)
        for codes in subsets(still_open)
        if value(expression, found | dict.fromkeys(codes, answer)) is answer
    ]
    return {frozenset(s) for s in enough if not any(other < s for other in enough)}


@some
@given(EXPRESSIONS, SMALL, st.booleans())
def test_names_exactly_the_minimal_sets_of_questions(expression, found, answer):
    explained = explain(expression, Findings(facts=found, person={}))
    if explained.value is None or explained.value is answer:
        ways = to_settle(explained, as_value=answer)
        assert {frozenset(way) for way in ways} == by_trying_all(expression, found, answer)
        assert [len(way) for way in ways] == sorted(len(way) for way in ways)


def test_what_is_settled_the_other_way_no_question_turns():
    explained = explain(FactIs(FEW[0]), Findings(facts={FEW[0]: False}, person={}))
    assert to_settle(explained, as_value=True) == ()
    assert to_settle(explained, as_value=False) == ((),)


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: f"{p.citation} {p.in_force.first}")
@pytest.mark.parametrize("answer", [True, False])
def test_every_suggested_set_settles_its_element_and_no_part_of_it_does(provision, answer):
    person = dict.fromkeys(["person.minor", "person.adult", "person.under_15"])
    for element in provision.elements:
        explained = explain(element.asks, Findings(facts={}, person=person))
        for way in to_settle(explained, as_value=answer):
            found = dict.fromkeys(way, answer)
            assert explain(element.asks, Findings(facts=found, person=person)).value is answer
            for left_out in way:
                fewer = {code: answer for code in way if code != left_out}
                after = explain(element.asks, Findings(facts=fewer, person=person))
                assert after.value is None


@some
@given(FACTS, PEOPLE)
def test_answering_a_whole_set_settles_the_finding_as_it_says(found, person):
    answer = assess({"facts": found, "person": person})
    questions = answer["ask_next"]
    assert (answer["palermo"]["finding"] == "undetermined") or not questions
    assert len(questions) <= MOST_SETS == 10
    assert [len(q["codes"]) for q in questions] == sorted(len(q["codes"]) for q in questions)
    for each in questions:
        after = found | dict.fromkeys(each["codes"], each["answer"])
        finding = assess({"facts": after, "person": person})["palermo"]["finding"]
        assert finding == {"yes": "met", "no": "not_met"}[each["answer"]]
        for code in each["codes"]:
            fewer = after | {code: found.get(code, "unknown")}
            left = assess({"facts": fewer, "person": person})["palermo"]["finding"]
            assert left == "undetermined"


def test_asks_one_question_where_one_yes_is_enough():
    facts_found = {"act.recruitment": "yes", "purpose.servitude": "yes", "means.force": "no"}
    asked = assess({"facts": facts_found, "person": ADULT})["ask_next"]
    assert [q["codes"] for q in asked[:2]] == [["means.threat"], ["means.coercion"]]
    assert asked[0] == {
        "codes": ["means.threat"],
        "element": "means",
        "answer": "yes",
        "would": "settle as met if yes",
        "words": "Ask about: threatened force.",
    }
    last = asked[-1]
    assert (last["would"], last["element"]) == ("settle as not met if no", "means")
    assert last["words"].startswith(
        "Ask about: threatened force; coerced the person in another way; "
    )
    assert len(last["codes"]) == 8
    assert len(asked) == 9


def test_asks_about_every_open_element_together_and_about_each_alone():
    asked = assess({"person": CHILD})["ask_next"]
    together = [q for q in asked if q["answer"] == "yes"]
    assert together[0]["codes"] == ["act.recruitment", "purpose.prostitution_of_others"]
    assert together[1]["codes"] == ["act.transportation", "purpose.other_sexual_exploitation"]
    assert {q["element"] for q in together} == {"act, purpose"}
    assert len(together) == 8
    assert [q["element"] for q in asked if q["answer"] == "no"] == ["act", "purpose"]


def test_begins_again_with_the_first_way_where_one_element_has_fewer():
    acts = {code: "no" for code in facts() if code.startswith("act.")}
    acts |= {"act.transfer": "unknown", "act.receipt": "unknown"}
    asked = assess({"person": CHILD, "facts": acts})["ask_next"]
    firsts = [q["codes"][0] for q in asked if len(q["codes"]) == 2 and q["answer"] == "yes"]
    assert firsts[:3] == ["act.transfer", "act.receipt", "act.transfer"]


def test_a_purpose_that_needs_more_can_be_denied_and_not_made_out():
    purposes = {"purpose.adoption": "unknown", "act.receipt": "yes"}
    none = {"none_of": ["purpose"], "person": CHILD}
    [only] = assess({**none, "facts": purposes})["ask_next"]
    assert (only["codes"], only["answer"]) == (["purpose.adoption"], "no")
    found = {**purposes, "purpose.adoption": "yes"}
    assert assess({**none, "facts": found})["ask_next"] == []


def test_asks_nothing_once_the_finding_is_settled():
    assert assess({"none_of": ["act"], "person": CHILD})["ask_next"] == []
    met = {"act.receipt": "yes", "purpose.servitude": "yes"}
    assert assess({"facts": met, "person": CHILD})["ask_next"] == []


def ways(expression, found=None, *, answer=True):
    return to_settle(explain(expression, Findings(facts=found or {}, person={})), as_value=answer)


def test_names_no_set_that_holds_another_and_none_twice():
    one, two = FactIs(FEW[0]), FactIs(FEW[1])
    assert ways(AnyOf((AllOf((one, two)), one))) == ((FEW[0],),)
    assert ways(AnyOf((one, two, one))) == ((FEW[0],), (FEW[1],))
    assert ways(AllOf((one, AnyOf((one, two))))) == ((FEW[0],),)


def test_of_very_many_ways_the_first_256_are_kept():
    thirds = [AnyOf(tuple(map(FactIs, CODES[i : i + 9]))) for i in (0, 9, 18)]
    kept = ways(AllOf(tuple(thirds)))
    assert len(kept) == len(set(kept)) == 256
    assert all(len(way) == 3 for way in kept)


def test_an_element_that_asks_for_all_is_denied_by_one_question():
    both = AllOf((FactIs(FEW[0]), FactIs(FEW[1])))
    outcome = ElementOutcome(
        name="act", label="act", explained=explain(both, Findings(facts={}, person={}))
    )
    asked = [(q.codes, q.answer) for q in ask_next([outcome])]
    assert asked == [((FEW[0],), "no"), ((FEW[0], FEW[1]), "yes")]
