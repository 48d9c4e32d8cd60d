"""The element matrix: elements down, tellings across, what would settle it; never a number."""

import re
from datetime import date

import pytest

from tests.builders_casework import MADE_OUT
from tests.builders_file import OF_A_PAGE, asked, changed_statement, much, opened, spoken


@pytest.fixture
def shown(client):
    """Return a function that gives the matrix of a file as its officer sees it."""

    def page(file, reader, query=""):
        client.force_login(reader)
        answer = client.get(f"/cases/{file.case_id}/matrix/{query}")
        return answer.content.decode().split("<main")[1] if answer.status_code == 200 else ""

    return page


def _rows(page):
    """Return the text of each row, without marks."""
    table = page.split("<table")[1].split("</table>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr.*?</tr>", table, re.S)
    ]


def test_the_oldest_telling_stands_first_and_one_without_a_day_last(db, shown):
    file, reader = opened()
    spoken(file, reader, {"means.force": True}, kind="witness")
    spoken(file, reader, {"means.force": True}, kind="document", said_on=date(2026, 3, 9))
    spoken(file, reader, {"means.force": True}, kind="family", said_on=date(2026, 3, 4))
    head = _rows(shown(file, reader))[0]
    order = [head.index(w) for w in ("family", "document", "Another person", "Made out?")]
    assert order == sorted(order)


def test_silent_is_not_the_same_as_not_asked(db, shown):
    file, reader = opened()
    spoken(file, reader, {"means.force": True})
    spoken(file, reader, {"act.recruitment": None}, kind="witness")
    _head, act, *rest = _rows(shown(file, reader))
    means = next(row for row in rest if row.startswith("Means"))
    purpose = next(row for row in rest if row.startswith("Purpose"))
    assert "Silent" in act
    assert "Not known" in act
    assert "Silent" in means
    assert "Not asked" not in act + means
    assert purpose.count("Not asked") == 2


def test_sources_that_differ_stand_side_by_side_and_outvote_nobody(db, shown):
    file, reader = opened(MADE_OUT)
    for _ in range(3):
        spoken(file, reader, {"means.deception": False}, kind="witness")
    means = next(row for row in _rows(shown(file, reader)) if row.startswith("Means"))
    assert means.count("Against") == 3
    assert "For" in means
    assert means.endswith("Sources differ")
    assert "sources differ on this: Deceived the person." in shown(file, reader)


def test_no_total_no_share_and_no_score_is_shown(db, shown):
    file, reader = opened(MADE_OUT)
    spoken(file, reader, {"means.deception": False}, kind="witness")
    page = shown(file, reader)
    assert "%" not in page
    assert not re.search(r"\b\d+ (of|out of|for|against|sources|facts)\b", page)


def test_a_cell_quotes_shortly_and_leads_to_the_fact(db, shown):
    file, reader = opened()
    spoken(file, reader, {"means.force": True}, words="He kept my passport. " * 20)
    page = shown(file, reader)
    assert "He kept my passport. He kept my passport." in page
    assert page.count("He kept my passport.") < 20
    assert re.search(rf'href="/cases/{file.case_id}/facts/#finding-\d+"', page)


def test_khmer_is_cut_between_signs_that_are_read_as_one():
    from mekhala.web.casework.determination.matrix import QUOTED, shortened

    for ahead in range(5):
        words = "a" * (QUOTED - 4 + ahead) + "ស្ត្រី" * 30
        cut = shortened(words).removesuffix(" …")
        assert words.startswith(cut)
        assert not cut.endswith("្")
        assert words[len(cut)] == "ស"


def test_a_changed_telling_is_marked_and_what_happened_is_told(db, shown):
    file, reader = opened()
    changed_statement(file, reader)
    page = shown(file, reader)
    assert "After: The person herself or himself, 4 March 2026" in page
    assert "Said otherwise earlier: Against" in page
    assert "Four days in a safe house." in page


def test_what_would_settle_an_element_is_named_with_a_way_to_ask(db, shown):
    file, reader = opened({"act.recruitment": True})
    page = shown(file, reader)
    rows = _rows(page)
    assert sum("What would settle it: an answer on this:" in row for row in rows) == 2
    assert f'href="/cases/{file.case_id}/facts/ask/?code=means.force"' in page
    assert "?code=act." not in page


def test_what_is_asked_for_is_said_to_wait_and_not_asked_again(db, shown):
    file, reader = opened({"act.recruitment": True})
    asked(file, reader, code="means.force")
    page = shown(file, reader)
    assert "?code=means.force" not in page
    assert "Waiting" in page


def test_for_a_child_no_means_is_needed_and_none_is_asked_for(db, shown):
    file, reader = opened({"act.recruitment": True}, age=15)
    page = shown(file, reader)
    assert "Not needed for a child" in page
    assert "?code=means." not in page


def test_another_article_lays_the_same_tellings_against_its_own_elements(db, shown):
    file, reader = opened(MADE_OUT)
    page = shown(file, reader)
    keys = re.findall(r'<option value="([^"]+)"', page.split('name="article"')[1])
    domestic = next(key for key in keys if key.startswith("KH-LSHTSE-2008:"))
    other = shown(file, reader, f"?article={domestic}")
    assert f'<option value="{domestic}" selected' in other
    assert _rows(other)[1:] != _rows(page)[1:]
    assert "The screening" in _rows(other)[0]


def test_every_article_that_may_govern_can_be_shown(db, shown):
    file, reader = opened(MADE_OUT)
    page = shown(file, reader)
    for key in re.findall(r'<option value="([^"]+:[^"]+)"', page):
        assert len(_rows(shown(file, reader, f"?article={key}"))) > 1, key


def test_an_article_nobody_keeps_is_not_there(db, shown):
    file, reader = opened(MADE_OUT)
    assert shown(file, reader, "?article=KH-NONE:1") == ""


def test_a_file_with_no_telling_and_one_with_nothing_known_can_be_read(db, shown):
    file, reader = opened()
    assert "Nobody has been heard yet" in shown(file, reader)
    spoken(file, reader, dict.fromkeys(MADE_OUT))
    rows = _rows(shown(file, reader))
    assert sum("Not known yet" in row for row in rows) == 3
    assert not any("Not made out" in row for row in rows)


def test_narrowing_leaves_out_tellings_but_weighs_all(db, shown):
    file, reader = opened(MADE_OUT)
    spoken(file, reader, {"means.deception": False}, kind="witness")
    page = shown(file, reader, "?kind=screening")
    head, *rows = _rows(page)
    assert "Another person" not in head
    assert next(r for r in rows if r.startswith("Means")).endswith("Sources differ")
    assert "Some tellings are left out here" in page


def test_the_table_has_heads_and_stands_in_a_region_with_a_name(db, shown):
    file, reader = opened(MADE_OUT)
    page = shown(file, reader)
    assert 'role="region" aria-label="What the sources say about each element" tabindex="0"' in page
    assert page.count('<th scope="row"') == 3
    assert "<caption" in page


def test_thirty_facts_of_twelve_tellings_need_few_queries(
    db, client, django_assert_max_num_queries
):
    file, reader = opened()
    much(file, reader)
    client.force_login(reader)
    with django_assert_max_num_queries(OF_A_PAGE):
        page = client.get(f"/cases/{file.case_id}/matrix/").content.decode()
    assert "co-worker 11" in page
