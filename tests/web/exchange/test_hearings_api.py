"""The API of hearings, and of dossiers read for research in codes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_dossiers import APPROVAL, PURPOSE, Study
from tests.builders_justice import accused, court_officer

SOON = (timezone.now() + timedelta(days=3)).isoformat()
LATER = (timezone.now() + timedelta(days=9)).isoformat()


def test_a_hearing_is_planned_put_off_once_and_stands_in_the_calendar(call):
    court = court_officer()
    number = accused(court).proceeding_id
    told = {"kind": "trial", "starts_at": SOON, "room": "2"}
    status, planned = call(court, "post", f"/proceedings/{number}/hearings", **told)
    assert (status, planned["is_public"], planned["room"]) == (201, None, "2")
    put_off = f"/proceedings/{number}/hearings/{planned['number']}/put-off"
    status, later = call(court, "post", put_off, starts_at=LATER)
    assert (status, later["room"], later["number"] == planned["number"]) == (201, "2", False)
    assert call(court, "post", put_off, starts_at=LATER)[0] == 422
    assert [one["number"] for one in call(court, "get", "/hearings")[1]] == [later["number"]]
    assert call(court_officer(), "get", "/hearings")[1] == []


@pytest.mark.parametrize("far", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59Z"])
def test_a_time_at_the_end_of_the_calendar_is_refused_and_the_lists_can_be_read(call, client, far):
    court = court_officer()
    one = accused(court)
    at = f"/proceedings/{one.proceeding_id}/hearings"
    assert call(court, "post", at, kind="trial", starts_at=far)[0] == 422
    planned = call(court, "post", at, kind="trial", starts_at=SOON)[1]
    assert call(court, "post", f"{at}/{planned['number']}/put-off", starts_at=far)[0] == 422
    held = {"of": "custody", "held_at": far, "place": "police"}
    assert call(court, "post", f"/accused/{one.number}/entries", entry=held)[0] == 422
    assert len(call(court, "get", "/hearings")[1]) == 1
    client.force_login(court)
    for page in ("/proceedings/hearings/", f"/proceedings/{one.proceeding_id}/", "/today/"):
        assert client.get(page).status_code == 200


def test_a_monitor_reads_public_hearings_and_no_other_role_does(call):
    court = court_officer()
    number = accused(court).proceeding_id
    for public in (True, False):
        told = {"kind": "trial", "starts_at": SOON, "is_public": public}
        assert call(court, "post", f"/proceedings/{number}/hearings", **told)[0] == 201
    monitor = officer(Role.PROVIDER, at=agency(AgencyKind.OBSERVER))
    (found,) = call(monitor, "get", "/hearings/to-watch")[1]
    assert (found["kind"], len(found["accused"])) == ("trial", 1)
    for other in (court, officer(Role.PROVIDER), officer(Role.AUTHORITY)):
        assert call(other, "get", "/hearings/to-watch")[0] == 404
    assert call(monitor, "get", "/hearings")[0] == 404


@pytest.fixture
def study(db):
    return Study()


def test_a_program_asks_for_dossiers_and_reads_none_before_two_have_signed(call, study):
    told = APPROVAL | {
        "purpose": PURPOSE, "approved_on": "2026-01-05", "named": [study.number], "until": LATER,
    }  # fmt: skip
    (court,) = call(study.researcher, "get", "/dossiers/supervisors")[1]
    status, made = call(study.researcher, "post", "/dossiers", **told, supervisor=court["id"])
    assert (status, made["state"], made["dossiers"]) == (201, "asked", [study.number])
    at = f"/dossiers/{made['number']}"
    assert call(study.researcher, "get", f"{at}/{study.number}")[0] in (404, 409, 422)
    assert call(study.researcher, "post", "/dossiers", **told, supervisor=0)[0] == 422
    assert call(study.researcher, "post", f"{at}/end")[1]["state"] == "ended"


def test_an_open_dossier_is_read_in_codes_by_who_asked_and_by_nobody_else(call, study):
    access = study.opened()
    at = f"/dossiers/{access.number}"
    status, read = call(study.researcher, "get", f"{at}/{study.number}")
    assert (status, read["province"], read["accused"][0]["letter"]) == (200, "12", "A")
    assert study.number not in str(read)
    for other in (study.court, study.authority, officer(Role.STATISTICIAN)):
        assert call(other, "get", f"{at}/{study.number}")[0] in (403, 404, 422)
    assert call(officer(Role.STATISTICIAN), "get", at)[0] == 404
    assert call(study.authority, "get", at)[1]["state"] == "open"
    for outside in (officer(), officer(Role.PROVIDER), officer(Role.ADMINISTRATOR)):
        assert call(outside, "get", "/dossiers")[0] == 404
