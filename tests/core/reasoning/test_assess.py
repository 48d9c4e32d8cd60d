"""``assess``: the shape of the answer and the rules that joining findings must keep."""

import json

import pytest

from mekhala.core.reasoning.age import Person
from mekhala.core.reasoning.assess import assess, assess_all
from mekhala.core.reasoning.palermo import palermo_outcome
from mekhala.core.vocabulary.person import AgeCertainty

ADULT = {"age": 30, "age_certainty": "known", "sex": "male"}
CHILD = {"age": 16, "age_certainty": "known", "sex": "female"}
IN_2009 = {"from": "2009-03-01", "to": "2009-05-31"}


def document(person=ADULT, conduct=IN_2009, none_of=(), **extra):
    return {"case": "V-1", "person": person, "conduct": conduct, "none_of": list(none_of), **extra}


def offence(answer, article, statute="KH-LSHTSE-2008"):
    return next(o for o in answer["offences"] if (o["statute"], o["article"]) == (statute, article))


def codes(answer):
    return [warning["code"] for warning in answer["warnings"]]


def test_answers_the_example_of_the_contract():
    facts = {
        "act.recruitment": "yes",
        "act.removal_from_guardian": "yes",
        "purpose.prostitution_of_others": "yes",
        "consent.given": "yes",
    }

    answer = assess(document(CHILD, none_of=["means"], facts=facts))

    assert (answer["palermo"]["means"], answer["palermo"]["finding"]) == ("no", "met")
    assert answer["palermo"]["means_required"] is False
    tenth = offence(answer, "10")
    assert (tenth["finding"], tenth["aggravated_by"]) == ("met", ["minor"])
    assert tenth["penalty"] == {"min_years": 15, "max_years": 20}
    assert tenth["verified"] is False
    assert tenth["source"]
    assert answer["continuum"] is None
    assert answer["non_punishment"] == []
    assert set(codes(answer)) == {"consent_irrelevant", "text_unverified"}
    json.dumps(answer)


def test_nothing_known_means_nothing_denied_and_nothing_found():
    answer = assess({})
    assert answer["palermo"]["missing"] == ["act", "purpose"]
    assert {o["finding"] for o in answer["offences"]} == {"undetermined"}
    assert answer["classification"] == "undetermined"


def test_lists_the_offence_that_asks_for_more_before_the_simpler_one():
    answer = assess(document(facts={"act.sale_or_exchange": "yes", "purpose.profit": "yes"}))
    order = [o["article"] for o in answer["offences"]]
    assert order.index("12") < order.index("15") < order.index("14")


def test_a_named_fact_wins_over_none_of():
    answer = assess(document(none_of=["means"], facts={"means.fraud": "yes"}))
    assert answer["palermo"]["means"] == "yes"


def test_a_fact_named_unknown_keeps_none_of_from_saying_no():
    answer = assess(document(none_of=["means"], facts={"means.fraud": "unknown"}))
    assert answer["palermo"]["means"] == "unknown"


@pytest.mark.parametrize(
    ("person", "basis"),
    [
        ({"age": 17, "age_certainty": "known"}, "child"),
        ({"age": 18, "age_certainty": "known"}, "adult"),
        ({"age": 17, "age_certainty": "estimated"}, "presumed_child"),
        ({"age": 40, "age_certainty": "estimated"}, "presumed_child"),
        ({"age": 19, "age_certainty": "disputed"}, "presumed_child"),
        ({"age": 19}, "presumed_child"),
        ({"age": None, "age_certainty": "known"}, "presumed_child"),
        (None, "presumed_child"),
    ],
)
def test_only_a_known_age_settles_how_the_person_is_treated(person, basis):
    answer = assess(document(person))
    assert answer["palermo"]["age_basis"] == basis
    assert ("presumed_child" in codes(answer)) == (basis == "presumed_child")


