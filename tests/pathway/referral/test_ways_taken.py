"""The ways cases took are counted and held against the route; what is small is told to nobody."""

from datetime import timedelta

import pytest

from mekhala.core import route
from mekhala.pathway.determination import services as determination
from mekhala.pathway.referral.ways_taken import ways_taken
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_casework import authority, met, screened
from tests.builders_quality import positive


def moves(by, track="recognition"):
    become(by.pk)
    return {(one.before, one.after): one for one in ways_taken(NOW.year)[track]}


@pytest.fixture
def readers(db):
    return authority(2)


def test_each_move_is_counted_with_its_days_and_what_is_still_there(readers):
    for _ in range(10):
        positive(readers, days=3)
    found = moves(readers[0])
    asked = found["asked", "grounds"]
    assert (asked.cases, round(asked.median_days, 1), asked.late) == (10, 2.9, 0)
    assert found["grounds", ""].cases == 10
    assert all(one.is_on_route for one in found.values())


def test_a_move_that_is_not_on_the_route_is_told_and_a_small_count_is_not(readers):
    by = officer()
    case = met(by)
    determination.open_file(case=case, by=by, at=NOW + timedelta(minutes=30))
    screened(case, by)
    found = moves(readers[0])
    assert not found["asked", "screened"].is_on_route
    assert found["asked", "screened"].cases is None


def test_nobody_but_the_authority_and_statisticians_is_told(readers):
    positive(readers)
    assert moves(officer(Role.STATISTICIAN))
    for role in (Role.FIRST_RESPONDER, Role.REGISTRAR, Role.PROVIDER, Role.JUSTICE):
        assert not moves(officer(role))


def test_the_page_shows_both_tracks_and_their_clocks(readers, client):
    positive(readers)
    client.force_login(readers[0])
    page = client.get("/quality/route/?year=2026").text
    assert "First contact" in page
    assert "45 working days" in page
    assert "24 hours" in page


def test_every_state_a_track_leads_to_is_one_of_its_own():
    for name in route.TRACKS:
        codes = {state.code for state in route.track(name)}
        assert {to for state in route.track(name) for to in state.to} <= codes
