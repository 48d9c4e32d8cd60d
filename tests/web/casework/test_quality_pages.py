"""Decision quality on the page, as a file and through the API: totals, and never a case."""

import csv
import io

import pytest
from django.utils import timezone

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_casework import authority
from tests.builders_quality import negative, positive

YEAR, MARCH = "/quality/2026/", "/quality/2026-03/"


@pytest.fixture
def decided(db):
    """Return the readers of twelve decisions of one police post and three of another."""
    readers = authority(3)
    large, small = (
        officer(at=agency(AgencyKind.POLICE, name=name)) for name in ("=Border post", "Harbour")
    )
    cases = [(positive if n < 9 else negative)(readers, large) for n in range(12)]
    cases += [positive(readers, small) for _ in range(3)]
    return readers, [made.case_id for made in cases]


def _rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", ["/quality/", YEAR, MARCH])
def test_a_page_holds_totals_and_no_case_with_few_queries(
    decided, client, django_assert_max_num_queries, address
):
    readers, numbers = decided
    client.force_login(readers[0])
    with django_assert_max_num_queries(12):
        page = client.get(address)
    assert page.status_code == 200
    assert "differ by chance" in page.text
    assert not [number for number in numbers if number in page.text]


def test_what_is_few_is_hidden_on_the_page_in_the_file_and_in_the_answer(decided, client):
    readers, _numbers = decided
    client.force_login(readers[0])
    page = client.get(YEAR).text
    assert page.index("=Border post") < page.index("Harbour")
    assert "2 rows are not shown" in page  # the small one, and the other it protects
    rows = [r for r in _rows(client.get("/quality/2026.csv")) if r["part"] == "referrer"]
    assert {r["value"] for r in rows} == {""}
    assert {r["note"] for r in rows} == {"Not shown"}
    told = client.get("/api/v1/quality?from=2026-01&to=2026-12").json()
    assert [(r["name"], r["decided"], r["low"]) for r in told["referrers"]] == [
        ("=Border post", None, None), ("Harbour", None, None)
    ]  # fmt: skip


def test_the_file_and_the_api_give_the_figures_of_the_page(decided, client):
    readers, _numbers = decided
    client.force_login(readers[0])
    rows = _rows(client.get("/quality/2026-03.csv"))
    found = {r["figure"]: r["value"] for r in rows if r["stage"] == "reasonable_grounds"}
    assert (found["decided"], found["positive"], found["negative"]) == ("15", "12", "3")
    stage = client.get("/api/v1/quality?from=2026-03&to=2026-03").json()["stages"][0]
    assert (stage["decided"], stage["told"]["positive"]) == (15, 12)
    assert str(stage["told"]["median_days"]) in client.get(MARCH).text


def test_a_name_in_the_file_is_no_formula(decided, client):
    readers, _numbers = decided
    client.force_login(readers[0])
    names = {row["name"] for row in _rows(client.get("/quality/2026.csv"))}
    assert "'=Border post" in names
    assert "=Border post" not in names


def test_a_share_stands_beside_its_interval_and_the_own_row_is_marked(decided, client):
    readers, _numbers = decided
    client.force_login(readers[0])
    page = client.get(YEAR).text
    assert f"{readers[0].shown_as} (you)" in page
    assert "80 %" in page  # 12 of 15
    assert "55 % to 93 %" in page


def test_a_statistician_is_told_no_reader(decided, client):
    readers, _numbers = decided
    client.force_login(officer(Role.STATISTICIAN))
    page = client.get(YEAR).text
    assert not [reader for reader in readers if reader.shown_as in page]
    assert client.get("/api/v1/quality?from=2026-01&to=2026-12").json()["readers"] is None


def test_a_month_has_no_rows_and_says_why(decided, client):
    client.force_login(decided[0][0])
    page = client.get(MARCH).text
    assert "Harbour" not in page
    assert "subtracted" in page


@pytest.mark.parametrize(
    "period", ["2026-13", "2026-00", "26", "1999", "9999-01", "all", "2026-3", "0000"]
)
def test_a_period_that_is_none_or_has_not_begun_is_not_there(db, client, period):
    client.force_login(authority(1)[0])
    assert client.get(f"/quality/{period}/").status_code == 404
    assert client.get(f"/quality/{period}.csv").status_code == 404


def test_months_to_come_are_not_offered(db, client):
    client.force_login(authority(1)[0])
    today = timezone.localdate()
    page = client.get("/quality/").text
    assert f"/quality/{today:%Y-%m}/" in page
    assert page.count(f'href="/quality/{today.year}-') == today.month


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026", "2026-01"), ("2026-02", "2026-01"), ("0000-01", "2026-01"), ("2026-01", "9999-12")],
)
def test_the_api_refuses_in_one_sentence_what_is_no_period(db, client, first, last):
    client.force_login(authority(1)[0])
    answer = client.get(f"/api/v1/quality?from={first}&to={last}")
    assert answer.status_code == 422
    assert "expected" in answer.json()["detail"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUTHORITY, Role.STATISTICIAN}))
def test_for_other_roles_it_is_not_there(db, client, role):
    client.force_login(officer(role))
    for address in ("/quality/", YEAR, "/quality/2026.csv"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/quality?from=2026-01&to=2026-12").status_code == 422


def test_nothing_decided_is_not_said_to_be_hidden(db, client):
    client.force_login(authority(1)[0])
    page = client.get(MARCH).text
    assert "None decided" in page
    assert "Not shown" not in page
    notes = {row["note"] for row in _rows(client.get("/quality/2026-03.csv"))}
    assert notes == {"", "None decided"}
