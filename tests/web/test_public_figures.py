"""The public figures: no cookies, one script (the way out), nothing small, no formulas in files."""

import csv
import io
import re
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from mekhala.population.publication import queries, services
from mekhala.web import figures
from tests.builders import NOW
from tests.builders_population import register, statistician

PUBLIC = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
SLUG = "recognised-victims-2025"


@pytest.fixture
def public(client, db):
    """Return a client of the public door's addresses and middleware."""
    engine = dict(django_settings.TEMPLATES[0])
    engine["OPTIONS"] = {
        "context_processors": [
            "django.template.context_processors.request",
            "django.template.context_processors.csp",
            "mekhala.web.public.page.page",
        ]
    }
    with override_settings(
        ROOT_URLCONF="mekhala.web.public.urls", MIDDLEWARE=PUBLIC, TEMPLATES=[engine]
    ):
        yield client


@pytest.fixture
def table(db):
    by, on = statistician(), date(2026, 6, 30)
    register(people=300)
    return services.release(services.build_table(2025, by=by, on=on), by=by, at=NOW, on=on)


def test_before_the_first_release_the_page_says_so(public):
    assert "No table has been released yet" in public.get("/figures/").text


def test_the_list_leads_to_the_table(public, table):
    page = public.get("/figures/").text
    assert f'href="/figures/{SLUG}/"' in page
    assert "People recognised as victims of trafficking, 2025" in page


def test_the_table_says_what_is_counted_for_when_and_what_is_hidden(public, table):
    page = public.get(f"/figures/{SLUG}/").text
    for words in ("What is counted", "Period: 2025", "Released 30 June 2026", "Phnom Penh",
                  "Forced labour or services", "Women and girls",
                  "Hidden for privacy"):  # fmt: skip
        assert words in page
    assert page.count('role="img"') == 4
    assert page.count("<table") == 6


@pytest.mark.parametrize("address", ["/figures/", f"/figures/{SLUG}/", f"/figures/{SLUG}.csv"])
def test_nothing_is_set_and_nothing_runs(public, table, address):
    answer = public.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    scripts = re.findall(rb'<script type="module" src="[^"]+"', answer.content)
    assert all(b"/public." in one for one in scripts)  # the way out, and nothing else
    assert answer.content.count(b"<script") == len(scripts) <= 1
    assert not re.search(rb"\son\w+=|style=", answer.content)


def test_asked_in_khmer_provinces_have_their_khmer_names(public, table):
    answer = public.get(f"/figures/{SLUG}/?lang=km")
    assert answer.headers["Content-Language"] == "km"
    assert "ភ្នំពេញ" in answer.text
    assert f"/figures/{SLUG}.csv?lang=km" in answer.text


@pytest.mark.parametrize("address", ["/figures/none/", "/figures/none.csv"])
def test_what_was_not_released_is_not_there(public, address):
    answer = public.get(address)
    assert answer.status_code == 404
    assert "Nothing to show" in answer.text
    assert answer.text.count("<script") == 1


def test_the_public_door_only_reads(public, table):
    assert public.post(f"/figures/{SLUG}/").status_code in (403, 405)


def test_the_file_holds_every_cell_and_says_what_is_hidden(public, table):
    answer = public.get(f"/figures/{SLUG}.csv")
    assert f"{SLUG}.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(table.cells)
    assert rows[0]["people"] == "300"
    for row in rows:
        assert (row["people"] == "") == (row["note"] == "Hidden for privacy")
        assert row["people"] == "" or int(row["people"]) == 0 or int(row["people"]) >= 10
    assert "12-17" not in answer.text


def test_the_file_with_notes_says_what_is_counted(public, table):
    answer = public.get(f"/figures/{SLUG}-with-notes.csv").text
    assert "What is counted" in answer
    assert "linear programming" in answer


def test_rows_and_columns_of_a_table_by_two_dimensions_add_no_cell(public, table):
    two = [part for part in figures.parts_of(table) if part.chart is None]
    rows = queries.margins_of(table)[("sex", "age_band")]
    assert sum(len(row) - 1 for row in two[0].rows) == len(rows)


def test_a_count_carries_method_n_interval_origin_and_its_last_review(public, table):
    page = public.get(f"/figures/{SLUG}/").text
    notes = public.get(f"/figures/{SLUG}-with-notes.csv").text
    for name, told in figures.how_it_came(table):
        assert name in page
        assert told in page
        assert told in notes or f'"{told}"' in notes
    assert len(figures.how_it_came(table)) == 5