def test_a_presumed_child_makes_no_sentence_heavier():
    facts = {"act.sale_or_exchange": "yes", "purpose.profit": "yes"}
    fifteenth = offence(assess(document(None, facts=facts)), "15")
    assert fifteenth["aggravated_by"] == []
    assert fifteenth["possible_aggravation"] == ["minor"]
    assert fifteenth["penalty"] == {"min_years": 7, "max_years": 15}
    assert fifteenth["penalty_if_aggravated"] == {"min_years": 15, "max_years": 20}


def test_child_prostitution_is_not_found_on_a_presumption():
    facts = {"act.procuring": "yes"}
    assert offence(assess(document(None, facts=facts)), "28")["missing"] == ["minor"]
    assert offence(assess(document(ADULT, facts=facts)), "28")["finding"] == "not_met"
    assert offence(assess(document(CHILD, facts=facts)), "28")["finding"] == "met"


@pytest.mark.parametrize(
    ("conduct", "statutes", "ambiguous"),
    [
        (None, {"KH-KTE-1996", "KH-LSHTSE-2008", "KH-PC-2009"}, True),
        ({}, {"KH-KTE-1996", "KH-LSHTSE-2008", "KH-PC-2009"}, True),
        ({"from": "1997"}, {"KH-KTE-1996", "KH-LSHTSE-2008", "KH-PC-2009"}, True),
        ({"from": "1997", "to": "1998-02"}, {"KH-KTE-1996"}, False),
        ({"to": "2004"}, {"KH-KTE-1996"}, False),
        ({"from": "2008-02-14", "to": "2008-02-14"}, {"KH-KTE-1996"}, False),
        ({"from": "2008-02-15", "to": "2008-02-15"}, {"KH-LSHTSE-2008"}, False),
        ({"from": "2008-02", "to": "2008-02"}, {"KH-KTE-1996", "KH-LSHTSE-2008"}, True),
        ({"from": "2009"}, {"KH-LSHTSE-2008", "KH-PC-2009"}, False),
        ({"from": "2009", "to": "2009"}, {"KH-LSHTSE-2008"}, False),
    ],
)
def test_shows_each_law_that_may_govern(conduct, statutes, ambiguous):
    answer = assess(document(conduct=conduct))
    assert {o["statute"] for o in answer["offences"]} == statutes
    assert ("law_ambiguous" in codes(answer)) == ambiguous


def test_each_version_says_when_it_was_in_force():
    third = offence(assess(document(conduct=None)), "3", "KH-KTE-1996")
    assert third["in_force"] == {"from": "1996-02-29", "to": "2008-02-14"}
    assert third["governs"] == "possibly"
    assert "2008-02-14" in third["why"][-1]


def test_says_when_no_law_was_in_force():
    answer = assess(document(conduct={"from": "1990", "to": "1991"}))
    assert answer["offences"] == []
    assert "no_law_in_force" in codes(answer)


@pytest.mark.parametrize("age", [14, 15])
def test_the_old_law_is_heavier_below_fifteen_only(age):
    person = {"age": age, "age_certainty": "known"}
    third = offence(assess(document(person, conduct=None)), "3", "KH-KTE-1996")
    assert (third["penalty"]["max_years"] == 20) == (age < 15)


@pytest.mark.parametrize(("age", "raised"), [(17, ["minor"]), (18, [])])
def test_the_day_of_eighteen_ends_what_is_heavier_for_a_minor(age, raised):
    person = {"age": age, "age_certainty": "known"}
    facts = {"act.sale_or_exchange": "yes", "purpose.profit": "yes"}
    fifteenth = offence(assess(document(person, facts=facts)), "15")
    assert fifteenth["aggravated_by"] == raised
    assert fifteenth["possible_aggravation"] == []


def test_what_no_fact_can_say_stays_to_be_asked():
    facts = {"act.transportation": "yes", "act.recruitment": "yes", "purpose.profit": "yes"}
    seventeenth = offence(assess(document(facts=facts)), "17")
    assert (seventeenth["finding"], seventeenth["missing"]) == ("undetermined", ["knowledge"])


