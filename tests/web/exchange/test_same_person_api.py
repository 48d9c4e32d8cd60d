"""Who is one person, through the API: the same rules as on the pages."""

import pytest

from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer
from tests.builders_help import decision
from tests.builders_same_person import AGAIN, MUM, opened_to, person_of, social_worker
from tests.log import Entry

SAID = {"answer": "same", "because": "The same card."}
JSON = "application/json"


def address(number, tail=""):
    return f"/api/v1/cases/{number}/same-person{tail}"


def test_candidates_are_told_with_codes_judged_and_taken_back(client, db):
    me = social_worker()
    first, again = person_of(me, MUM), person_of(me, AGAIN)
    client.force_login(me)
    told = client.get(address(again.number)).json()
    (found,) = told["candidates"]
    assert found["case"] == first.number
    assert "birth:same_date" in found["likeness"]
    assert "probability" not in str(told)
    kept = client.post(address(again.number), SAID | {"case": first.number}, JSON)
    assert kept.status_code == 201
    assert client.get(address(again.number)).json()["other_cases"] == [first.number]
    second = client.post(address(again.number), SAID | {"case": first.number}, JSON)
    assert "a moment ago" in second.json()["detail"]
    changed = {"answer": "different", "because": "Two sisters."}
    gone = client.post(address(again.number, f"/{kept.json()['id']}"), changed, JSON)
    assert gone.status_code == 201
    told = client.get(address(again.number)).json()
    assert told["other_cases"] == []
    assert [j["stands"] for j in told["judgements"]] == [False, True]


def test_another_agency_is_asked_and_answers(client, db):
    theirs, me = social_worker(), social_worker()
    known, again = person_of(theirs, MUM), person_of(me, AGAIN)
    client.force_login(me)
    told = client.get(address(again.number))
    assert told.json()["candidates"] == []
    assert told.json()["another_agency_may_know"]
    assert known.number not in told.content.decode()
    assert client.post(address(again.number, "/questions")).json() == {"asked": 1}
    client.force_login(theirs)
    (question,) = client.get("/api/v1/same-person/questions").json()
    assert question["case"] == known.number
    assert again.number not in str(question)
    kept = client.post(f"/api/v1/same-person/questions/{question['id']}", SAID, JSON)
    assert kept.status_code == 201
    client.force_login(me)
    told = client.get(address(again.number)).json()
    assert (told["answers"], told["other_cases"], told["judgements"]) == (["same"], [None], [])


@pytest.mark.parametrize("said", [{"answer": "perhaps", "because": "x"}, {"answer": "same"}])
def test_what_is_no_answer_is_refused_by_its_field(client, db, said):
    me = social_worker()
    first, again = person_of(me, MUM), person_of(me, AGAIN)
    client.force_login(me)
    assert (
        client.post(address(again.number), said | {"case": first.number}, JSON).status_code == 422
    )


def test_police_are_refused(client, db):
    theirs = officer(Role.REGISTRAR, at=agency(AgencyKind.POLICE))
    made = case(theirs)
    client.force_login(theirs)
    assert client.get(address(made.number)).status_code == 422


def enters(client, who, made):
    """Enter a recognised person in the register, and return the answer."""
    decision(made)
    opened_to(who, made)
    client.force_login(who)
    return again_enters(client, made)


def again_enters(client, made):
    return client.post(f"/api/v1/cases/{made.number}/registration", content_type=JSON)


def test_nobody_is_entered_until_it_is_said_whether_the_person_is_known(client, db):
    me = social_worker()
    first, again = person_of(me, MUM), person_of(me, AGAIN)
    refused = enters(client, me, again)
    assert refused.status_code == 409
    assert "somebody may be this person" in refused.json()["detail"]
    assert [c["case"] for c in refused.json()["candidates"]] == [first.number]
    become(me.pk)
    assert not Registration.objects.exists()
    assert Entry.objects.filter(act="registration.compared", subject=again.number).exists()
    assert again_enters(client, again).status_code == 409  # asked twice is not answered
    said = {"answer": "cannot_tell", "because": "No paper.", "case": first.number}
    client.post(address(again.number), said, JSON)
    assert again_enters(client, again).status_code == 201


def test_another_agency_that_may_know_the_person_is_asked_first_and_not_waited_for(client, db):
    known, me = person_of(social_worker(), MUM), social_worker()
    again = person_of(me, AGAIN)
    refused = enters(client, me, again)
    told = refused.json()
    assert (refused.status_code, told["candidates"]) == (409, [])
    assert told["another_agency_may_know"]
    assert known.number not in refused.text
    client.post(address(again.number, "/questions"))
    assert again_enters(client, again).status_code == 201


def test_somebody_nobody_is_like_is_entered_at_once_and_so_without_the_key_service(
    client, db, settings
):
    me = social_worker()
    alone = person_of(me, MUM)
    assert enters(client, me, alone).status_code == 201
    settings.KEYS_SOCKET = "nowhere"
    assert enters(client, me, person_of(me, AGAIN)).status_code == 201
