"""What must hold for every set of findings."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.reasoning.assess import assess
from mekhala.core.reasoning.logic import conjunction, disjunction
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group, facts

VALUES = st.sampled_from(["yes", "no", "unknown"])
FACTS = st.dictionaries(st.sampled_from(sorted(facts())), VALUES)
AGES = st.one_of(st.none(), st.integers(0, 90))
PEOPLE = st.fixed_dictionaries(
    {"age": AGES, "age_certainty": st.sampled_from(["known", "estimated", "disputed", "unknown"])}
)
CHILDREN = st.one_of(
    st.fixed_dictionaries({"age": st.integers(0, 17), "age_certainty": st.just("known")}),
    st.fixed_dictionaries({"age": AGES, "age_certainty": st.just("unknown")}),
)
STRENGTH = {"not_met": 0, "undetermined": 1, "met": 2}


def findings_of(answer):
    """Every finding of an answer by what it is about."""
    offences = {(o["statute"], o["article"]): o["finding"] for o in answer["offences"]}
    return {"palermo": answer["palermo"]["finding"], **offences}


def judged(found, person):
    return findings_of(assess({"facts": found, "person": person}))


@settings(max_examples=60)
@given(FACTS, PEOPLE, st.sampled_from(sorted(facts())))
def test_no_finding_gets_weaker_when_a_fact_turns_from_unknown_to_yes(found, person, code):
    before = judged({**found, code: "unknown"}, person)
    after = judged({**found, code: "yes"}, person)
    assert all(STRENGTH[after[key]] >= STRENGTH[before[key]] for key in before)


@settings(max_examples=60)
@given(FACTS, PEOPLE, st.sampled_from(sorted(facts())), VALUES)
def test_what_is_settled_stays_settled_whatever_an_unknown_turns_out_to_be(
    found, person, code, value
):
    before = judged({**found, code: "unknown"}, person)
    after = judged({**found, code: value}, person)
    settled = [key for key, finding in before.items() if finding != "undetermined"]
    assert all(after[key] == before[key] for key in settled)


@settings(max_examples=60)
@given(FACTS, CHILDREN, st.dictionaries(st.sampled_from(codes_in_group(FactGroup.MEANS)), VALUES))
def test_for_a_child_no_finding_on_means_can_change_the_palermo_finding(found, person, means):
    before = assess({"facts": found, "person": person})["palermo"]
    after = assess({"facts": {**found, **means}, "person": person})["palermo"]
    assert (after["finding"], after["missing"]) == (before["finding"], before["missing"])


@settings(max_examples=60)
@given(FACTS, PEOPLE, VALUES)
def test_consent_never_changes_a_finding(found, person, consent):
    assert judged({**found, "consent.given": consent}, person) == judged(
        {**found, "consent.given": "unknown"}, person
    )


@settings(max_examples=60)
@given(FACTS, PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_never_matters(found, person, chance):
    shuffled = list(found.items())
    random.Random(chance.random()).shuffle(shuffled)
    one = assess({"facts": found, "person": person})
    assert assess({"facts": dict(shuffled), "person": person}) == one


@settings(max_examples=60)
@given(FACTS, PEOPLE)
def test_naming_a_fact_unknown_is_the_same_as_not_naming_it(found, person):
    named = dict.fromkeys(facts(), "unknown") | found
    assert assess({"facts": named, "person": person}) == assess({"facts": found, "person": person})


@settings(max_examples=60)
@given(FACTS, PEOPLE)
def test_an_undetermined_finding_names_what_is_missing_and_a_settled_one_nothing(found, person):
    answer = assess({"facts": found, "person": person})
    for outcome in (answer["palermo"], *answer["offences"]):
        assert bool(outcome["missing"]) == (outcome["finding"] == "undetermined")


@given(st.lists(st.sampled_from([True, False, None])))
def test_and_and_or_mirror_each_other(values):
    turned = [None if v is None else not v for v in values]
    other = conjunction(turned)
    assert disjunction(values) is (None if other is None else not other)
