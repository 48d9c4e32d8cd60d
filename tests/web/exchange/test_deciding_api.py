"""The API of the clock and of asking again: the pages' acts, under the same rules."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import officer
from tests.builders_agreements import new_token
from tests.builders_casework import authority, referred, registrar
from tests.builders_reading import refused

SAID = {"because": "She wants a week."}
PAUSED = SAID | {"reason": "persons_wish"}
ASKED = {
    "grounds": ["new_evidence"], "because": "Her contract has come.",
    "late_because": "She was in hospital.",
}  # fmt: skip


@pytest.fixture
def call(client, acting):
    """Return a function that calls the API in an officer's name."""

    def send(who, method, path, body=None):
        acting(who)
        token = new_token(who, "test", at=timezone.now())
        answer = getattr(client, method)(
            f"/api/v1{path}", json.dumps(body) if body is not None else None,
            content_type="application/json", headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip
        return answer.status_code, answer.json()

    return send


def test_a_clock_stands_still_goes_on_and_runs_longer(db, call):
    (reader, *_) = authority()
    where = f"/cases/{referred().case_id}/clock"
    status, kept = call(reader, "post", f"{where}/pause", PAUSED)
    assert (status, kept["act"], kept["stage"]) == (201, "paused", "reasonable_grounds")
    assert call(reader, "post", f"{where}/pause", PAUSED)[0] == 422
    assert call(reader, "post", f"{where}/go-on", SAID)[0] == 201
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    longer = PAUSED | {"due_on": later, "reason": "interpreter"}
    assert call(reader, "post", f"{where}/extend", longer)[1]["due_on"] == later
    assert call(reader, "post", f"{where}/end-minimum", SAID)[0] == 422
    acts = [change["act"] for change in call(reader, "get", where)[1]]
    assert acts == ["extended", "resumed", "paused"]


@pytest.mark.parametrize(
    ("told", "word"),
    [(PAUSED | {"reason": "wish"}, "persons_wish"), (PAUSED | {"because": " "}, "because"),
     (SAID, "reason"), (PAUSED | {"until": "soon"}, "until")],
)  # fmt: skip
def test_a_pause_without_a_known_reason_is_refused_in_one_sentence(db, call, told, word):
    (reader, *_) = authority()
    status, said = call(reader, "post", f"/cases/{referred().case_id}/clock/pause", told)
    assert status == 422
    assert word in said["detail"]


def test_a_registrar_asks_again_and_the_clock_is_not_there_for_her(db, call):
    readers, here = authority(5), registrar()
    number = refused(readers).case_id
    assert call(here, "get", f"/cases/{number}/clock")[0] == 404
    status, file = call(here, "post", f"/cases/{number}/reconsiderations", ASKED)
    assert (status, file["not_before"]) == (201, None)
    assert file["asks_again_id"] is not None
    assert call(here, "post", f"/cases/{number}/reconsiderations", ASKED)[0] == 422
    assert call(readers[3], "get", f"/cases/{number}/decision")[1]["id"] == file["asks_again_id"]


def test_what_is_not_decided_or_not_open_cannot_be_asked_again(db, call):
    (reader, *_) = authority()
    number = referred().case_id
    for who in (reader, officer()):
        assert call(who, "post", f"/cases/{number}/reconsiderations", ASKED)[0] == 404
