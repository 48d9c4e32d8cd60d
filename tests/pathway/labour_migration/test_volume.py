"""How many went where, and what complaints say: with denominators, and nobody in the tables."""

from datetime import date

import pytest
from django.utils import timezone

from mekhala.core.estimation.rates import FEWEST
from mekhala.pathway.labour_migration import services, volume
from mekhala.pathway.labour_migration.volume import HalfYear
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer
from tests.builders_leaving import labour_officers, recruiter

TODAY = timezone.localdate(NOW)
SPAN = {"since": date(2025, 1, 1), "until": TODAY}


@pytest.fixture
def inspector(db, acting):
    first, _second = labour_officers()
    acting(first)
    return first


def placed(one, by, *rows):
    for country, month, people in rows:
        services.record_placement(one, "Households (invented)", country, month=month,
                                  people=people, by=by, at=NOW)  # fmt: skip


def complained(one, by, *kinds):
    services.record_incident(
        one, list(kinds), source="complaint", country="MYS", on=TODAY, by=by, at=NOW
    )


def test_people_are_counted_by_country_and_half_year_with_their_share(inspector):
    one = recruiter(inspector, NOW)
    placed(one, inspector, ("MYS", date(2025, 6, 1), 100), ("MYS", date(2025, 7, 1), 50),
           ("THA", date(2025, 12, 1), 50), ("THA", date(2024, 12, 1), 999))  # fmt: skip
    halves, rows = volume.by_country(**SPAN)
    first, second = HalfYear(year=2025, half=1), HalfYear(year=2025, half=2)
    assert halves == [first, second]
    assert [(r.country, r.people, r.share) for r in rows] == [
        ("MYS", 150, 0.75), ("THA", 50, 0.25),
    ]  # fmt: skip
    assert rows[0].by_half == {first: 100, second: 50}
    assert rows[1].by_half == {first: 0, second: 50}


def test_what_complaints_say_stands_over_all_placements_with_an_interval(inspector):
    one = recruiter(inspector, NOW)
    placed(one, inspector, ("MYS", date(2025, 6, 1), 1000))
    complained(one, inspector, "fee", "pay")
    complained(one, inspector, "fee")
    told = {kind.value: found for kind, found in volume.by_kind(**SPAN)}
    assert (told["fee"].events, told["fee"].size, told["fee"].rate) == (2, 1000, 2)
    assert told["fee"].low < 2 < told["fee"].high
    assert (told["pay"].rate, told["hours"].rate) == (1, 0)
    assert told["hours"].high > 0  # nobody complained is not nobody had to


def test_below_the_fewest_placements_no_rate_is_told(inspector):
    one = recruiter(inspector, NOW)
    placed(one, inspector, ("MYS", date(2025, 6, 1), FEWEST - 1))
    complained(one, inspector, "fee")
    assert all(found.rate is None for _kind, found in volume.by_kind(**SPAN))


def test_the_page_tells_it_and_says_where_nothing_was_counted(inspector, client):
    client.force_login(inspector)
    assert b"No placement has been counted yet." in client.get("/recruitment/volume/").content
    placed(recruiter(inspector, NOW), inspector, ("MYS", date(2026, 2, 1), 300))
    client.force_login(officer(at=agency(AgencyKind.EMBASSY)))
    page = client.get("/recruitment/volume/").content.decode()
    assert "Malaysia" in page
    assert "300" in page
