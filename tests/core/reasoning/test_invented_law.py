"""Charges, ranges and parts under invented statutes, for what no kept statute happens to hold."""

import json
from dataclasses import replace
from datetime import date

import pytest

from mekhala.core.law.reading import statute_from
from mekhala.core.law.statute import Displacement, GeneralRule, How, Period, Provision
from mekhala.core.reasoning import charges
from mekhala.core.reasoning.age import Person
from mekhala.core.reasoning.charges import Fit, weigh_charge
from mekhala.core.reasoning.conduct import Conduct, is_ambiguous, read_partial_date
from mekhala.core.reasoning.displacement import meeting_in_words
from mekhala.core.reasoning.governing import most_specific_first
from mekhala.core.reasoning.liability import Liability, Participation, liability_of
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.offences import weigh_offence
from mekhala.core.reasoning.palermo import palermo_outcome
from mekhala.core.vocabulary.facts import facts

FACT = "act.receipt"
UNDATED = Conduct(span=Period(first=None, last=None))
OLD = {"from": date(2000, 1, 1), "to": date(2009, 12, 31)}
NEW = {"from": date(2010, 1, 1)}


def article(number="7", **row):
    return {
        "article": number,
        "title": "An offence",
        "source": "invented",
        "verified": False,
        "elements": {"act": {"label": "receiving", "asks": FACT}},
        **row,
    }


def provisions_of(*articles):
    return statute_from(
        {
            "statute": "XX-LAW-2000",
            "title": "An invented law",
            "in_force": {"from": date(2000, 1, 1)},
            "source": "invented",
            "verified": False,
            "articles": list(articles),
        },
        file="xx.yaml",
    ).provisions


def findings(value=True, **person):
    predicates = Person(**person).predicates()
    return Findings(facts=dict.fromkeys(facts()) | {FACT: value}, person=predicates)


def later(how=How.IDENTICAL, number="9", since=NEW["from"]):
    return Displacement(
        statute="XX-CODE-2010",
        article=number,
        how=how,
        in_force=Period(first=since, last=None),
        source="invented",
    )


@pytest.fixture
def charged(monkeypatch):
    """Return a function that judges the charge of an article kept in these versions."""

    def judge(*articles, conduct=UNDATED, value=True):
        versions = provisions_of(*articles)
        monkeypatch.setattr(charges, "versions_of", lambda *_, country: versions)
        return weigh_charge("XX-LAW-2000", "7", findings(value), conduct)

    return judge


def test_the_ranges_of_a_charge_are_those_of_both_versions_that_may_govern(charged):
    outcome = charged(article(penalty=[1, 3], in_force=OLD), article(penalty=[2, 8], in_force=NEW))
    assert (outcome.lowest_range.max_years, outcome.highest_range.max_years) == (3, 8)
    assert (outcome.fit, outcome.because) == (
        Fit.FITS,
        "XX-LAW-2000 Article 7: every element is made out.",
    )


def test_a_range_nobody_knows_leaves_the_outermost_ranges_unknown(charged):
    outcome = charged(article(penalty=[1, 3], in_force=OLD), article(in_force=NEW))
    assert (outcome.lowest_range, outcome.highest_range) == (None, None)


def test_a_charge_that_is_not_kept_has_no_range():
    unkept = weigh_charge("KH-XYZ", "1", findings(), UNDATED)
    assert unkept.fit is Fit.NOT_IN_TABLES
    assert (unkept.lowest_range, unkept.highest_range) == (None, None)
    assert weigh_charge("KH-LSHTSE-2008", "9", findings(), UNDATED).fit is not Fit.NOT_IN_TABLES


def test_a_range_nobody_knows_is_null_in_every_form():
    answer = weigh_offence(provisions_of(article())[0], findings(), UNDATED).as_answer()
    ranges = ("penalty", "fine_riel", "penalty_in_words", "penalty_if_aggravated", "liability")
    assert [answer[key] for key in ranges] == [None] * 5
    assert answer["in_force"] == {"from": "2000-01-01", "to": None}
    outcome = weigh_offence(provisions_of(article())[0], findings(), UNDATED)
    assert (outcome.penalty, outcome.liability) == (None, None)


def test_a_range_of_years_alone_names_no_fine():
    [provision] = provisions_of(article(penalty=[1, 3]))
    outcome = weigh_offence(provision, findings(), UNDATED)
    assert outcome.penalty is provision.penalty
    assert outcome.as_answer()["fine_riel"] is None


def test_the_text_of_an_offence_leaves_khmer_readable():
    khmer = "ការជួញដូរមនុស្ស"
    elements = {"act": {"label": khmer, "asks": FACT}}
    [provision] = provisions_of(
        article(
            title=khmer,
            elements=elements,
            aggravated=[1, 2],
            aggravations={"minor": {"label": khmer, "asks": "person.minor"}},
        )
    )
    outcome = weigh_offence(provision, findings(age=12, age_certainty="known"), UNDATED)
    assert outcome.in_json.count(khmer) == 4
    assert json.loads(outcome.in_json) == outcome.as_answer()


