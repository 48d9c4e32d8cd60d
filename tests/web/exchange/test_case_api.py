"""The API does what the pages do, under the same rules."""

import json

import pytest
from django.utils import timezone

from tests.builders import officer
from tests.builders_agreements import new_token
from tests.builders_casework import MADE_OUT, authority, referred
from tests.log import Entry

MEETING = {
    "met_at": "2026-03-09T10:00:00+07:00", "place_code": "120101", "sex": "female", "age": 20,
    "age_certainty": "known", "nationality": "KHM", "consents_to_go_on": True,
}  # fmt: skip
YES = "PossibleVictimOfTrafficking"


@pytest.fixture
def call(client, acting):
    """Return a function that calls the API in an officer's name."""
    tokens = {}

    def send(who, method, path, body=None):
        if who.pk not in tokens:
            acting(who)
            tokens[who.pk] = new_token(who, "test", at=timezone.now())
        answer = getattr(client, method)(
            f"/api/v1{path}", json.dumps(body) if body is not None else None,
            content_type="application/json",
            headers={"authorization": f"Bearer {tokens[who.pk]}"},
        )  # fmt: skip
        return answer.status_code, answer.json()

    return send


def _open(call, by, **more):
    status, case = call(by, "post", "/cases", MEETING | more)
    assert status == 201, case
    return case["number"]


def test_from_the_first_meeting_to_the_decision(db, call):
    readers, responder = authority(), officer()
    number = _open(call, responder, identity={"native_name": "សុខា (ប្រឌិត)"})
    status, kept = call(
        responder, "post", f"/cases/{number}/screenings", {"answers": MADE_OUT, "outcome": "refer"}
    )
    assert (status, kept["outcome"]) == (201, "refer")
    status, files = call(readers[0], "get", f"/cases/{number}/files")
    assert [f["id"] for f in files] == [kept["file"]]
    telling = {"kind": "person", "manner": "statement", "said_on": "2026-03-10"}
    status, source = call(readers[0], "post", f"/cases/{number}/sources", telling)
    assert (status, source["said_on"]) == (201, "2026-03-10")
    finding = {
        "code": "means.force",
        "made_out": None,
        "source": source["id"],
        "because": "Asked.",
    }
    assert call(readers[0], "post", f"/cases/{number}/findings", finding)[0] == 201
    assert call(readers[0], "get", f"/cases/{number}/assessment")[1]["palermo"]["finding"] == "met"
    reading = {
        "answer": YES, "reasons": "The offer was a lie.", "grounds": ["elements_made_out"],
        "no_tie": True,
    }  # fmt: skip
    first = call(readers[0], "post", f"/cases/{number}/readings", reading)
    second = call(readers[1], "post", f"/cases/{number}/readings", reading)
    assert first == (201, {"is_decided": False, "status": None})
    assert second == (201, {"is_decided": True, "status": YES})
    status, decision = call(readers[2], "get", f"/cases/{number}/decision")
    assert (status, decision["status"]) == (200, YES)
    assert call(readers[2], "get", f"/cases/{number}")[1]["status"] == "reasonable_grounds"


def test_a_case_carries_no_name(db, call):
    mine = officer()
    number = _open(call, mine, identity={"native_name": "សុខា (ប្រឌិត)"})
    assert "សុខា" not in str(call(mine, "get", f"/cases/{number}")[1])
    assert [c["number"] for c in call(mine, "get", "/cases")[1]["items"]] == [number]
    assert Entry.objects.filter(act="case.opened", subject=number).count() == 1


@pytest.mark.parametrize("path", ["", "/files", "/assessment", "/decision", "/consents"])
def test_what_is_closed_is_answered_as_what_is_absent(db, call, path):
    authority()
    number, stranger = referred().case_id, officer()
    closed = call(stranger, "get", f"/cases/{number}{path}")
    assert closed == call(stranger, "get", f"/cases/MK-0000-0000{path}")
    assert closed[0] == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"place_code": "9999"}, "place_code"), ({"sex": "femal"}, "'female'"),
        ({"consents_to_go_on": False}, "does not want to go on"), ({"met_at": "soon"}, "met_at"),
        ({"name": "x"}, "name"), ({"age": 400}, "age"),
    ],
)  # fmt: skip
def test_a_wrong_meeting_is_refused_in_one_sentence(db, call, more, said):
    mine = officer()
    status, answer = call(mine, "post", "/cases", MEETING | more)
    assert status == 422
    assert said in answer["detail"]
    assert call(mine, "get", "/cases")[1]["items"] == []


def test_a_screening_with_a_code_that_is_none_keeps_nothing(db, call):
    mine = officer()
    number = _open(call, mine)
    told = {"answers": {"act.recruitmnt": True}, "outcome": "refer"}
    status, answer = call(mine, "post", f"/cases/{number}/screenings", told)
    assert status == 422
    assert "'act.recruitment'" in answer["detail"]


def test_a_referral_that_is_refused_keeps_no_screening(db, call, acting):
    from mekhala.pathway.screening.models import Screening

    mine = officer()
    number = _open(call, mine)
    status, _ = call(mine, "post", f"/cases/{number}/screenings", {"outcome": "refer"})
    assert status == 422  # there is no authority here
    acting(mine)
    assert not Screening.objects.exists()


def test_answers_of_the_person_stand_until_the_next_one(db, call):
    mine = officer()
    number = _open(call, mine)
    told = {"recipient": mine.agency.code, "purpose": "support", "data_class": "needs",
            "answer": "given"}  # fmt: skip
    assert call(mine, "post", f"/cases/{number}/consents", told)[0] == 201
    call(mine, "post", f"/cases/{number}/consents", told | {"answer": "withdrawn"})
    standing = call(mine, "get", f"/cases/{number}/consents")[1]
    assert [c["answer"] for c in standing] == ["withdrawn"]
    told["recipient"] = "nobody"
    assert call(mine, "post", f"/cases/{number}/consents", told)[0] == 422


def test_the_rules_answer_without_keeping_anything(db, call):
    mine = officer()
    status, answer = call(
        mine, "post", "/assess", {"case": "A", "facts": {"act.recruitment": "yes"}}
    )
    assert (status, answer["palermo"]["act"]) == (200, "yes")
    status, answer = call(mine, "post", "/assess", [{"facts": {"act.recruitmnt": "yes"}}])
    assert status == 422
    assert "act.recruitment" in answer["detail"]
    status, answer = call(mine, "post", "/screen", {"profile": "adult_labour", "indicators": []})
    assert (status, answer["result"]) == (200, "none")


def test_without_a_token_nothing_answers(db, client):
    assert client.get("/api/v1/cases").status_code == 401
