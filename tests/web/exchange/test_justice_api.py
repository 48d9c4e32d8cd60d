"""The API of justice: the same acts, the same words, the same closed doors."""

import pytest
from django.utils import timezone

from mekhala.pathway.justice import services
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_agreements import new_token
from tests.builders_justice import ARTICLE, AT, COMPLAINT_ON, NAME, accused, court_officer

API = "/api/v1"


@pytest.fixture
def call(client, db):
    """Return a function that calls the API as an officer."""

    def call(who, method, path, **given):
        key = f"Bearer {new_token(who, 'test', at=timezone.now())}"
        send = getattr(client, method)
        more = {"data": given, "content_type": "application/json"} if method == "post" else {}
        return send(f"{API}{path}", headers={"Authorization": key}, **more)

    return call


def _filed(call, court):
    answer = call(court, "post", "/proceedings", complaint_on=COMPLAINT_ON.isoformat())
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


def test_from_complaint_to_a_withdrawn_charge(call, db):
    court = court_officer()
    number = _filed(call, court)
    added = call(court, "post", f"/proceedings/{number}/accused", sex="male", identity=NAME)
    one = added.json()["number"]
    for stage, on in (("suspect", "2024-03-05"), ("charged", "2024-04-05")):
        assert call(court, "post", f"/accused/{one}/steps", stage=stage, on=on).status_code == 201
    charged = call(
        court, "post", f"/accused/{one}/charges", statute="KH-LSHTSE-2008", article="12",
        in_force_from="2008-02-15", conduct_from="2023", charged_on="2024-04-05",
    )  # fmt: skip
    assert charged.json()["verified"] is False
    path = f"/accused/{one}/charges/{charged.json()['id']}/withdrawal"
    assert call(court, "post", path, on="2024-05-05").json()["withdrawn_on"] == "2024-05-05"
    told = call(court, "get", f"/proceedings/{number}").json()["accused"][0]
    assert (told["stage"], told["word"], told["age"]) == ("charged", "Charged", None)
    assert [step["stage"] for step in told["ladder"]] == ["named", "suspect", "charged"]
    assert NAME["latin_name"] not in str(told)
    assert call(court, "get", "/proceedings").json()[0]["accused"] == {one: "charged"}


def test_no_program_records_a_charge_or_its_step_against_a_presumed_victim_unchecked(call, db):
    court = court_officer()
    one = accused(court, upto="suspect")
    services.describe(one, by=court, at=AT, presumed_victim=True)
    step = call(court, "post", f"/accused/{one.number}/steps", stage="charged", on="2024-04-05")
    charged = call(
        court, "post", f"/accused/{one.number}/charges", charged_on="2024-04-05",
        **{name: str(said) for name, said in ARTICLE.items()},
    )  # fmt: skip
    assert (step.status_code, charged.status_code) == (422, 422)
    assert "begin with" in step.json()["detail"]
    assert "made to do it" in charged.json()["detail"]
    told = call(court, "get", f"/proceedings/{one.proceeding_id}").json()["accused"][0]
    assert (told["stage"], told["charges"]) == ("suspect", [])


def test_refuses_in_words_and_keeps_nothing(call, db):
    court = court_officer()
    number = _filed(call, court)
    one = call(court, "post", f"/proceedings/{number}/accused", sex="female").json()["number"]
    refused = call(court, "post", f"/accused/{one}/steps", stage="convicted", on="2024-03-05")
    assert refused.status_code == 422
    assert "does not follow" in refused.json()["detail"]
    told = call(court, "get", f"/proceedings/{number}").json()["accused"][0]
    assert told["stage"] == "named"


def test_what_is_not_open_is_not_there(call, db):
    court = court_officer()
    number = _filed(call, court)
    stranger = officer(Role.JUSTICE)
    assert call(stranger, "get", f"/proceedings/{number}").status_code == 404
    assert call(stranger, "get", "/proceedings").json() == []
    assert call(stranger, "post", f"/proceedings/{number}/accused", sex="male").status_code == 404


def test_another_role_files_no_complaint(call, db):
    answer = call(officer(), "post", "/proceedings", complaint_on=COMPLAINT_ON.isoformat())
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/proceedings", {"complaint_on": "2024-02-05", "case": "\0"}),
        ("/proceedings", {"complaint_on": "9999-02-05"}),
        ("/proceedings", {"complaint_on": "soon"}),
        ("/proceedings/{number}/accused", {"identity": {"latin_name": "a\0"}}),
        ("/proceedings/{number}/accused", {"age": -1}),
        ("/proceedings/{number}/accused", {"sex": "nobody"}),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(call, db, path, given):
    court = court_officer()
    number = _filed(call, court)
    answer = call(court, "post", path.format(number=number), **given)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_number_that_is_no_number_is_not_there(call, db):
    court = court_officer()
    for number in ("%00", "PR-0000-0000", "..%2F"):
        assert call(court, "get", f"/proceedings/{number}").status_code == 404
