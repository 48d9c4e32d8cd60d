"""The API of evidence, redress, reports and fair trial: as the pages, the same doors closed."""

import pytest

from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer, open_to
from tests.builders_evidence import PDF, charged, item
from tests.builders_incidents import WHO, counsel
from tests.builders_justice import COMPLAINT_ON, court_officer
from tests.builders_justice import accused as an_accused
from tests.builders_redress import helped

ITEM = {"kind": "document", "source": "police", "basis": "given", "taken_on": "2024-02-20",
        "what": "An invented contract."}  # fmt: skip
WAGES = {"what": "wages", "basis": "agreed", "said": "employer", "debtor": "employer",
         "amount": "900.00", "currency": "USD", "said_on": "2024-03-01",
         "due_on": "2024-04-01"}  # fmt: skip
REPORT = {"kind": "bribe", "province_code": "12", "month": "2024-03", "body": "police",
          "post": "chief", "reporter": "counsel", "words": "Asked for 500.", "amount": "500",
          "currency": "USD"} | WHO  # fmt: skip


def test_an_item_is_entered_listed_with_its_gaps_and_read(call):
    court, one, charge = charged()
    item(court, one, content=PDF, file_name="invented.pdf")
    at = f"/proceedings/{one.proceeding_id}/evidence"
    status, kept = call(court, "post", at, **ITEM)
    assert (status, kept["held_by"], kept["gaps"]) == (201, court.shown_as, ["taken_in_late"])
    assert [e["move"] for e in kept["chain"]] == ["taken_in"]
    status, listed = call(court, "get", at)
    assert [len(one["sha256"] or "") for one in listed] == [64, 0]
    assert ITEM["what"] not in str(listed)
    assert call(court, "get", f"{at}/{kept['number']}")[1]["what"] == ITEM["what"]
    told = call(court, "get", f"{at}/matrix")[1][0]
    assert (told["charge"], told["accused"]) == (charge.pk, one.number)
    assert all(element["is_missing"] for element in told["elements"])
    assert call(court, "post", at, **ITEM | {"basis": "warrant"})[0] == 422
    stranger = officer(Role.JUSTICE)
    assert {call(stranger, "get", path)[0] for path in (at, f"{at}/matrix")} == {404}


def test_wages_are_recorded_and_paid_in_part_under_the_case(call):
    opened, worker = helped()
    at = f"/cases/{opened.number}/owed"
    status, kept = call(worker, "post", at, **WAGES)
    assert (status, kept["open"], kept["is_overdue"]) == (201, "900.00", True)
    to = f"{at}/{kept['number']}/payments"
    status, paid = call(worker, "post", to, amount="400", on="2024-04-01", way="cash")
    assert (status, paid["paid"], paid["open"]) == (201, "400.00", "500.00")
    status, told = call(worker, "post", to, amount="501", on="2024-04-02", way="cash")
    assert (status, "more than is still owed" in told["detail"]) == (422, True)
    assert call(worker, "get", at)[1] == [paid]
    assert call(court_officer(), "get", at)[0] == 404
    authority = officer(Role.AUTHORITY)
    open_to(authority, opened.number, Purpose.DETERMINATION)
    assert call(authority, "get", at)[0] == 422  # the case is there; this is another role's


def test_an_order_is_kept_with_the_proceeding_and_replaces_a_claim(call):
    court = court_officer()
    number = an_accused(court).proceeding_id
    at = f"/proceedings/{number}/owed"
    claim = call(court, "post", at, **WAGES | {"basis": "claimed", "said": "court"})[1]
    assert claim["is_overdue"] is False  # a claim is nobody's debt yet
    order = WAGES | {"basis": "ordered", "said": "court", "replaces": claim["number"]}
    assert call(court, "post", at, **order)[0] == 201
    assert [one["open"] for one in call(court, "get", at)[1]] == ["0.00", "900.00"]


def test_a_report_is_taken_down_and_nobody_is_told_who_reported(call):
    who = counsel()
    status, kept = call(who, "post", "/incidents", **REPORT)
    assert status == 201
    at = f"/incidents/{kept['number']}"
    read = call(who, "get", at)[1]
    assert read["words"] == REPORT["words"]
    assert not [word for word in WHO.values() if word in str((kept, read))]
    route = call(who, "post", f"{at}/routes", way="anti_corruption", chosen_on="2024-04-01",
                 receipt="R-1")  # fmt: skip
    assert (route[0], route[1][0]["receipt"]) == (201, "R-1")
    assert call(who, "get", "/incidents")[1] == [kept]
    assert call(who, "get", "/incidents/patterns")[1] == {"total": None, "patterns": []}
    assert call(counsel(), "get", at)[0] == 404
    assert call(who, "post", "/incidents", **REPORT | {"province_code": "99"})[0] == 422
    assert call(who, "post", "/incidents", **REPORT | {"currency": None})[0] == 422


@pytest.mark.parametrize("kind", [AgencyKind.COURT, AgencyKind.POLICE, AgencyKind.BORDER])
def test_for_police_border_and_courts_reports_lead_nowhere(call, kind):
    for role in (Role.JUSTICE, Role.FIRST_RESPONDER):
        who = officer(role, at=agency(kind))
        for path in ("/incidents", "/incidents/patterns", "/incidents/IN-1"):
            assert call(who, "get", path)[0] == 404
        assert call(who, "post", "/incidents", **REPORT)[0] == 404


def test_the_warnings_about_a_trial_are_told_with_what_they_rest_on_and_the_word_of_today(call):
    court = court_officer()
    one = an_accused(court, upto=Stage.ACCUSED)
    become(court.pk)
    status, told = call(court, "get", f"/accused/{one.number}/fair-trial")
    assert (status, told["case"], told["word"]) == (200, one.number, Stage.ACCUSED.label)
    assert "bribe_demanded" in told["cannot_tell"]  # money is asked for apart, and never seen here
    assert told["to_ask"]["no_lawyer"] == ["hearing.lawyer"]
    assert "perpetrator" not in str(told).lower()
    assert call(officer(Role.JUSTICE), "get", f"/accused/{one.number}/fair-trial")[0] == 404
    assert COMPLAINT_ON.isoformat() not in str(told)
