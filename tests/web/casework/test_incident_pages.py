"""Reports about officials: taken down by counsel; for police and courts the pages do not exist."""

import pytest

from mekhala.pathway.incidents.models import Incident
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_incidents import counsel

TYPED = {
    "kind": "bribe", "province_code": "12", "month": "2024-03", "body": "police", "post": "chief",
    "amount": "500", "currency": "USD", "was_paid": "unknown", "names": "Invented Official",
    "words": "Asked for 500.", "reporter": "counsel", "reporter_name": "Invented Reporter",
}  # fmt: skip


def test_a_report_goes_where_the_reporter_wants_without_who_reported(db, client):
    who = counsel()
    client.force_login(who)
    assert "No report is open to you" in client.get("/incidents/").content.decode()
    assert client.post("/incidents/new/", TYPED).status_code == 302
    become(who.pk)
    at = f"/incidents/{Incident.objects.get().pk}/"
    body = client.get(at).content.decode()
    assert "Invented Official" in body
    assert "Invented Reporter" not in body
    monitor = counsel()
    chosen = {"way": "monitor", "agency": monitor.agency_id, "chosen_on": "2024-04-01"}
    assert client.post(f"{at}route/", chosen).status_code == 302
    paper = client.get(f"{at}paper/").content.decode()
    assert "March 2024" in body
    assert "March 2024" in paper
    assert "March 2024" in client.get("/incidents/").content.decode()
    assert "Counsel" not in paper
    assert "RP-" not in paper
    client.force_login(monitor)
    assert client.get(at).status_code == 200
    assert "Fewer than 10 reports" in client.get("/incidents/patterns/").content.decode()


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.JUSTICE, AgencyKind.COURT), (Role.JUSTICE, AgencyKind.POLICE),
     (Role.FIRST_RESPONDER, AgencyKind.POLICE), (Role.FIRST_RESPONDER, AgencyKind.BORDER)],
)  # fmt: skip
def test_for_police_and_courts_there_are_no_such_pages(db, client, role, kind):
    client.force_login(officer(role, at=agency(kind)))
    for address in ("", "new/", "patterns/"):
        assert client.get(f"/incidents/{address}").status_code == 404
