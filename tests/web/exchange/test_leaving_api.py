"""The API of stays, help, returns and complaints: the same acts, the same doors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.encounter.models import Encounter
from mekhala.pathway.labour_migration import services as agencies
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import case, officer, open_to
from tests.builders_help import provider, registrar_with_case, service
from tests.builders_leaving import labour_officers, recruiter
from tests.days import day
from tests.web.exchange.test_help_api import call  # noqa: F401


def test_a_stay_rests_on_a_yes_and_ends_without_a_reason(call):  # noqa: F811
    worker, made = registrar_with_case(age=24, age_certainty="known")
    house = service()
    helper = provider(house)
    open_to(helper, made.number, Purpose.SUPPORT, by=worker)
    at = f"/cases/{made.number}/stays"
    told = {
        "agency": house.agency.code, "kind": "shelter", "basis": "own_consent",
        "movement": "free", "began_at": (timezone.now() - timedelta(hours=2)).isoformat(),
    }  # fmt: skip
    status, refused = call(helper, "post", at, **told)
    assert (status, "Without one of them nobody stays" in refused["detail"]) == (422, True)
    status, stay = call(helper, "post", at, **told, agreed=True)
    assert (status, stay["left_at"], "agency" in stay) == (201, None, False)
    close = f"/cases/{made.number}/close"
    status, refused = call(worker, "post", close, because="help_complete", despite=["stay"])
    assert (status, "The person stays in a house" in refused["detail"]) == (422, True)
    assert call(worker, "post", f"/stays/{stay['id']}/look-again", agreed=True)[0] == 200
    assert call(helper, "post", f"/stays/{stay['id']}/leave")[1]["left_at"]
    assert call(helper, "post", f"/stays/{stay['id']}/leave")[0] == 409
    assert len(call(worker, "get", at)[1]) == 1
    assert call(officer(Role.PROVIDER), "get", at)[0] == 404
    assert call(worker, "post", close, because="help_complete")[0] == 200


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00"])
def test_a_moment_whose_day_no_calendar_has_is_refused_by_the_name_of_its_field(call, edge):  # noqa: F811
    worker, made = registrar_with_case(age=24, age_certainty="known")
    told = {
        "agency": service().agency.code, "kind": "shelter", "basis": "own_consent", "agreed": True,
        "movement": "free", "began_at": edge,
    }  # fmt: skip
    status, refused = call(worker, "post", f"/cases/{made.number}/stays", **told)
    assert (status, refused["fields"][0]["field"]) == (422, "began_at")


def test_help_and_looking_in_are_kept_as_far_as_they_were_said(call):  # noqa: F811
    worker, made = registrar_with_case(age=24, age_certainty="known")
    at = f"/cases/{made.number}"
    told = {"need": "health", "given_on": day()}
    assert call(worker, "post", f"{at}/help", **told)[0] == 422
    assert call(worker, "post", f"{at}/help", **told, agreed=True)[0] == 201
    assert call(worker, "get", f"{at}/help")[1][0]["need"] == "health"
    assert call(worker, "post", f"{at}/plan", goals="Rest", agreed_on=day())[0] == 201
    look_in, *_later = call(worker, "post", f"{at}/follow-ups")[1]
    one = f"/follow-ups/{look_in['id']}"
    assert call(worker, "post", f"{one}/tries", on=day())[1]["tried_on"] == [day()]
    assert call(worker, "post", one, outcome="lost", on=day())[0] == 422
    status, kept = call(worker, "post", one, outcome="well", on=day(), work="own")
    assert (status, kept["work"], kept["feels_safe"]) == (200, "own", None)
    status, again = call(worker, "post", f"{one}/take-back", because="other_person")
    assert (status, again["due_on"], again["done_on"]) == (201, look_in["due_on"], None)
    [given] = call(worker, "get", f"{at}/help")[1]
    assert call(officer(), "post", f"/help/{given['id']}/take-back", because="twice")[0] == 404
    assert call(worker, "post", f"/help/{given['id']}/take-back", because="twice")[0] == 200
    assert call(worker, "get", f"{at}/help")[1] == []


def test_a_return_is_told_step_by_step_and_nobody_goes_without_a_wish(call):  # noqa: F811
    me = officer()
    made = case(me, nationality="VNM", age=24)
    at = f"/cases/{made.number}/return"
    assert call(me, "post", at, corridor="khm-vnm", started_on=day())[0] == 201
    step = {"step": "handover", "side": "ours", "done_on": day()}
    status, refused = call(me, "post", f"{at}/steps", **step)
    assert (status, "no statement in force" in refused["detail"]) == (422, True)
    assert call(me, "post", f"{at}/statements", wish="return", said_on=day())[0] == 201
    found = {"kind": "risk", "found_by": "embassy", "found_on": day()}
    assert call(me, "post", f"{at}/checks", **found)[0] == 201
    assert call(me, "post", f"{at}/steps", **step)[0] == 422
    for kind in ("identity", "risk"):
        assert call(me, "post", f"{at}/checks", **found | {"kind": kind}, answer=True)[0] == 201
    status, whole = call(me, "post", f"{at}/steps", **step)
    states = {s["step"]: s["waits_for"] for s in whole["steps"]}
    assert (status, states["handover"]) == (201, ["theirs"])
    wrong = {"step": "handover", "side": "ours", "because": "not_done"}
    status, whole = call(me, "post", f"{at}/steps/take-back", **wrong)
    states = {s["step"]: s["waits_for"] for s in whole["steps"]}
    assert (status, "ours" in states["handover"]) == (201, True)
    assert call(me, "post", f"{at}/steps/take-back", **wrong)[0] == 422
    assert call(me, "post", f"{at}/steps", **step)[0] == 201
    status, refused = call(me, "post", f"{at}/end", because="complete")
    assert (status, "Not every side has said" in refused["detail"]) == (422, True)
    assert call(me, "post", f"{at}/end", because="home")[1]["ended_because"] == "home"
    assert call(officer(), "post", f"{at}/end", because="complete")[0] == 404


def test_a_consuls_complaint_opens_an_encounter_with_the_workers_yes(call, acting):  # noqa: F811
    [inspector] = labour_officers(1)
    acting(inspector)
    recruiter(inspector, timezone.now(), number="R-7")
    consul = officer()
    told = {
        "recruiter": "R-7", "kinds": ["confined"], "by_whom": "consul", "country": "MYS",
        "received_on": day(), "words": "She may not leave the house. (Invented.)",
    }  # fmt: skip
    assert call(consul, "post", "/complaints-of-agencies", **told | {"recruiter": "0"})[0] == 422
    status, kept = call(consul, "post", "/complaints-of-agencies", **told)
    assert (status, kept["case"]) == (201, None)
    at = f"/workers/{kept['worker']}/case"
    person = {"met_at": timezone.now().isoformat(), "place_code": "12", "sex": "female"}
    assert call(consul, "post", at, **person)[0] == 422
    assert call(officer(), "post", at, **person, worker_says_yes=True)[0] == 404
    status, opened = call(consul, "post", at, **person, worker_says_yes=True)
    acting(consul)
    assert (status, Encounter.objects.get().case_id) == (201, opened["case"])
    assert call(officer(Role.PROVIDER), "post", "/complaints-of-agencies", **told)[0] == 422


def test_what_was_found_of_a_complaint_is_sent_and_read_by_number(call, acting):  # noqa: F811
    first, second = labour_officers()
    acting(first)
    one = recruiter(first, timezone.now())
    agencies.record_incident(
        one, ["fee"], source="complaint", country="MYS", on=timezone.localdate(), by=first,
        at=timezone.now(),
    )  # fmt: skip
    [told] = call(second, "get", "/complaints-of-agencies?recruiter=R-1")[1]
    assert (told["finding"], told["kinds"]) == (None, ["fee"])
    at = f"/complaints-of-agencies/{told['id']}/finding"
    said = {"finding": "unfounded", "reasons": "Papers were read.", "on": day()}
    assert call(officer(), "post", at, **said)[0] == 422
    status, refused = call(first, "post", at, **said)
    assert (status, "You wrote this complaint down" in refused["detail"]) == (422, True)
    status, kept = call(second, "post", at, **said)
    assert (status, kept["finding"], kept["found_on"]) == (201, "unfounded", day())
