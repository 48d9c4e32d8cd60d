"""The document of the API is whole and true: what it promises is what is answered."""

import json
import re
from collections import defaultdict

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.safeguards.access.purposes import Role
from mekhala.web.exchange.api import ROUTERS, api
from tests import builders_agreements
from tests.builders import NOW, officer

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFUSALS = {"401", "404", "422"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def operations(document):
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_is_told_whole(document):
    assert document["openapi"].startswith("3.1")
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        assert operation["security"], name
        assert operation["responses"].keys() >= REFUSALS, name
        assert ("400" in operation["responses"]) == ("requestBody" in operation), name


SCHEMA = "/api/v1/openapi.json"


def test_the_document_is_shown_to_no_stranger(db, client):
    for headers in ({}, {"authorization": "Bearer mkt_nothing"}):
        answer = client.get(SCHEMA, headers=headers)
        assert (answer.status_code, set(answer.json())) == (401, {"detail"})
        assert b"paths" not in answer.content


def test_who_has_a_token_or_is_signed_in_reads_the_document(db, client, document):
    token = builders_agreements.new_token(reader := officer(Role.JUSTICE), "t", at=NOW, days=36500)
    by_token = client.get(SCHEMA, headers={"authorization": f"Bearer {token}"})
    assert (by_token.status_code, by_token.json()) == (200, document)
    client.force_login(reader)
    assert client.get(SCHEMA).json() == document


def test_there_is_no_page_of_the_document_that_fetches_scripts_elsewhere(db, client):
    client.force_login(officer(Role.JUSTICE))
    assert client.get("/api/v1/docs").status_code == 404


def test_without_the_guard_any_stranger_would_read_it(db, client, monkeypatch):
    """The mutant: a way in that knows everybody."""
    monkeypatch.setattr("mekhala.web.exchange.api.WAYS_IN", (lambda request: True,))
    assert client.get(SCHEMA).status_code == 200


def test_every_shape_is_a_json_schema_and_every_reference_leads_somewhere(document):
    shapes = document["components"]["schemas"]
    for name, shape in shapes.items():
        assert jsonschema_rs.meta.is_valid({"$schema": DRAFT} | shape), name
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named <= shapes.keys()


def test_no_two_rooms_give_one_name_to_two_shapes():
    """Of two shapes of one name the document would keep the last, and lie about the other."""
    import importlib

    from ninja import Schema

    homes = defaultdict(set)
    for room in ROUTERS:
        module = importlib.import_module(f"mekhala.web.exchange.{room}")
        for name, kind in vars(module).items():
            if isinstance(kind, type) and issubclass(kind, Schema):
                homes[name].add(kind)
    assert not [name for name, kinds in homes.items() if len(kinds) > 1]


@pytest.fixture
def call(client, db):
    tokens = {
        role: builders_agreements.new_token(officer(role), "t", at=NOW, days=36500) for role in Role
    }

    def call(role, method, path, body=None, kind="application/json"):
        client.raise_request_exception = False
        return client.generic(
            method, f"/api/v1{path}", body or b"", content_type=kind,
            headers={"authorization": f"Bearer {tokens[role]}"},
        )  # fmt: skip

    return call


def documented(document, method, path, answer):
    operation = document["paths"][f"/api/v1{path}"][method.lower()]
    said = operation["responses"].get(str(answer.status_code))
    assert said, (method, path, answer.status_code, answer.content[:200])
    shape = said["content"]["application/json"]["schema"]
    whole = shape | {"components": document["components"]}
    jsonschema_rs.validate(whole, answer.json())


POSTS = [
    (Role.FIRST_RESPONDER, "/cases", ["met_at", "place_code", "age", "sex", "was_alone"]),
    (Role.STATISTICIAN, "/linkage/lists", ["source", "csv", "file_name"]),
    (Role.STATISTICIAN, "/estimates", ["table", "method", "level", "bootstrap"]),
    (Role.JUSTICE, "/proceedings", ["complaint_on", "case"]),
    (Role.PROVIDER, "/services/suitable", ["need", "sex", "age"]),
    (Role.PROVIDER, "/unmet-needs", ["need", "reason"]),
    (Role.AUTHORITY, "/assess", ["case", "facts", "person"]),
    (Role.FIRST_RESPONDER, "/screen", ["profile", "indicators"]),
]


@pytest.mark.parametrize(("role", "path", "keys"), POSTS, ids=lambda v: v if "/" in v else "")
def test_whatever_is_posted_is_answered_as_documented(call, document, role, path, keys):
    @settings(
        max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        derandomize=True,
    )  # fmt: skip
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(keys, JSON)) | JSON)
    def tried(body):
        documented(document, "POST", path, call(role, "POST", path, json.dumps(body)))

    tried()


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"", "application/json"), (b"\xff", "application/json"), (b"{", "text/plain"),
     (b"[" * 100_000, "application/json"), (b"x", "multipart/form-data"),
     (b"9" * 5000, "application/json")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/cases", "/forms", "/submissions", "/claims"])
def test_a_body_that_cannot_be_read_is_refused_as_documented(call, document, path, body, kind):
    answer = call(Role.FIRST_RESPONDER, "POST", path, body, kind)
    assert 400 <= answer.status_code < 500
    documented(document, "POST", path, answer)


def test_more_than_is_taken_at_once_is_413_in_words(call, document):
    for path in ("/cases", "/submissions", "/claims"):
        answer = call(Role.STATISTICIAN, "POST", path, b"x" * (11 * 2**20 + 1), "text/csv")
        assert answer.status_code == 413
        documented(document, "POST", path, answer)


@pytest.mark.parametrize("value", [0, 1, "yes", "true", []])
def test_what_merely_resembles_an_answer_never_becomes_one(call, value):
    body = {"met_at": "2026-03-09T10:00:00Z", "place_code": "12", "consents_to_go_on": value}
    answer = call(Role.FIRST_RESPONDER, "POST", "/cases", json.dumps(body))
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "consents_to_go_on"


@pytest.mark.parametrize("day", [0, 1_700_000_000, "0", "20260309", "2026-03-09T00:00:00", True])
def test_a_number_never_becomes_a_day_in_1970(call, day):
    answer = call(Role.JUSTICE, "POST", "/proceedings", json.dumps({"complaint_on": day}))
    assert answer.status_code == 422
    assert answer.json()["detail"] == "complaint_on: expected a day such as 2026-03-09"


@pytest.mark.parametrize("path", ["/nothing", "/proceedings/a b", "/estimates/x", "/cases/a/b/c"])
def test_an_address_that_leads_nowhere_answers_json(call, path):
    answer = call(Role.JUSTICE, "GET", path)
    assert (answer.status_code, set(answer.json())) == (404, {"detail"})
