"""Wrong input anywhere is a 4xx in words, never a 500."""

import pytest

from mekhala.safeguards.access.purposes import Role
from tests import builders_agreements
from tests.builders import NOW, officer

STRANGE = ["/cases/\0/", "/cases/MK-0000-0000/", "/cases/'; drop table x --/", "/claims/\0/",
           "/releases/none/", "/estimates/999999999999999999999/", "/submissions/0/",
           "/cases/?number=%00", "/f/formList?formID=%00"]  # fmt: skip


@pytest.mark.parametrize("address", STRANGE)
@pytest.mark.parametrize("role", list(Role))
def test_a_strange_address_is_not_there(db, client, role, address):
    client.force_login(officer(role))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"sex": 5}', '{"met_at": "\\u0000"}'])
def test_a_strange_body_is_refused_in_words(db, client, body):
    token = builders_agreements.new_token(officer(), "test", at=NOW, days=36500)
    answer = client.post(
        "/api/v1/cases", body, content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip
    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"]


def test_a_nul_in_a_text_is_refused_and_nothing_is_kept(db, client):
    who = officer()
    token = builders_agreements.new_token(who, "test", at=NOW, days=36500)
    body = {"met_at": "2026-03-09T10:00:00Z", "place_code": "12", "language": "k\0m"}
    answer = client.post(
        "/api/v1/cases", body, content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip
    assert 400 <= answer.status_code < 500
