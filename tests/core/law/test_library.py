"""What holds for every text that is kept, of every country."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.law import library
from mekhala.core.law.expression import PersonPredicate
from mekhala.core.law.statute import How, Kind
from mekhala.core.reasoning.conduct import Conduct
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.offences import weigh_offence
from mekhala.core.vocabulary.facts import facts

TEXTS = [s for country in library.countries() for s in library.statutes(country).values()]
ARTICLES = [a for s in (*TEXTS, *library.treaties().values()) for a in s.articles]
PROVISIONS = [a.provision for a in ARTICLES if a.provision]
CHILD = {
    PersonPredicate.MINOR: True,
    PersonPredicate.ADULT: False,
    PersonPredicate.UNDER_15: True,
}
ADULT = {predicate: predicate is PersonPredicate.ADULT for predicate in PersonPredicate}


def finding(provision, found, person):
    """What the provision comes to where ``found`` is yes and every other fact no."""
    answered = {code: code in found for code in facts()}
    conduct = Conduct(span=provision.in_force)
    return weigh_offence(provision, Findings(facts=answered, person=person), conduct).finding


def fewest(provision, codes, person):
    """The facts that are left when each that is not needed is answered no, in this order."""
    needed = set(codes)
    for code in codes:
        if finding(provision, needed - {code}, person) == "met":
            needed.discard(code)
    return needed


@given(st.sampled_from(PROVISIONS), st.permutations(sorted(facts())))
def test_some_facts_make_out_every_provision_and_one_no_breaks_it(provision, codes):
    person = CHILD if finding(provision, set(codes), CHILD) == "met" else ADULT
    needed = fewest(provision, codes, person)

    assert needed
    assert finding(provision, needed, person) == "met", provision.citation
    broken = {finding(provision, needed - {code}, person) for code in needed}
    assert "met" not in broken
    assert "not_met" in broken, provision.citation


def test_the_law_of_2008_is_kept_whole_and_in_order():
    kept = library.statutes()["KH-LSHTSE-2008"].articles
    assert [a.article for a in kept] == [str(number) for number in range(1, 53)]


@pytest.mark.parametrize(
    "article", ["3", "27", "36", "77", "97", "137", "253", "298", "332", "594"]
)
def test_the_penal_code_is_kept_where_it_bears_on_trafficking(article):
    assert library.articles_of("KH-PC-2009", article)


def test_no_text_is_called_verified_before_a_lawyer_checked_it():
    assert not any(a.verification.verified for a in ARTICLES)
    assert all(a.source and a.title for a in ARTICLES)


def test_no_article_is_in_force_outside_its_law():
    for statute in TEXTS:
        for article in statute.articles:
            assert statute.in_force.holds(article.in_force) or (
                article.in_force == statute.in_force
            ), article.citation


def test_what_displaces_an_article_is_kept_and_in_force_from_the_day_named():
    later = [(a, d) for a in ARTICLES for d in a.displaced_by]
    assert later
    for article, displaced in later:
        found = library.articles_of(displaced.statute, displaced.article)
        assert [f.in_force.first for f in found] == [displaced.in_force.first], article.citation
        assert article.statute != displaced.statute


def test_the_wider_soliciting_of_the_code_stands_beside_that_of_2008():
    [article] = library.articles_of("KH-LSHTSE-2008", "24")
    assert [(d.citation, d.how) for d in article.displaced_by] == [
        ("KH-PC-2009 Art. 298", How.COMPLEMENTARY)
    ]


def test_soliciting_is_nowhere_an_offence_the_facts_make_out():
    assert not [p for p in PROVISIONS if "olicit" in p.title]
    assert len([a for a in ARTICLES if "olicit" in a.title and a.kind is Kind.OUTLINE]) == 2


def test_tells_the_clocks_of_procedure():
    clocks = {clock.article: clock for clock in library.clocks()}
    assert str(clocks["96"].limit) == "48 hours"
    assert str(clocks["208"].limit) == "18 months"
    assert str(clocks["382"].limit) == "1 month"
    assert all(c.runs_from and c.applies_to and c.source for c in clocks.values())
    assert library.clocks("TH") == ()


def test_a_clock_belongs_to_an_article_that_is_kept():
    assert all(library.articles_of(c.statute, c.article) for c in library.clocks())


def test_finds_the_law_of_a_second_country_in_a_second_folder():
    assert library.countries() == ("KH", "TH")
    assert [p.citation for p in library.provisions("TH")] == ["TH-ATP-2008 Art. 6"]


def test_the_whole_library_is_read_in_a_moment():
    for cached in (library.statutes, library.treaties):
        cached.cache_clear()
    began = time.process_time()
    for country in library.countries():
        library.statutes(country)
    library.treaties()
    assert time.process_time() - began < 0.5