def test_says_every_period_in_which_a_charge_was_in_force(charged):
    before = Conduct(span=read_partial_date("1999", where="test"))
    outcome = charged(article(in_force=OLD), article(in_force=NEW), conduct=before)
    assert outcome.because == (
        "XX-LAW-2000 Article 7 was in force 2000-01-01 to 2009-12-31 or 2010-01-01 to now, "
        "on no day of the conduct."
    )


def test_a_charge_open_only_in_its_date_asks_for_the_date(charged, monkeypatch):
    old = article(in_force=OLD)
    new = article(in_force=NEW, elements={"act": {"label": "keeping", "asks": "act.harbouring"}})
    versions = provisions_of(old, new)
    monkeypatch.setattr(charges, "versions_of", lambda *_, country: versions)
    found = Findings(facts={FACT: True, "act.harbouring": False}, person={})
    outcome = weigh_charge("XX-LAW-2000", "7", found, UNDATED)
    assert outcome.fit is Fit.UNDETERMINED
    assert outcome.because == "XX-LAW-2000 Article 7: still to ask about: the date."


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (How.CONTRADICTING, "contradicts this text and prevails over it"),
        (How.IDENTICAL, "says the same and takes the place of this text"),
        (How.COMPLEMENTARY, "asks for other elements, so both stand"),
        (How.NOT_SETTLED, "is on the same matter; how the two meet is not settled"),
    ],
)
def test_says_how_a_later_text_meets_an_older_one(how, sentence):
    said = meeting_in_words(later(how))
    assert said == f"XX-CODE-2010 Art. 9, in force from 2010-01-01, {sentence}."


@pytest.mark.parametrize(("first", "word"), [("2012", "is"), ("2005", "may be")])
def test_a_charge_says_whether_a_later_text_took_its_place(charged, first, word):
    row = {"statute": "XX-CODE-2010", "article": "9", "how": "identical", "source": "invented"}
    displaced = article(displaced_by=[{**row, "from": NEW["from"]}])
    conduct = Conduct(span=Period(first=date(int(first), 1, 1), last=None))
    outcome = charged(displaced, conduct=conduct)
    assert f"XX-LAW-2000 Article 7 {word} displaced. XX-CODE-2010 Art. 9" in outcome.because


def test_a_charge_of_two_versions_is_displaced_only_if_both_are(charged):
    row = {"statute": "XX-CODE-2010", "article": "9", "source": "invented"}
    sure = {**row, "how": "identical", "from": date(2000, 1, 1)}
    open_ = {**row, "how": "not_settled", "from": date(2000, 1, 1)}
    conduct = Conduct(span=Period(first=date(2005, 1, 1), last=date(2015, 1, 1)))
    outcome = charged(
        article(in_force=OLD, displaced_by=[sure]),
        article(in_force=NEW, displaced_by=[open_]),
        conduct=conduct,
    )
    assert "XX-LAW-2000 Article 7 may be displaced." in outcome.because


AGGRAVATIONS = {
    "minor": {"label": "the victim was a minor", "asks": "person.minor"},
    "official": {"label": "an official", "asks": "aggravation.official"},
}


def test_an_open_aggravation_that_leads_to_the_same_range_changes_nothing():
    row = article(penalty=[2, 5], aggravated=[1, 5], aggravations=AGGRAVATIONS)
    [provision] = provisions_of(row)
    outcome = weigh_offence(provision, findings(), UNDATED)
    assert outcome.aggravated.penalty_if_aggravated is None
    assert outcome.highest_penalty.min_years == 2


def test_an_open_aggravation_is_told_where_the_simple_range_is_not_known():
    row = article(aggravated=[5, 9], aggravations=AGGRAVATIONS)
    [provision] = provisions_of(row)
    outcome = weigh_offence(provision, findings(), UNDATED)
    assert outcome.penalty is None
    assert outcome.aggravated.penalty_if_aggravated.max_years == 9


def test_the_special_stands_before_the_general_and_then_the_lower_number():
    more = {
        "act": {"label": "receiving", "asks": FACT},
        "purpose": {"label": "profit", "asks": "purpose.profit"},
    }
    kept = provisions_of(
        article("10"),
        article("9 bis", penalty=[1, 2]),
        article("9"),
        article("1"),
        article("annex"),
        article("11", elements=more),
    )
    order = [p.article for p in most_specific_first(kept)]
    assert order == ["11", "9 bis", "annex", "1", "9", "10"]


def general(name, *, verified):
    return GeneralRule(
        statute="XX-LAW-2000",
        article=name,
        punished_as="the principal",
        applies_to=(),
        source="invented",
        verified=verified,
    )


