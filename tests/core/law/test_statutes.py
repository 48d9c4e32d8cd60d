"""The statutes that are kept, and the check that keeps a mistaken file out."""

from datetime import date

import pytest
import yaml

from mekhala.core.law.library import palermo, provisions, statutes, versions_of
from mekhala.core.law.reading import read_statute, statute_from
from mekhala.core.law.statute import Period
from mekhala.core.wrong_input import WrongInput

ARTICLE = {
    "article": "1",
    "title": "An offence",
    "source": "invented",
    "verified": False,
    "elements": {"act": {"label": "act", "asks": "act.receipt"}},
    "penalty": [1, 2],
}


def statute(**article):
    return {
        "statute": "XX-LAW-2000",
        "title": "An invented law",
        "in_force": {"from": date(2000, 1, 1)},
        "source": "invented",
        "verified": False,
        "articles": [{**ARTICLE, **article}],
    }


def test_keeps_the_articles_on_trafficking_and_on_procuring():
    kept = [p.article for p in statutes()["KH-LSHTSE-2008"].provisions]
    assert set(kept) >= {"9", "10", "11", "12", "14", "15", "16", "17", "18", "19", "20", "26"}
    assert [e.name for e in palermo().elements] == ["act", "means", "purpose"]


def test_no_text_is_called_verified_before_a_lawyer_checked_it():
    assert not any(p.verified for p in (*provisions(), palermo()))
    assert all(p.source for p in provisions())


def test_the_law_of_2008_follows_the_law_of_1996_without_a_gap():
    old, new = statutes()["KH-KTE-1996"].in_force, statutes()["KH-LSHTSE-2008"].in_force
    assert (new.first - old.last).days == 1
    assert not old.meets(new)


def test_finds_the_versions_of_an_article():
    assert [p.citation for p in versions_of("KH-KTE-1996", "3")] == ["KH-KTE-1996 Art. 3"]
    assert versions_of("KH-KTE-1996", "99") == ()
    assert versions_of("KH-PC-2009", "298") == ()
    with pytest.raises(WrongInput, match="KH-LSHTSE-2008"):
        versions_of("KH-LSHTS-2008", "10")


@pytest.mark.parametrize("country", ["ZZ", "../kh", "international"])
def test_refuses_a_country_without_statutes(country):
    with pytest.raises(WrongInput, match="no statutes are kept; expected KH"):
        statutes(country)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"article": 1}, ["article 1", "quotes"]),
        ({"tittle": "x"}, ["article 1", "tittle"]),
        ({"title": " "}, ["article 1", "title"]),
        ({"verified": "no"}, ["article 1", "verified"]),
        ({"penalty": [2, 1]}, ["article 1", "penalty"]),
        ({"penalty": [1]}, ["article 1", "penalty"]),
        ({"penalty": "life"}, ["article 1", "penalty"]),
        ({"aggravated": [3, 4]}, ["article 1", "aggravations"]),
        ({"elements": {}}, ["article 1", "at least one element"]),
        ({"elements": []}, ["article 1", "elements"]),
        ({"elements": {"act": "act.receipt"}}, ["element 'act'", "keys"]),
        ({"in_force": {"from": "2000"}}, ["article 1", "dates"]),
        ({"in_force": {"from": date(2001, 1, 1), "to": date(2000, 1, 1)}}, ["'from'", "'to'"]),
        ({"defines": {"removal": {"use": "sale"}}}, ["definition 'removal'", "sale"]),
    ],
)
def test_names_file_article_and_mistake(change, words):
    with pytest.raises(WrongInput) as refusal:
        statute_from(statute(**change), file="xx.yaml")
    assert all(word in str(refusal.value) for word in ["xx.yaml", *words])


@pytest.mark.parametrize(
    ("asks", "words"),
    [
        ("act.recept", "act.receipt"),
        ("person.old", "person.minor"),
        ({"all": []}, "at least one"),
        ({"none": ["act.receipt"]}, "one word or sentence"),
        ({"not": "act.receipt"}, "no form of expression"),
        ({"needs_more": "adoption"}, "purpose.adoption"),
        ({"any": ["act.receipt"], "all": ["act.receipt"]}, "expected a fact code"),
        (None, "expected a fact code"),
    ],
)
def test_names_the_element_whose_expression_is_mistaken(asks, words):
    elements = {"act": {"label": "act", "asks": asks}}
    with pytest.raises(WrongInput, match="article 1: element 'act'") as refusal:
        statute_from(statute(elements=elements), file="xx.yaml")
    assert words in str(refusal.value)


def test_refuses_an_article_that_says_nothing():
    row = statute()
    del row["articles"][0]["elements"]
    with pytest.raises(WrongInput, match="'elements' or 'defines'"):
        statute_from(row, file="xx.yaml")


def test_refuses_a_statute_without_articles():
    with pytest.raises(WrongInput, match="list of articles"):
        statute_from({**statute(), "articles": []}, file="xx.yaml")


def test_two_versions_may_follow_each_other_and_not_overlap():
    first = {**ARTICLE, "in_force": {"from": date(2000, 1, 1), "to": date(2004, 12, 31)}}
    second = {**ARTICLE, "in_force": {"from": date(2005, 1, 1)}}
    read = statute_from({**statute(), "articles": [first, second]}, file="xx.yaml")
    assert len(read.provisions) == 2
    with pytest.raises(WrongInput, match="two versions on the same day"):
        statute_from({**statute(), "articles": [first, ARTICLE]}, file="xx.yaml")


def test_reads_a_file_and_refuses_one_that_is_not_yaml(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(yaml.safe_dump(statute()), encoding="utf-8")
    bad.write_text("a: [", encoding="utf-8")
    assert read_statute(good).code == "XX-LAW-2000"
    with pytest.raises(WrongInput, match=r"bad\.yaml: line 2: is not YAML"):
        read_statute(bad)


def test_an_open_end_holds_and_meets_everything_after():
    since = Period(first=date(2000, 1, 1), last=None)
    always = Period(first=None, last=None)
    assert since.meets(always)
    assert always.holds(since)
    assert not since.holds(always)
