"""The API of the forms room: the same acts as the pages, with a program's key."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mekhala.forms.models import Submission
from mekhala.safeguards.access.purposes import Role
from tests import builders_agreements
from tests.builders import officer
from tests.builders_forms import filled, form_version, picture, survey


@pytest.fixture
def program(client, db, acting):
    """Return a function that signs the client in as a program of an officer."""
    from django.utils import timezone

    def of(role=Role.FIRST_RESPONDER):
        who = officer(role)
        acting(who)
        token = builders_agreements.new_token(who, "a program", at=timezone.now())
        acting(None)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return who

    return of


def _add(client, content=None, name="invented.md"):
    return client.post("/api/v1/forms", {"file": SimpleUploadedFile(name, content or survey())})


def _send(client, xml=None):
    return client.post("/api/v1/submissions", xml or filled(), content_type="text/xml")


def test_a_form_is_added_and_listed(client, program):
    program(Role.AUTHORITY)
    added = _add(client)
    assert added.status_code == 201
    assert added.json()["form_id"] == "invented"
    assert client.get("/api/v1/forms").json() == [added.json()]
    assert client.get("/api/v1/forms/invented/versions").json() == [added.json()]


def test_a_broken_form_answers_422_in_its_own_sentence(client, program):
    program(Role.AUTHORITY)
    answer = _add(client, b"rubbish")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("invented.md: ")


def test_another_role_adds_no_form(client, program):
    program(Role.FIRST_RESPONDER)
    assert _add(client).status_code == 422
    assert client.get("/api/v1/forms/invented/versions").status_code == 404


def test_a_filled_form_is_kept_once_and_read_again(client, program):
    program()
    form_version()
    first, again = _send(client), _send(client)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    found = client.get("/api/v1/submissions/uuid:1").json()
    assert found["answers"]["child[1]/age"] == "7"
    assert found["answers"]["child[2]/age"] is None


def test_other_content_under_the_same_id_answers_409_and_is_kept(client, program, acting):
    who = program()
    form_version()
    _send(client)
    answer = _send(client, filled(safe="no"))
    assert (answer.status_code, answer.json()["state"]) == (409, "held")
    acting(who)
    assert Submission.objects.count() == 2


def test_multipart_with_a_file_is_kept_too(client, program):
    program()
    form_version()
    parts = {
        "xml_submission_file": SimpleUploadedFile("s.xml", filled(), "text/xml"),
        "a.jpg": SimpleUploadedFile("a.jpg", picture(), "image/jpeg"),
    }
    answer = client.post("/api/v1/submissions", parts)
    assert (answer.status_code, answer.json()["attachments"]) == (201, ["a.jpg"])


@pytest.mark.parametrize("xml", [b"", b"<data", filled(version="9"), b"<!DOCTYPE d><d/>"])
def test_what_does_not_fit_answers_422_in_words(client, program, xml):
    program()
    form_version()
    answer = client.generic("POST", "/api/v1/submissions", xml, "text/xml")
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_another_agencys_answers_are_not_there(client, program):
    program()
    form_version()
    _send(client)
    program()
    assert client.get("/api/v1/submissions/uuid:1").status_code == 404


def test_without_a_key_nothing_opens(client, db):
    assert client.get("/api/v1/forms").status_code == 401
    assert _send(client).status_code == 401