def test_a_part_in_an_attempt_names_both_rules_and_is_verified_only_if_both_are():
    rules = (general("28", verified=True), general("27", verified=False))
    answer = Liability(as_what="accomplice_in_attempt", rules=rules).as_answer()
    assert answer["source"] == "XX-LAW-2000 Art. 28 and XX-LAW-2000 Art. 27"
    assert answer["verified"] is False
    assert Liability(as_what="attempt", rules=rules[:1]).as_answer()["verified"] is True
    assert Liability(as_what="attempt", rules=()).as_answer() == {
        "as": "attempt",
        "punished_as": None,
        "source": None,
        "verified": False,
    }


@pytest.mark.parametrize("participation", [Participation.PRINCIPAL, Participation.UNKNOWN])
@pytest.mark.parametrize("completed", [True, None])
def test_nothing_is_said_of_a_principal_or_where_nothing_is_known(participation, completed):
    [provision] = provisions_of(article())
    assert liability_of(provision, participation=participation, completed=completed) is None


def test_which_text_governs_is_open_only_between_texts_never_in_force_together():
    versions = provisions_of(article(in_force=OLD), article(in_force=NEW))
    dated = Conduct(span=Period(first=date(2005, 1, 1), last=None))
    assert is_ambiguous(versions, UNDATED)
    assert is_ambiguous(versions, dated)
    assert not is_ambiguous(versions[:1], dated)
    assert not is_ambiguous((), dated)


def test_keeps_provisions_apart_that_look_alike():
    one, other = provisions_of(article("1"))[0], provisions_of(article("1"))[0]
    assert isinstance(one, Provision)
    assert one != other


def test_what_no_fact_can_say_is_asked_for_in_words_and_has_no_code():
    asks = {"any": [FACT, {"not_in_facts": "the offender knew"}]}
    [provision] = provisions_of(article(elements={"act": {"label": "knowing", "asks": asks}}))
    outcome = weigh_offence(provision, findings(value=False), UNDATED)
    [element] = outcome.as_answer()["elements"]
    assert element["to_ask"] == []
    assert outcome.why[0] == "Knowing: not known. Still to ask: the offender knew."
    leaf = outcome.tree({})["parts"][0]["parts"][1]
    assert leaf == {
        "asks": "not_in_facts",
        "words": "the offender knew",
        "value": "unknown",
        "sources": [],
        "parts": [],
    }


@pytest.mark.parametrize(
    ("predicate", "words"),
    [
        ("person.minor", "the person was under 18"),
        ("person.adult", "the person was 18 or older"),
        ("person.under_15", "the person was under 15"),
    ],
)
def test_says_what_the_law_asks_of_the_age(predicate, words):
    elements = {"age": {"label": "age", "asks": predicate}}
    [provision] = provisions_of(article(elements=elements))
    outcome = weigh_offence(provision, findings(), UNDATED)
    assert outcome.why[0] == f"Age: not known. Still to ask: {words}."


@pytest.mark.parametrize(("number", "ending"), [(4, ""), (5, "; and 1 more"), (7, "; and 3 more")])
def test_names_four_facts_and_counts_the_others(number, ending):
    codes = [code for code in facts() if code.startswith("means.")][:number]
    elements = {"means": {"label": "means", "asks": {"any": codes}}}
    [provision] = provisions_of(article(elements=elements))
    sentence = weigh_offence(provision, findings(), UNDATED).why[0]
    assert sentence.endswith(f"{ending}.")
    assert (sentence.count(";"), "more" in sentence) == (3 + bool(ending), bool(ending))


def test_a_code_that_is_no_fact_makes_out_nothing():
    outcome = palermo_outcome({"act.of_no_list": True}, age=30, age_certainty="known")
    assert outcome.missing == ("act", "means", "purpose")
    assert outcome == palermo_outcome({}, age=30, age_certainty="known")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2009-03-05", date(2009, 3, 5), date(2009, 3, 5)),
    ],
)
def test_a_partial_date_is_every_day_it_can_mean(written, first, last):
    span = read_partial_date(written, where="test")
    assert (span.first, span.last) == (first, last)


def test_says_that_the_first_day_of_a_text_is_not_known():
    [provision] = provisions_of(article(in_force={"to": date(2009, 12, 31)}))
    outcome = weigh_offence(provision, findings(), UNDATED)
    assert outcome.why[-1].startswith("Text in force from an unknown day until 2009-12-31")
    assert outcome.as_answer()["in_force"] == {"from": None, "to": "2009-12-31"}


def test_a_later_text_of_no_known_first_day_is_told_without_one():
    [provision] = provisions_of(article())
    met = replace(provision, displaced_by=(later(since=None),))
    [told] = weigh_offence(met, findings(), UNDATED).as_answer()["displaced_by"]
    assert told == {
        "statute": "XX-CODE-2010",
        "article": "9",
        "how": "identical",
        "from": None,
        "source": "invented",
    }
