"""The statutes that are kept, and the check that keeps a mistaken file out."""

import copy
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

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


CLOCK = {
    "name": "Custody",
    "article": "1",
    "applies_to": "somebody held",
    "limit": {"hours": 48},
    "runs_from": "arrival",
    "source": "invented",
    "verified": False,
}
WRITTEN = """# An invented law.
statute: XX-LAW-2000
title: An invented law
in_force: {from: 2000-01-01}
source: invented
verified: false
articles:
- article: "1"
  title: An offence
  source: invented
  verified: false
  elements:
    act: {label: act, asks: act.receipt}
  penalty: [1, 2]
"""


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
        ({"penalty": ["2 years", "1 fortnight"]}, ["article 1", "1 month"]),
        ({"penalty": {"imprisonment": ["1 month", "6 days"]}}, ["article 1", "least"]),
        ({"penalty": {"imprisonment": [1, 2], "fine_riel": [5]}}, ["article 1", "whole riel"]),
        ({"penalty": {"imprisonment": [1, 2], "fine": [5, 6]}}, ["article 1", "'fine'"]),
        ({"penalty": {"fine_riel": [5, 6]}}, ["article 1", "penalty"]),
        ({"kind": "crime"}, ["article 1", "'crime'", "offence", "procedure"]),
        ({"kind": "general"}, ["article 1", "'elements' belongs to an offence"]),
        ({"verified": True}, ["article 1", "verified_by"]),
        ({"verified": True, "verified_by": "Bar 12"}, ["article 1", "verified_on"]),
        ({"verified_by": "Bar 12"}, ["article 1", "'verified_by'", "false"]),
        ({"verified": True, "verified_by": " ", "verified_on": date(2026, 1, 1)}, ["verified_by"]),
        ({"verified": True, "verified_by": "B", "verified_on": "May"}, ["verified_on", "dates"]),
        ({"displaced_by": {}}, ["article 1", "list"]),
        ({"displaced_by": [{"how": "better"}]}, ["displaced_by", "'better'", "identical"]),
        ({"displaced_by": [{"how": "identical"}]}, ["displaced_by", "'from'"]),
        ({"displaced_by": [{"how": "identical", "since": 1}]}, ["displaced_by", "'since'"]),
        ({"aggravations": {"minor": {"label": "x", "asks": "person.minor"}}}, ["'aggravated'"]),
        ({"in_force": {"from": date(2001, 1, 1), "throughout": date(2001, 1, 1)}}, ["throughout"]),
        ({"note": 3}, ["article 1", "note"]),
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


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"clocks": [{"name": "Custody", "article": "1", "applies_to": "x"}]}, ["clocks", "limit"]),
        ({"clocks": [{**CLOCK, "limit": {"hours": 0}}]}, ["clocks", "whole number of hours"]),
        ({"clocks": [{**CLOCK, "limit": {"years": 1}}]}, ["clocks", "whole number of hours"]),
        ({"clocks": [{**CLOCK, "until": "x"}]}, ["clocks", "'until'"]),
        ({"general_rules": {"helper": {}}}, ["'helper'", "accomplice"]),
        ({"general_rules": {"attempt": {"punished_as": "half"}}}, ["'attempt'", "principal"]),
    ],
)
def test_names_what_is_mistaken_beside_the_articles(change, words):
    with pytest.raises(WrongInput) as refusal:
        statute_from({**statute(), **change}, file="xx.yaml")
    assert all(word in str(refusal.value) for word in ["xx.yaml", *words])


@pytest.mark.parametrize(
    ("line", "instead", "refused"),
    [
        (9, "  title: ''", "line 9: article 1: expected words"),
        (9, "  tittle: x", "line 9: article 1: 'tittle' is no key"),
        (9, "  title: x\n  title: y", "line 10: 'title' stands twice"),
        (11, "  verified: perhaps", "line 11: article 1: expected true or false"),
        (13, "    act: {label: act, asks: act.recept}", "line 13: article 1: element 'act'"),
        (14, "  penalty: [3, 2]", "line 14: article 1: expected the least"),
        (14, "  penalty: [3, 2", "line 15: is not YAML"),
        (14, "  penalty: [.nan, .inf]", "line 14: article 1: expected [least, most]"),
        (4, "in_force: {from: 2000-02-30}", "line 4: is not YAML: '2000-02-30' is no date"),
        (13, "    act: {label: act, asks: &x {all: [*x]}}", "is nested too deeply, or in itself"),
    ],
)
def test_names_the_line_of_a_mistake(tmp_path, line, instead, refused):
    lines = WRITTEN.splitlines()
    lines[line - 1] = instead
    path = tmp_path / "xx.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(WrongInput) as refusal:
        read_statute(path)

    assert str(refusal.value).startswith(f"xx.yaml: {refused}")
    assert "\n" not in str(refusal.value)


JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates()
    ),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(st.text(max_size=5), inside, max_size=3)
    ),
    max_leaves=5,
)


def places(node, path=()):
    """Every place in a written statute where something else could stand."""
    yield path
    if isinstance(node, dict | list):
        inside = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in inside:
            yield from places(value, (*path, key))


@given(st.data(), JUNK)
def test_whatever_stands_somewhere_is_read_or_refused_in_one_sentence(data, junk):
    written = whole()
    *way, last = data.draw(st.sampled_from([p for p in places(written) if p]))
    node = written
    for key in way:
        node = node[key]
    node[last] = junk
    said = "xx.yaml: read"
    try:
        statute_from(written, file="xx.yaml")
    except WrongInput as refusal:
        said = str(refusal)
    assert said.startswith("xx.yaml: ")
    assert "\n" not in said


def whole():
    """A statute that uses every key a file may have."""
    article = {
        "defines": {"taking": {"any": ["act.receipt", {"needs_more": "act.removal"}]}},
        "elements": {"act": {"label": "act", "asks": {"use": "taking"}}},
        "penalty": {"imprisonment": ["1 day", 2], "fine_riel": [5, 6]},
        "aggravated": "unknown",
        "aggravations": {"minor": {"label": "x", "asks": "person.minor", "penalty": [2, 3]}},
        "in_force": {"from": date(2000, 1, 1), "throughout": date(2000, 2, 1)},
        "displaced_by": [
            {
                "statute": "XX-CODE-2010",
                "article": "9",
                "how": "identical",
                "from": date(2010, 6, 1),
                "source": "invented",
            }
        ],
        "note": "x",
    }
    rule = {"article": "1", "punished_as": "principal", "applies_to": ["1"], "source": "x"}
    rules = {"attempt": {**rule, "verified": False}}
    row = {**statute(**article), "country": "XX", "clocks": [CLOCK], "general_rules": rules}
    return copy.deepcopy(row)


def test_the_file_whose_lines_are_broken_above_is_whole(tmp_path):
    path = tmp_path / "xx.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    assert [p.citation for p in read_statute(path).provisions] == ["XX-LAW-2000 Art. 1"]


def test_refuses_a_file_that_is_not_there_or_not_utf_8(tmp_path):
    with pytest.raises(WrongInput, match=r"none\.yaml: No such file"):
        read_statute(tmp_path / "none.yaml")
    (tmp_path / "old.yaml").write_bytes(b"title: caf\xe9")
    with pytest.raises(WrongInput, match=r"old\.yaml: is not UTF-8"):
        read_statute(tmp_path / "old.yaml")


def test_keeps_who_verified_a_text_and_when():
    checked = {"verified": True, "verified_by": "Bar 12", "verified_on": date(2026, 5, 4)}
    [article] = statute_from(statute(**checked), file="xx.yaml").articles
    assert (article.verification.by, article.verification.on) == ("Bar 12", date(2026, 5, 4))
    assert article.provision.verified


def test_reads_days_months_and_a_fine():
    written = {"imprisonment": ["6 days", "1 month"], "fine_riel": [3000, 10000]}
    penalty = statute_from(statute(penalty=written), file="xx.yaml").provisions[0].penalty
    assert penalty.min_years == pytest.approx(6 / 365, abs=1e-4)
    assert penalty.max_years == pytest.approx(1 / 12, abs=1e-4)
    assert penalty.in_words == "6 days to 1 month, and a fine of 3,000 to 10,000 riel"


def test_an_outline_says_why_the_facts_cannot_tell_it():
    row = statute(kind="outline", because="No fact says it.")
    del row["articles"][0]["elements"]
    [article] = statute_from(row, file="xx.yaml").articles
    assert (article.because, article.provision) == ("No fact says it.", None)
    del row["articles"][0]["because"]
    with pytest.raises(WrongInput, match=r"article 1: expected words .* under 'because'"):
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
