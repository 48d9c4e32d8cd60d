"""Facts asked for and answered by other programs, with the same rules as on the pages."""

import pytest

from mekhala.pathway.determination.models import FactRequest
from tests.builders import officer
from tests.builders_file import opened

ASKED = {"code": "means.force", "question": "Who held the passport?", "asked_of": "screened"}


@pytest.fixture
def api(client):
    """Return a function that calls the API as an officer."""

    def call(who, verb, path, body=None):
        client.force_login(who)
        more = {"data": body, "content_type": "application/json"} if verb == "post" else {}
        return getattr(client, verb)(f"/api/v1/{path}", **more)

    return call


def test_a_question_is_asked_found_and_answered(db, api, acting):
    file, reader = opened()
    where = f"cases/{file.case_id}/requests"
    made = api(reader, "post", where, ASKED)
    assert made.status_code == 201, made.content
    assert [r["id"] for r in api(reader, "get", where).json()] == [made.json()["id"]]
    assert api(officer(), "get", "requests").json() == []
    (mine,) = api(file.screened_by, "get", "requests").json()
    assert (mine["case"], mine["question"]) == (file.case_id, ASKED["question"])
    answer = {"made_out": None, "because": "She could not say."}
    done = api(file.screened_by, "post", f"requests/{mine['id']}/answer", answer)
    assert done.status_code == 201, done.content
    assert done.json()["made_out"] is None
    assert api(reader, "get", where).json() == []
    again = api(file.screened_by, "post", f"requests/{mine['id']}/answer", answer)
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "means.forse"}, "did you mean 'means.force'"),
        ({"question": " "}, "question: it is empty"),
        ({"asked_of": "referred"}, "expected screened or authority"),
        ({"asked_of": "the minister"}, "asked_of"),
    ],
)
def test_a_question_that_does_not_fit_is_refused_in_one_sentence(db, api, acting, change, said):
    file, reader = opened()
    answer = api(reader, "post", f"cases/{file.case_id}/requests", ASKED | change)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    acting(reader)
    assert not FactRequest.objects.exists()


def test_a_question_is_taken_back_once(db, api):
    file, reader = opened()
    where = f"cases/{file.case_id}/requests"
    pk = api(reader, "post", where, ASKED).json()["id"]
    assert api(reader, "post", f"{where}/{pk}/take-back").json()["ended_at"]
    assert api(reader, "post", f"{where}/{pk}/take-back").status_code == 409


def test_a_program_cannot_follow_a_telling_that_is_followed(db, api):
    file, reader = opened()
    where = f"cases/{file.case_id}/sources"
    first = api(reader, "post", where, {"kind": "person", "manner": "statement"}).json()["id"]
    then = {"kind": "person", "manner": "statement", "follows": first, "in_between": "A day."}
    assert api(reader, "post", where, then).status_code == 201
    refused = api(reader, "post", where, then)
    assert refused.status_code == 422
    assert "another telling follows it already" in refused.json()["detail"]
