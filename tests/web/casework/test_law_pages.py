"""The law that is kept, read on pages: each article, its source, whether it is verified."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.law.shelf import shelf
from tests.builders import officer

EVERY = [(code, each) for code, statute in shelf().items() for each in statute.articles]


@pytest.fixture
def reader(db, client):
    client.force_login(officer(Role.AUTHORITY))
    return client


def test_every_statute_stands_in_the_index_and_leads_to_its_articles(
    reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = reader.get("/law/").text
    for code, statute in shelf().items():
        assert statute.title in page
        listed = reader.get(f"/law/{code}/").text
        assert not [a for a in statute.articles if f"/law/{code}/{a.article}/" not in listed]


def test_every_article_can_be_read_and_none_unverified_is_shown_as_checked(reader):
    for code, article in EVERY:
        page = reader.get(f"/law/{code}/{article.article}/")
        assert page.status_code == 200, article.citation
        assert "None" not in re.sub(r"<[^>]+>|None; the meeting", "", page.text), article.citation
        shown = "Text not verified" in page.text
        assert shown or article.verification.verified, article.citation


def test_an_offence_is_read_as_a_tree_with_its_penalty(reader):
    page = reader.get("/law/KH-LSHTSE-2008/10/").text
    assert 'href="/law/KH-LSHTSE-2008/8/"' in page  # unlawful removal is defined there
    assert "At least one of these:" in page
    for words in ("7 to 15 years", "If the victim was a minor", "15 to 20 years", "Who tries is"):
        assert words in page, words


def test_a_definition_is_told_whole_where_it_stands(reader):
    page = reader.get("/law/KH-LSHTSE-2008/8/").text
    assert "as Article 8 defines it" not in page
    assert "All of these:" in page


def test_later_law_and_the_law_before_it_lead_to_each_other(reader):
    pairs = [
        (article, later) for _code, article in EVERY for later in article.displaced_by
        if any(a.citation == later.citation for _c, a in EVERY)
    ]  # fmt: skip
    assert pairs
    for article, later in pairs:
        there = f"/law/{later.statute}/{later.article}/"
        here = f"/law/{article.statute}/{article.article}/"
        assert f'href="{there}"' in reader.get(here).text
        assert f'href="{here}"' in reader.get(there).text


def test_both_versions_of_an_article_stand_on_its_page_the_newest_first(reader):
    page = reader.get("/law/TH-ATP-2008/6/").text
    found = re.findall(r"<h2>The text in force\s+from ([^<]+?)</h2>", page)
    assert len(found) == 2
    assert "2017" in found[0]


def test_neighbours_lead_through_a_statute_from_one_end_to_the_other(reader):
    number, seen = "1", []
    while number:
        seen.append(number)
        page = reader.get(f"/law/KH-LSHTSE-2008/{number}/").text
        follows = re.search(r'rel="next" href="/law/KH-LSHTSE-2008/([\w-]+)/"', page)
        number = follows and follows[1]
    assert seen == [str(n) for n in range(1, 53)]


def test_what_nobody_verified_is_listed_fifty_at_a_time(reader):
    waits = [article for _code, article in EVERY if not article.verification.verified]
    first = reader.get("/law/?verified=no").text
    assert f"{len(waits)} texts wait" in first
    assert first.count("Text not verified") == 50
    assert reader.get("/law/?verified=no&page=2").text.count("Text not verified") == min(
        50, len(waits) - 50
    )


@pytest.mark.parametrize(
    "address", ["/law/KH-NONE/", "/law/KH-LSHTSE-2008/999/", "/law/KH-NONE/1/"]
)
def test_what_is_not_kept_is_not_there(reader, address):
    assert reader.get(address).status_code == 404


def test_limits_of_time_stand_with_their_statute(reader):
    page = reader.get("/law/KH-CPC-2007/").text
    assert "Police custody" in page
    assert "48 hours" in page


@pytest.mark.parametrize("address", ["/law/KH-LSHTSE-2008/12/", "/law/KH-LSHTSE-2008/"])
def test_in_another_language_a_page_of_law_says_that_notes_and_sources_are_in_english(
    reader, address
):
    words = "Notes and sources on this page are kept in English only."
    assert words not in reader.get(address).text
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "km"
    page = reader.get(address).text
    with translation.override("km"):
        assert gettext(words) in page
