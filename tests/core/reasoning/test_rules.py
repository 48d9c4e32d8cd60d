"""What must hold for every set of findings, over every provision that is kept."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.law.expression import AllOf, AnyOf, NotInFacts
from mekhala.core.law.library import countries, provisions
from mekhala.core.reasoning.age import Person
from mekhala.core.reasoning.assess import assess
from mekhala.core.reasoning.conduct import Conduct
from mekhala.core.reasoning.logic import Findings, conjunction, disjunction
from mekhala.core.reasoning.offences import weigh_offence
from mekhala.core.vocabulary.facts import facts
from tests.core.reasoning.findings import (
    CHILDREN,
    CODES,
    FACTS,
    MEANS,
    PEOPLE,
    PROVISIONS,
    VALUES,
    some,
)

STRENGTH = {"not_met": 0, "undetermined": 1, "met": 2}
EVERY = pytest.mark.parametrize("country", countries())


def findings_of(answer):
    """Every finding of an answer by what it is about."""
    offences = {
        (o["statute"], o["article"], o["in_force"]["from"]): o["finding"]
        for o in answer["offences"]
    }
    return {"palermo": answer["palermo"]["finding"], **offences}


def judged(found, person, country):
    """Every finding on conduct of no known date, so no provision of the country is left out."""
    answer = assess({"facts": found, "person": person, "country": country})
    assert len(answer["offences"]) == len(provisions(country))
    return findings_of(answer)


@EVERY
@some
@given(found=FACTS, person=PEOPLE, code=st.sampled_from(CODES))
def test_no_finding_gets_weaker_when_a_fact_turns_from_unknown_to_yes(country, found, person, code):
    before = judged({**found, code: "unknown"}, person, country)
    after = judged({**found, code: "yes"}, person, country)
    assert all(STRENGTH[after[key]] >= STRENGTH[before[key]] for key in before)


@EVERY
@some
@given(found=FACTS, person=PEOPLE, code=st.sampled_from(CODES))
def test_no_finding_gets_stronger_when_a_fact_turns_from_unknown_to_no(
    country, found, person, code
):
    before = judged({**found, code: "unknown"}, person, country)
    after = judged({**found, code: "no"}, person, country)
    assert all(STRENGTH[after[key]] <= STRENGTH[before[key]] for key in before)


@EVERY
@some
@given(found=FACTS, person=PEOPLE, code=st.sampled_from(CODES), value=VALUES)
def test_what_is_settled_stays_settled_whatever_an_unknown_turns_out_to_be(
    country, found, person, code, value
):
    before = judged({**found, code: "unknown"}, person, country)
    after = judged({**found, code: value}, person, country)
    settled = [key for key, finding in before.items() if finding != "undetermined"]
    assert all(after[key] == before[key] for key in settled)


@EVERY
@some
@given(found=FACTS, known=st.integers(0, 90))
def test_what_is_settled_while_the_age_is_unknown_stays_settled_in_domestic_law(
    country, found, known
):
    before = judged(found, {}, country)
    after = judged(found, {"age": known, "age_certainty": "known"}, country)
    del before["palermo"]  # a presumed child is protected until the age is known
    settled = [key for key, finding in before.items() if finding != "undetermined"]
    assert all(after[key] == before[key] for key in settled)


@some
@given(FACTS, CHILDREN, st.dictionaries(st.sampled_from(MEANS), VALUES))
def test_for_a_child_no_finding_on_means_can_change_the_palermo_finding(found, person, means):
    before = assess({"facts": found, "person": person})["palermo"]
    after = assess({"facts": {**found, **means}, "person": person})["palermo"]
    assert (after["finding"], after["missing"]) == (before["finding"], before["missing"])


@EVERY
@some
@given(found=FACTS, person=PEOPLE, consent=VALUES)
def test_consent_never_changes_a_finding(country, found, person, consent):
    assert judged({**found, "consent.given": consent}, person, country) == judged(
        {**found, "consent.given": "unknown"}, person, country
    )


@EVERY
@some
@given(found=FACTS, person=PEOPLE, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_facts_never_matters(country, found, person, chance):
    shuffled = list(found.items())
    random.Random(chance.random()).shuffle(shuffled)
    one, other = (
        assess({"facts": f, "person": person, "country": country}, explain=True)
        for f in (found, dict(shuffled))
    )
    assert one == other


@some
@given(FACTS, PEOPLE)
def test_naming_a_fact_unknown_is_the_same_as_not_naming_it(found, person):
    named = dict.fromkeys(facts(), "unknown") | found
    assert assess({"facts": named, "person": person}) == assess({"facts": found, "person": person})


@EVERY
@some
@given(found=FACTS, person=PEOPLE)
def test_an_undetermined_finding_names_what_is_missing_and_a_settled_one_nothing(
    country, found, person
):
    answer = assess({"facts": found, "person": person, "country": country})
    for outcome in (answer["palermo"], *answer["offences"]):
        assert bool(outcome["missing"]) == (outcome["finding"] == "undetermined")


def asks_besides_the_facts(expression):
    """Whether an expression can be made out only by what no fact code says."""
    if isinstance(expression, AllOf):
        return any(map(asks_besides_the_facts, expression.parts))
    if isinstance(expression, AnyOf):
        return all(map(asks_besides_the_facts, expression.parts))
    return isinstance(expression, NotInFacts)


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: f"{p.citation} {p.in_force.first}")
@pytest.mark.parametrize("age", [10, 30])
def test_what_no_fact_can_say_is_never_made_out_whatever_is_found(provision, age):
    person = Person(age=age, age_certainty="known")
    everything = Findings(facts=dict.fromkeys(facts(), True), person=person.predicates())
    outcome = weigh_offence(provision, everything, Conduct(span=provision.in_force))
    beyond = {e.name for e in provision.elements if asks_besides_the_facts(e.asks)}
    assert not beyond & {e.name for e in outcome.elements if e.value is True}
    assert outcome.finding != "met" or not beyond


@given(st.lists(st.sampled_from([True, False, None])))
def test_and_and_or_mirror_each_other(values):
    turned = [None if v is None else not v for v in values]
    other = conjunction(turned)
    assert disjunction(values) is (None if other is None else not other)
