"""Later law, part and attempt, outlines, and the law of another country."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.law.library import provisions
from mekhala.core.law.reading import statute_from
from mekhala.core.law.statute import How, Period
from mekhala.core.reasoning.assess import assess, judge_charge
from mekhala.core.reasoning.case import read_case
from mekhala.core.reasoning.conduct import Conduct, read_partial_date
from mekhala.core.reasoning.displacement import later_law, standing_of
from mekhala.core.vocabulary.facts import facts
from mekhala.core.wrong_input import WrongInput
from tests.core.law.test_statutes import statute as invented

ADULT = {"age": 30, "age_certainty": "known"}
PROCURING = {"act.procuring": "yes"}
NO_FORCE = {"means.force": "no", "means.threat": "no"}


def offence(answer, article, statute="KH-LSHTSE-2008"):
    return next(o for o in answer["offences"] if (o["statute"], o["article"]) == (statute, article))


def judged(article, **document):
    return offence(assess({"person": ADULT, "facts": PROCURING, **document}), article)


def on(day):
    return {"from": day, "to": day}


def span(first, last):
    begins, ends = (read_partial_date(day, where="test") for day in (first, last))
    return Conduct(span=Period(first=begins.first, last=ends.last))


def displaced(how):
    later = {"statute": "XX-CODE-2010", "article": "9", "how": how, "from": date(2010, 6, 1)}
    row = invented(displaced_by=[{**later, "source": "invented"}])
    return statute_from(row, file="xx.yaml").provisions[0]


@pytest.mark.parametrize(
    ("how", "first", "last", "standing"),
    [
        ("identical", "2009", "2009", "stands"),
        ("identical", "2010", "2010", "possibly_displaced"),
        ("identical", "2011", "2011", "displaced"),
        ("contradicting", "2010-06-01", "2010-06-01", "displaced"),
        ("contradicting", "2010-05-31", "2010-06-01", "possibly_displaced"),
        ("complementary", "2011", "2011", "stands"),
        ("not_settled", "2011", "2011", "possibly_displaced"),
        ("not_settled", "2009", "2009", "stands"),
    ],
)
def test_a_later_text_takes_the_place_of_what_it_contradicts_or_repeats(how, first, last, standing):
    assert standing_of(displaced(how), span(first, last)) == standing


def test_a_complementary_text_is_told_and_takes_no_place():
    assert [d.how for d in later_law(displaced("complementary"), span("2011", "2011"))] == [
        How.COMPLEMENTARY
    ]


def test_says_that_procuring_of_2008_meets_the_penal_code():
    before, after = judged("26", conduct=on("2009")), judged("26", conduct=on("2012"))
    assert (before["standing"], before["displaced_by"]) == ("stands", [])
    assert after["standing"] == "possibly_displaced"
    assert after["displaced_by"][0]["article"] == "284-297"
    assert "how the two meet is not settled" in " ".join(after["why"])
    assert before["finding"] == after["finding"] == "met"


def test_shows_both_texts_while_the_code_began_in_a_part_of_the_country():
    answer = assess({"person": ADULT, "facts": PROCURING, "conduct": on("2010-12-12")})
    code = offence(answer, "284-297", "KH-PC-2009")
    assert (code["governs"], code["finding"]) == ("possibly", "met")
    assert "in all of it" in code["why"][-1]
    later = assess({"person": ADULT, "facts": PROCURING, "conduct": on("2010-12-20")})
    assert offence(later, "284-297", "KH-PC-2009")["governs"] == "certainly"


def test_a_charge_under_an_article_in_doubt_still_fits_and_says_so():
    charges = [{"statute": "KH-LSHTSE-2008", "article": "26"}]
    document = {"person": ADULT, "facts": PROCURING, "charges": charges}
    [early] = assess({**document, "conduct": on("2009")})["charges"]
    [late] = assess({**document, "conduct": on("2012")})["charges"]
    assert early["fit"] == late["fit"] == "fits"
    assert "may be displaced" not in early["because"]
    assert "Article 26 may be displaced. KH-PC-2009 Art. 284-297" in late["because"]


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(facts())), st.sampled_from(["yes", "no"])))
def test_no_finding_depends_on_later_law(found):
    before = assess({"person": ADULT, "facts": found, "conduct": on("2009")})
    after = assess({"person": ADULT, "facts": found, "conduct": on("2012")})
    for provision in provisions():
        if provision.statute == "KH-LSHTSE-2008":
            one, other = (offence(a, provision.article) for a in (before, after))
            assert one["finding"] == other["finding"]


@pytest.mark.parametrize(
    ("said", "as_what"),
    [
        ({}, None),
        ({"participation": "principal"}, None),
        ({"participation": "unknown", "completed": "unknown"}, None),
        ({"completed": "yes"}, None),
        ({"completed": "no"}, "attempt"),
        ({"participation": "principal", "completed": "no"}, "attempt"),
        ({"participation": "accomplice"}, "accomplice"),
        ({"participation": "instigator", "completed": "yes"}, "instigator"),
        ({"participation": "accomplice", "completed": "no"}, "accomplice_in_attempt"),
    ],
)
def test_says_as_what_somebody_answers(said, as_what):
    liability = judged("26", **said)["liability"]
    assert (liability and liability["as"]) == as_what
    if as_what:
        assert (liability["punished_as"], liability["source"]) == (
            "principal",
            "KH-LSHTSE-2008 Art. 4",
        )
        assert liability["verified"] is False


def test_says_nothing_of_a_punishment_where_no_rule_is_kept():
    answer = assess({"facts": PROCURING, "participation": "instigator"})
    code = offence(answer, "284-297", "KH-PC-2009")["liability"]
    assert (code["as"], code["punished_as"], code["source"]) == ("instigator", None, None)


def test_the_law_of_1996_treats_accomplices_as_principals_in_its_third_article_only():
    answer = assess({"participation": "accomplice", "conduct": on("1999")})
    assert offence(answer, "3", "KH-KTE-1996")["liability"]["punished_as"] == "principal"
    assert offence(answer, "4", "KH-KTE-1996")["liability"]["punished_as"] is None


def test_a_part_or_an_attempt_changes_no_finding_and_no_range():
    plain, helped = judged("26"), judged("26", participation="accomplice", completed="no")
    assert {**helped, "liability": None} == plain


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"participation": "helper"}, ["participation", "'helper'"]),
        ({"particpation": "principal"}, ["particpation", "participation"]),
        ({"completed": True}, ["completed", "True"]),
        ({"compleeted": "yes"}, ["compleeted", "completed"]),
        ({"country": "VN"}, ["country", "'VN'", "KH or TH"]),
        ({"country": "th"}, ["country", "'th'"]),
        ({"country": ["KH"]}, ["country", "KH or TH"]),
        ({"contry": "TH"}, ["contry", "country"]),
        (
            {"country": "TH", "charges": [{"statute": "TH-ATP-2009", "article": "6"}]},
            ["TH-ATP-2008"],
        ),
    ],
)
def test_refuses_a_misspelt_key_or_value(document, words):
    with pytest.raises(WrongInput) as refusal:
        assess({"case": "V-9", **document})
    assert all(word in str(refusal.value) for word in ["case 'V-9'", *words])


@pytest.mark.parametrize(
    ("age", "aggravated_by", "years"),
    [(14, ["minor", "under_15"], (8, 15)), (16, ["minor"], (6, 12)), (30, [], (4, 10))],
)
def test_judges_by_the_law_of_thailand_when_asked_to(age, aggravated_by, years):
    found = {"act.receipt": "yes", "means.deception": "yes", "purpose.forced_labour": "yes"}
    person = {"age": age, "age_certainty": "known"}
    answer = assess({"country": "TH", "person": person, "facts": found, "conduct": on("2012")})
    [trafficking] = answer["offences"]
    assert (trafficking["statute"], trafficking["finding"]) == ("TH-ATP-2008", "met")
    assert trafficking["aggravated_by"] == aggravated_by
    assert tuple(trafficking["penalty"].values()) == years
    assert trafficking["verified"] is False


def test_of_amended_law_that_is_not_read_only_the_outline_is_told():
    answer = assess({"country": "TH", "conduct": on("2020")})
    assert answer["offences"] == []
    assert [n["article"] for n in answer["not_assessed"]] == ["6", "8", "9"]
    [said] = [w for w in answer["warnings"] if w["code"] == "no_law_in_force"]
    assert "in outline only" in said["because"]


def test_names_the_offences_that_no_facts_can_tell_of_the_law_in_force():
    then = {n["statute"] for n in assess({"conduct": on("2009")})["not_assessed"]}
    now = {n["statute"] for n in assess({"conduct": on("2012")})["not_assessed"]}
    older = {"KH-IMM-1994", "KH-LSHTSE-2008"}
    assert (then, now) == (older, older | {"KH-PC-2009"})
    assert all(n["because"] for n in assess({})["not_assessed"])


def test_a_charge_that_is_kept_in_outline_says_why_it_cannot_be_told():
    charge = {"statute": "KH-PC-2009", "article": "298"}
    [said] = assess({"charges": [charge]})["charges"]
    assert said["fit"] == "not_in_tables"
    assert "accusation against the person who solicits" in said["because"]


def test_knowledge_makes_out_the_transport_of_somebody_unlawfully_removed():
    found = {"act.transportation": "yes", "act.recruitment": "yes", "purpose.profit": "yes"}
    known = {**found, "knowledge.of_unlawful_origin": "yes"}
    unaware = {**found, "knowledge.of_unlawful_origin": "no"}
    judged = [offence(assess({"facts": f}), "17")["finding"] for f in (found, known, unaware)]
    assert judged == ["undetermined", "met", "not_met"]


def test_the_aim_to_help_makes_out_article_20():
    found = {"act.harbouring": "yes", "knowledge.aim_to_help_offender": "yes"}
    assert offence(assess({"facts": found}), "20")["finding"] == "met"


def test_no_group_answers_knowledge_with_no():
    with pytest.raises(WrongInput, match="none_of"):
        assess({"none_of": ["knowledge"]})


@pytest.mark.parametrize(("age", "years"), [(16, [2, 5]), (14, [7, 15])])
def test_the_age_of_the_minor_sets_the_range_of_article_34(age, years):
    person = {"age": age, "age_certainty": "known"}
    found = {"act.purchase_of_sex_from_minor": "yes"}
    answer = assess({"person": person, "facts": found, "conduct": on("2009")})
    assert list(offence(answer, "34")["penalty"].values()) == years


def test_a_range_nobody_knows_is_null_even_when_the_graver_case_is_found():
    person = {"age": 15, "age_certainty": "known"}
    answer = assess({"person": person, "facts": PROCURING, "conduct": on("1999")})
    fourth = offence(answer, "4", "KH-KTE-1996")
    assert (fourth["aggravated_by"], fourth["penalty"]) == (["minor"], None)
    adult = assess({"person": ADULT, "facts": PROCURING, "conduct": on("1999")})
    assert offence(adult, "4", "KH-KTE-1996")["fine_riel"] == {"min": 5000000, "max": 30000000}


@pytest.mark.parametrize(
    ("person", "highest"),
    [(ADULT, (5, 10)), ({"age": 15, "age_certainty": "known"}, None), ({}, None)],
)
def test_no_highest_range_is_named_while_the_graver_one_is_not_known(person, highest):
    case = read_case({"person": person, "facts": {**PROCURING, **NO_FORCE}, "conduct": on("1999")})
    found = judge_charge(case, "KH-KTE-1996", "4").highest_range
    assert (found and (found.min_years, found.max_years)) == highest