@pytest.mark.parametrize(
    ("facts", "classification"),
    [
        ({"act.irregular_entry_for_gain": "yes"}, "smuggling"),
        ({"act.procuring": "yes"}, "procuring"),
        ({"act.managing_prostitution": "yes"}, "procuring"),
        ({"purpose.prostitution_of_others": "yes"}, "procuring"),
        ({"purpose.forced_labour": "yes"}, "exploitation_only"),
        (
            {"purpose.forced_labour": "yes", "act.irregular_entry_for_gain": "yes"},
            "exploitation_only",
        ),
        ({}, "none"),
        ({"act.procuring": "unknown"}, "undetermined"),
    ],
)
def test_classifies_what_is_not_trafficking(facts, classification):
    answer = assess(document(none_of=["act", "means", "purpose"], facts=facts))
    assert answer["palermo"]["finding"] == "not_met"
    assert answer["classification"] == classification
    fits_elsewhere = classification in {"smuggling", "procuring", "exploitation_only"}
    assert ("charge_does_not_fit" in codes(answer)) == fits_elsewhere


@pytest.mark.parametrize("name", ["child_labour", "adoption", "surrogacy", "sexual_aggression"])
def test_a_purpose_that_needs_more_leaves_the_purpose_unknown(name):
    facts = {"act.receipt": "yes", f"purpose.{name}": "yes"}
    answer = assess(document(CHILD, none_of=["purpose"], facts=facts))
    assert answer["palermo"]["purpose"] == "unknown"
    assert f"{name}_needs_exploitation" in codes(answer)
    assert "more must be shown" in " ".join(answer["palermo"]["why"])


def test_a_purpose_that_needs_more_is_no_matter_beside_one_that_does_not():
    facts = {"purpose.adoption": "yes", "purpose.slavery_or_similar": "yes"}
    answer = assess(document(CHILD, facts=facts))
    assert answer["palermo"]["purpose"] == "yes"
    assert "adoption_needs_exploitation" not in codes(answer)


@pytest.mark.parametrize(
    ("person", "means", "warned"),
    [(CHILD, "no", True), (ADULT, "yes", True), (ADULT, "no", False), (ADULT, "unknown", False)],
)
def test_consent_is_irrelevant_for_a_child_and_where_a_means_was_used(person, means, warned):
    facts = {"consent.given": "yes", "means.fraud": means}
    answer = assess(document(person, none_of=["means"], facts=facts))
    assert ("consent_irrelevant" in codes(answer)) == warned


@pytest.mark.parametrize(
    ("answers", "letter"),
    [
        ("y", "A"),
        ("nn", "B"),
        ("nyn", "C"),
        ("nyyn", "D"),
        ("nyyyn", "E"),
        ("nyyyy", "F"),
        ("", None),
        ("?n", None),
        ("ny?yy", None),
        ("nyyy?", None),
    ],
)
def test_places_the_case_on_the_continuum_only_as_far_as_it_is_known(answers, letter):
    names = ("forced_or_kidnapped", "kind_of_work", "conditions", "difficulties", "worksite")
    words = {"y": "yes", "n": "no", "?": "unknown"}
    facts = {f"volition.{n}": words[a] for n, a in zip(names, answers, strict=False)}
    assert assess(document(facts=facts))["continuum"] == letter


def test_tells_a_safeguard_for_each_compelled_offence():
    names = (
        "soliciting",
        "immigration",
        "documents",
        "fraud",
        "drugs",
        "recruiting_others",
        "other",
    )
    facts = {f"compelled.{name}": "yes" for name in names}
    told = assess(document(CHILD, facts=facts))["non_punishment"]
    assert [entry["code"] for entry in told] == list(facts)
    assert all(e["safeguard"] and e["source"] and e["verified"] is False for e in told)


