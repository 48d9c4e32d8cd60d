"""The API of institutions, visits, nights, workers' signs and the duty to register."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.labour_migration import workers
from mekhala.pathway.screening.services import record_screening
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer
from tests.builders_help import provider, service
from tests.builders_leaving import labour_officers, recruiter
from tests.days import day, today

SAID = {"since": day(), "said_by": "A ministry", "source": "A letter", "reason": "Asked"}


@pytest.fixture
def committee(db):
    return officer(Role.STATISTICIAN)


def test_a_mandate_is_written_down_changed_and_read_by_everybody(call, committee):
    told = {"body": "A ministry", "duty": "License agencies", "source": "A decree"}
    status, first = call(
        committee, "post", "/mandates", **told, since=(today() - timedelta(9)).isoformat()
    )
    assert (status, first["office"]) == (201, "")
    change = {"duty": "License agencies", "office": "Office seven", "source": "A letter",
              "since": day()}  # fmt: skip
    at = f"/mandates/{first['id']}"
    assert call(committee, "post", f"{at}/changes", **change, reason=" ")[0] == 422
    status, now = call(committee, "post", f"{at}/changes", **change, reason="It was named")
    assert (status, now["replaces"]) == (201, first["id"])
    assert call(committee, "post", f"{at}/changes", **change, reason="Again")[0] == 409
    reader = officer(Role.REGISTRAR)
    assert [one["office"] for one in call(reader, "get", at)[1]] == ["Office seven", ""]
    assert len(call(reader, "get", "/mandates")[1]) == 1
    assert call(reader, "post", "/mandates", **told, since=day())[0] == 422


def test_a_project_goes_on_and_is_corrected_for_a_reason(call, committee):
    status, made = call(
        committee, "post", "/projects", **SAID, title="A hose", run_by="A ministry",
        status="announced", budget=50, currency="USD",
    )  # fmt: skip
    assert (status, made["budget"], len(made["statuses"])) == (201, 50, 1)
    at = f"/projects/{made['id']}"
    assert call(committee, "post", f"{at}/statuses", **SAID, status="announced")[0] == 422
    assert call(committee, "post", f"{at}/statuses", **SAID, status="funded")[0] == 201
    given = {"title": "A house", "source": "A letter", "reason": "Mistyped"}
    assert call(committee, "post", f"{at}/corrections", **given, budget=40)[0] == 422
    status, now = call(committee, "post", f"{at}/corrections", **given)
    assert (status, now["title"], now["budget"], now["currency"]) == (201, "A house", None, "")
    assert now["corrected_because"] == ["Mistyped"]
    [listed] = call(officer(), "get", "/projects")[1]
    assert [each["status"] for each in listed["statuses"]] == ["funded", "announced"]


def test_requests_abroad_are_read_by_those_who_ask_and_by_the_committee(call, committee):
    police = officer(Role.JUSTICE)
    sent = {"reference": "MLA-7", "kind": "police", "country": "THA", "asked_by": "A court",
            "sent_on": (today() - timedelta(40)).isoformat(),
            "due_on": (today() - timedelta(3)).isoformat()}  # fmt: skip
    assert call(committee, "post", "/cooperation-requests", **sent)[0] == 422
    status, asked = call(police, "post", "/cooperation-requests", **sent)
    assert (status, asked["days"], asked["overdue"]) == (201, 40, True)
    at = f"/cooperation-requests/{asked['id']}/answer"
    status, kept = call(police, "post", at, outcome="carried_out", on=day())
    assert (status, kept["overdue"], kept["outcome"]) == (200, False, "carried_out")
    assert call(police, "post", at, outcome="refused", on=day())[0] == 409
    assert len(call(committee, "get", "/cooperation-requests")[1]) == 1
    assert call(officer(Role.PROVIDER), "get", "/cooperation-requests")[0] == 404


def test_what_was_not_counted_is_null_and_never_0(call, committee):
    told = {"activity": "peers", "place_code": "12", "year": 2025, "half": 1,
            "held_by": "A school", "source": "A report"}  # fmt: skip
    status, kept = call(committee, "post", "/teaching", **told, sessions=0)
    assert (status, kept["sessions"], kept["taught"]) == (201, 0, None)
    at = f"/teaching/{kept['id']}/corrections"
    assert call(committee, "post", at, source="x", reason="x", tested_after=3)[0] == 422
    assert call(committee, "post", at, source="A list", reason="Found", taught=7)[0] == 201
    assert [one["taught"] for one in call(officer(), "get", "/teaching")[1]] == [7]


def test_a_visit_is_kept_and_counted_and_where_it_was_is_not_answered(call, committee):
    team = officer()
    told = {"visited_on": day(), "kind": "brothel", "province_code": "12", "address": "Blue door",
            "visitors": ["own_team"], "entry": "part", "seen": {"minors": True}}  # fmt: skip
    status, kept = call(team, "post", "/visits", **told)
    assert (status, kept["seen"]["minors"], kept["seen"]["debt"]) == (201, True, None)
    assert "Blue door" not in str(call(team, "get", "/visits"))
    assert call(team, "post", "/visits", **told | {"entry": "refused"})[0] == 422
    [counted] = call(committee, "get", "/visits/figures")[1]
    assert (counted["made"], counted["seen"]) == (1, None)
    assert call(committee, "get", "/visits")[0] == 404


def test_nights_with_fewer_places_are_stated_and_taken_back_by_the_house(call, db):
    house = service(free=4)
    helper = provider(house)
    at = f"/services/{house.pk}/nights"
    status, listed = call(helper, "post", at, first_on=day(), last_on=day(), places=1)
    assert (status, [n["places"] for n in listed]) == (201, [1])
    assert call(helper, "post", at, first_on=day(), places=1, weekdays=[8])[0] == 422
    stranger = officer(Role.PROVIDER)
    assert call(stranger, "get", at)[0] == 422
    assert call(stranger, "post", f"/nights/{listed[0]['id']}/take-back")[0] == 422
    assert call(helper, "post", f"/nights/{listed[0]['id']}/take-back") == (200, [])


def test_a_worker_who_went_somewhere_is_asked_and_the_case_goes_to_the_authority(call, acting):
    officer(Role.AUTHORITY)
    [inspector] = labour_officers(1)
    acting(inspector)
    through = recruiter(inspector, timezone.now())
    consul = officer()
    acting(consul)
    file = workers.open_file(by=consul, at=timezone.now())
    become(None)
    at = f"/workers/{file.number}"
    went = {"employer": "Household", "country": "MYS", "year": today().year}
    assert call(consul, "post", f"{at}/deployments", **went, recruiter="none")[0] == 422
    number = through.register_number
    assert call(consul, "post", f"{at}/deployments", **went, recruiter=number)[0] == 201
    wrong = went | {"recruiter": number, "because": "not_so"}
    assert call(officer(), "post", f"{at}/deployments/take-back", **wrong)[0] == 404
    assert call(consul, "post", f"{at}/deployments/take-back", **wrong)[0] == 201
    assert call(consul, "post", f"{at}/deployments/take-back", **wrong)[0] == 404
    signs = {"answers": {"purpose.servitude": True, "means.threat": None}, "outcome": "refer"}
    assert call(consul, "post", f"{at}/signs", **signs)[0] == 422  # a case first
    person = {"worker_says_yes": True, "met_at": timezone.now().isoformat(), "place_code": "12",
              "sex": "female", "age": 30, "age_certainty": "known"}  # fmt: skip
    assert call(consul, "post", f"{at}/case", **person)[0] == 201
    assert call(consul, "post", f"{at}/signs", **signs)[1]["is_with_authority"] is False
    status, sent = call(consul, "post", f"{at}/signs", **signs, authority_may_know=True)
    assert (status, sent["is_with_authority"]) == (201, True)
    assert call(officer(), "post", f"{at}/signs", **signs)[0] == 404


def test_who_helps_somebody_announces_it_without_a_name_and_the_ministry_reads_counts(call, acting):
    helper = officer(at=agency(AgencyKind.FIRST_RESPONDER))
    ministry = officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))
    made = case(helper)
    at = f"/cases/{made.number}/announcement"
    assert call(helper, "post", at)[0] == 422  # nothing is owed before the advice to refer
    acting(helper)
    record_screening(case=made, by=helper, at=timezone.now(), answers={}, outcome="refer")
    become(None)
    [counted] = call(ministry, "get", "/duties")[1]
    assert (counted["waiting"], counted["announced"]) == (1, 0)
    status, told = call(helper, "post", at)
    assert status == 201
    assert made.number not in str(told)
    [counted] = call(ministry, "get", "/duties")[1]
    assert (counted["waiting"], counted["announced"]) == (0, 1)
    assert call(helper, "get", "/duties")[0] == 404
    assert call(officer(), "post", at)[0] == 404
