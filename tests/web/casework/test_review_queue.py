"""Who needs a lawyer's look: a grave warning first, the oldest first, and nobody is left out."""

from datetime import timedelta

import pytest

from mekhala.pathway.justice import models, services
from mekhala.web.casework.justice.fair_trial import queue
from tests.builders import officer
from tests.builders_justice import AT, COMPLAINT_ON, accused, court_officer

HOUR = timedelta(hours=1)


@pytest.fixture
def court(db):
    return court_officer()


def _complained_of(court, days):
    """Return an accused whose complaint came so many days after the first."""
    day = COMPLAINT_ON + timedelta(days=days)
    of = services.file_complaint(by=court, at=AT, complaint_on=day)
    return accused(court, of=of)


def _held_too_long(one, court):
    services.record(
        models.Custody, one, by=court, at=AT, held_at=AT - 300 * HOUR,
        released_at=AT - 9 * HOUR, place="police", extended=False,
    )  # fmt: skip


def _with_a_motive(one, court):
    services.record(models.Complaint, one, by=court, at=AT, made_by="neighbour", prior_dispute=True)


def _numbers(**more):
    return [row["number"] for row in queue(now=AT, **more)]


def test_a_grave_warning_stands_before_an_older_complaint_and_the_oldest_first(court):
    motive, late, early, clean = (_complained_of(court, days) for days in (0, 3, 2, 1))
    _with_a_motive(motive, court)
    for one in (late, early):
        _held_too_long(one, court)
    assert _numbers() == [early.number, late.number, motive.number]
    assert clean.number not in _numbers()


def test_a_grave_warning_is_found_behind_any_number_of_older_complaints(court):
    for days in range(3):
        _with_a_motive(_complained_of(court, days), court)
    newest = _complained_of(court, 5)
    _held_too_long(newest, court)
    assert _numbers(limit=2)[0] == newest.number


def test_what_is_not_open_to_the_officer_is_not_in_it(court, acting):
    _held_too_long(_complained_of(court, 0), court)
    acting(officer("justice"))
    assert _numbers() == []


def test_the_page_says_the_rung_of_each_and_scores_nobody(court, client):
    one = _complained_of(court, 0)
    _held_too_long(one, court)
    client.force_login(court)
    page = client.get("/proceedings/legal-aid/").text
    assert one.number in page
    assert "Nobody is scored." in page