@pytest.mark.parametrize(
    ("none_of", "facts", "word"),
    [
        ([], {}, "should wait"),
        (["act", "purpose"], {}, "defence"),
        ([], {"act.receipt": "yes", "purpose.servitude": "yes"}, "applies"),
    ],
)
def test_a_safeguard_does_not_wait_for_a_status(none_of, facts, word):
    facts = {**facts, "compelled.drugs": "yes"}
    [entry] = assess(document(CHILD, none_of=none_of, facts=facts))["non_punishment"]
    assert word in entry["because"]


@pytest.mark.parametrize(
    ("statute", "article", "fit"),
    [
        ("KH-LSHTSE-2008", "14", "fits"),
        ("KH-LSHTSE-2008", "15", "does_not_fit"),
        ("KH-LSHTSE-2008", "16", "undetermined"),
        ("KH-KTE-1996", "3", "not_in_force"),
        ("KH-PC-2009", "298", "not_in_tables"),
        ("KH-LSHTSE-2008", "99", "not_in_tables"),
    ],
)
def test_judges_the_charge_that_was_brought(statute, article, fit):
    facts = {"act.sale_or_exchange": "yes"}
    charge = {"statute": statute, "article": article}

    answer = assess(document(none_of=["purpose"], facts=facts, charges=[charge]))

    assert answer["charges"][0]["fit"] == fit
    warned = fit in {"does_not_fit", "not_in_force"}
    assert ("charge_does_not_fit" in codes(answer)) == warned


def test_names_the_forms_of_exploitation_in_the_words_of_htcds():
    facts = {"purpose.forced_begging": "yes", "purpose.pornography": "yes", "purpose.profit": "yes"}
    assert assess(document(facts=facts))["exploitation"] == ["SexualExploitation", "ForcedBegging"]


def test_keeps_an_agencys_own_key_aside_and_says_so():
    assert assess(document(form_version="3"))["ignored"] == ["form_version"]


def test_takes_an_array_and_keeps_its_order():
    answers = assess_all([{"case": "b"}, {"case": "a"}])
    assert [a["case"] for a in answers] == ["b", "a"]
    assert assess_all([]) == []


def test_names_each_offence_kept_in_outline_with_the_reason():
    outlined = assess(document())["not_assessed"]
    assert outlined
    assert all(set(o) == {"statute", "article", "title", "because"} for o in outlined)
    assert all(all(o.values()) for o in outlined)


@pytest.mark.parametrize(
    ("age", "minor", "adult", "under_15"),
    [
        (None, None, None, None),
        (14, True, False, True),
        (15, True, False, False),
        (17, True, False, False),
        (18, False, True, False),
    ],
)
def test_the_law_asks_the_age_in_three_ways(age, minor, adult, under_15):
    known = Person(age=age, age_certainty=AgeCertainty.KNOWN).predicates()
    assert list(known.values()) == [minor, adult, under_15]
    assert set(Person(age=age).predicates().values()) == {None}


def test_a_person_nobody_described_has_no_known_age():
    assert Person().known_age is None
    assert Person(age_certainty=AgeCertainty.KNOWN).age_basis == "presumed_child"


def test_the_trees_of_the_offences_come_only_when_asked_one_by_one_or_in_an_array():
    for answers in ([assess({})], assess_all([{}]), [assess_all({})]):
        assert not any("tree" in o for answer in answers for o in answer["offences"])
    for answers in ([assess({}, explain=True)], assess_all([{}], explain=True)):
        assert all("tree" in o for answer in answers for o in answer["offences"])


def test_the_python_door_takes_facts_as_true_false_or_none():
    facts = {"act.receipt": True, "purpose.servitude": True, "means.force": None}
    assert palermo_outcome(facts, age=16, age_certainty="known").finding == "met"
    adult = palermo_outcome(facts, age=40, age_certainty="known")
    assert (adult.finding, adult.missing) == ("undetermined", ("means",))
