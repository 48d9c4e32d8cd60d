"""Programs that send something strange to the authority's API: one sentence, nothing kept."""

import json

import pytest
from django.utils import timezone

from mekhala.pathway.determination.models import (
    ClockChange,
    Decision,
    DeterminationFile,
    FactRequest,
    Finding,
    Reading,
    Source,
)
from mekhala.safeguards.access.purposes import Role
from tests.builders import agency, officer
from tests.builders_agreements import new_token
from tests.builders_casework import authority, read, referred, registrar
from tests.builders_reading import refused, without_means

KEPT = (ClockChange, Decision, DeterminationFile, FactRequest, Finding, Reading, Source)
GOOD = {
    "sources": {"kind": "witness", "manner": "statement", "said_on": "2026-03-09", "who": "x",
                "language": "km", "present": "x", "interpreting": "not_known", "in_between": "x"},
    "findings": {"code": "means.threat", "made_out": True, "source": 0, "because": "x"},
    "requests": {"code": "means.threat", "question": "x", "asked_of": "authority"},
    "readings": {"answer": "PossibleVictimOfTrafficking", "grounds": ["elements_made_out"],
                 "reasons": "x", "no_tie": True, "differs_because": "x"},
    "clock/pause": {"reason": "safety", "because": "x"},
    "clock/extend": {"reason": "safety", "because": "x", "due_on": "2026-12-31"},
    "clock/go-on": {"because": "x"},
    "clock/end-minimum": {"because": "x"},
    "reconsiderations": {"grounds": ["new_evidence"], "because": "x", "late_because": "x"},
}  # fmt: skip
STRANGE = ["a\0b", "\ud800", 10**40, -1, None, [], {}, ["a\0b"], "x" * 1_000_000, "9999-12-31", 0.5,
           ""]  # fmt: skip


@pytest.fixture
def call(client, acting):
    """Return a function that calls the API in an officer's name and answers status and words."""
    client.raise_request_exception = False
    tokens = {}

    def send(who, method, path, body=None):
        acting(who)
        if who.pk not in tokens:
            tokens[who.pk] = new_token(who, "test", at=timezone.now())
        answer = getattr(client, method)(
            f"/api/v1{path}", json.dumps(body) if body is not None else None,
            content_type="application/json",
            headers={"authorization": f"Bearer {tokens[who.pk]}"},
        )  # fmt: skip
        acting(who)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer.content.decode()

    return send


@pytest.mark.parametrize("where", GOOD)
def test_a_strange_value_is_refused_in_one_sentence_and_nothing_is_kept(db, acting, call, where):
    (reader, *_) = authority()
    file = referred()
    acting(reader)
    good = GOOD[where] | ({"source": Source.objects.get().pk} if where == "findings" else {})
    before, bad = [m.objects.count() for m in KEPT], []
    for field in good:
        for value in STRANGE:
            if is_plain(value) and good[field] in ("x", "2026-12-31"):
                continue  # words and days may be so
            status, said = call(reader, "post", f"/cases/{file.case_id}/{where}",
                                good | {field: value})  # fmt: skip
            after = [m.objects.count() for m in KEPT]
            is_told = 400 <= status < 500 and isinstance(said["detail"], str)
            if (not is_told and not is_allowed(field, value)) or status >= 500:
                bad.append((field, str(value)[:20], status))
            if is_told and after != before:
                bad.append((field, str(value)[:20], "kept"))
            before = after
    assert bad == []


def is_plain(value):
    """Return whether a value may stand where words are asked for, or a day."""
    return isinstance(value, str) and value not in ("a\0b", "\ud800", "") and len(value) < 99


def is_allowed(field, value):
    """Return whether what is sent means *not known* or *nothing to say* at this field."""
    return (field, value) in {("made_out", None), ("said_on", None)} or value == ""


def test_one_agency_alone_never_refuses(db, acting, call):
    board = agency("competent_authority")
    one, two = (officer(Role.AUTHORITY, at=board) for _ in range(2))
    file = without_means()
    told = {"answer": "NotAVictimOfTrafficking", "grounds": ["no_means"], "reasons": "x",
            "no_tie": True}  # fmt: skip
    for reader in (one, two):
        status, said = call(reader, "post", f"/cases/{file.case_id}/readings", told)
        assert (status, said) == (201, {"is_decided": False, "status": None})
    assert not Decision.objects.exists()
    status, _said = call(one, "post", f"/cases/{file.case_id}/readings", told)
    assert status == 422


def test_a_paused_question_is_not_read(db, acting, call):
    (reader, *_) = authority()
    file = referred()
    where = f"/cases/{file.case_id}"
    assert call(reader, "post", f"{where}/clock/pause", GOOD["clock/pause"])[0] == 201
    assert call(reader, "post", f"{where}/readings", GOOD["readings"])[0] == 422
    assert not Reading.objects.exists()


def test_nothing_tells_a_reader_what_the_other_answered(db, acting, call):
    readers = authority()
    file = referred()
    read(file, readers[0], reasons="A word of the first reader.")
    for path in ("files", "assessment", "requests", "clock", "decision", "readings", ""):
        status, said = call(readers[1], "get", f"/cases/{file.case_id}/{path}".rstrip("/"))
        told = json.dumps(said)
        assert status < 500
        for word in ("PossibleVictim", "elements_made_out", "A word of the first reader"):
            assert word not in told, path


def test_who_screened_or_keeps_the_register_reads_nothing(db, acting, call):
    authority()
    here, by = registrar(), officer()
    file = referred(by)
    for who in (here, by):
        for path in ("findings", "assessment", "requests", "clock"):
            assert call(who, "get", f"/cases/{file.case_id}/{path}")[0] in (404, 405)
        assert call(who, "post", f"/cases/{file.case_id}/readings", GOOD["readings"])[0] in (
            404,
            422,
        )
    assert not Reading.objects.exists()


def test_what_is_asked_again_twice_is_asked_once(db, acting, call):
    readers, here = authority(5), registrar()
    old = refused(readers)
    told = GOOD["reconsiderations"]
    assert call(here, "post", f"/cases/{old.case_id}/reconsiderations", told)[0] == 201
    assert call(here, "post", f"/cases/{old.case_id}/reconsiderations", told)[0] == 422
