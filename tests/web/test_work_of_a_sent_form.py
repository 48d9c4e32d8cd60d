"""What a filled form asks of the database: few statements, none of them planned anew."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mekhala.safeguards.access import devices
from mekhala.web.field import short_way
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version

SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")  # within a test only, as is the actor put back
MOST = {"short": 1, "long": 12 + 1}
KEEPS = "questionnaires_keep_together"


@pytest.fixture
def send(db, acting):
    """Return a function that sends a filled form from one phone and returns what was asked."""
    form_version("1")
    owner = officer()
    acting(owner)
    device, password = devices.issue(owner, "a phone", at=NOW)
    acting(None)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    phone = Client(headers={"Authorization": f"Basic {key}", "X-OpenRosa-Version": "1.0"})

    def sent(instance):
        parts = {"xml_submission_file": SimpleUploadedFile("s.xml", filled(instance), "text/xml")}
        with CaptureQueriesContext(connection) as asked:
            assert phone.post("/f/submission", parts).status_code == 201
        said = [one["sql"] for one in asked.captured_queries]
        return [one for one in said if not one.startswith(SAVEPOINTS)]

    return sent


@pytest.mark.parametrize("way", MOST)
def test_a_sent_form_takes_few_statements_and_each_is_planned_already(send, way, monkeypatch):
    if way == "long":
        monkeypatch.setattr(short_way, "_kept", lambda _request: None)
    send("uuid:1"), send("uuid:2")
    with connection.cursor() as cursor:
        asked = send("uuid:3")
        cursor.execute("select statement from pg_prepared_statements")
        kept = {_plain(statement) for (statement,) in cursor.fetchall()}
    assert len(asked) <= MOST[way], asked
    assert any(KEEPS in one for one in asked) == (way == "short")
    assert [one for one in asked if _plain(one) not in kept] == []


def _plain(statement):
    """Return a statement without its places for values, which are written in two ways."""
    words = statement.replace("%s", "$").replace("%b", "$").split()
    return "".join(c for c in "".join(words) if not c.isdigit())
