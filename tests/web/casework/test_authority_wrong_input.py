"""Whatever is posted to a page of the authority is answered in words; nothing is half-written."""

import pytest

from mekhala.pathway.determination.models import (
    ClockChange,
    Decision,
    DeterminationFile,
    FactRequest,
    Finding,
    Letter,
    Reading,
    Recusal,
    Source,
)
from tests.builders_casework import authority, referred
from tests.builders_reading import post, seen, signed_in, text

KEPT = (ClockChange, Decision, DeterminationFile, FactRequest, Finding, Letter, Reading, Recusal,
        Source)  # fmt: skip
HUGE = "ក" * 350_000
FORMS = {
    "facts/": {"conduct_from": "2009", "conduct_to": "2010"},
    "facts/new/": {"code": "means.threat", "source": "SOURCE", "made_out": "yes", "because": "x"},
    "facts/ask/": {"code": "means.threat", "question": "x", "asked_of": "authority"},
    "sources/new/": {
        "kind": "witness", "manner": "statement", "who": "x", "said_on": "2026-03-09",
        "language": "km", "interpreting": "none_needed", "present": "x", "follows": "SOURCE",
        "in_between": "x",
    },
    "sources/SOURCE/facts/": {"means.threat": "yes", "means.threat-words": "x"},
    "decision/": {
        "answer": "PossibleVictimOfTrafficking", "grounds": "elements_made_out", "reasons": "x",
        "differs_because": "x", "no_tie": "on", "seen": "SEEN", "step": "confirm",
    },
    "clock/": {"act": "pause", "pause-reason": "safety", "pause-because": "x"},
    "clock/#extend": {
        "act": "extend", "extend-due_on": "2026-12-31", "extend-reason": "safety",
        "extend-because": "x",
    },
    "safe-contact/": {
        "way": "in_person", "hours": "x", "through": "x", "language": "km",
        "paper_may_be_given": "yes", "words": "x",
    },
}  # fmt: skip
WORDS_MAY = {"a code that is none", "a number too large", "a far day"}  # words say anything
STRANGE = {
    "a sign that cannot be kept": "a\0b",
    "a megabyte": HUGE,
    "a code that is none": "no.such.code",
    "a number too large": "9" * 40,
    "a far day": "99999-12-31",
}


def _kept():
    return [model.objects.count() for model in KEPT]


@pytest.fixture
def asked(db, acting):
    """Return an open question, its reader, and the number of its telling."""
    readers = authority()
    file = referred()
    acting(readers[0])
    return file, readers[0], Source.objects.get(file=file).pk


def _filled(told, source, mark):
    return {k: {"SOURCE": str(source), "SEEN": mark}.get(v, v) for k, v in told.items()}


@pytest.mark.parametrize("where", FORMS)
def test_a_strange_value_in_any_field_is_answered_in_words(asked, acting, where):
    file, reader, source = asked
    client = signed_in(reader)
    client.raise_request_exception = False
    page = f"/cases/{file.case_id}/{where}".replace("SOURCE", str(source)).split("#")[0]
    mark = seen(client, page) if where == "decision/" else ""
    good = _filled(FORMS[where], source, mark)
    acting(reader)
    before, bad = _kept(), []
    for field in good.keys() - {"step"}:  # any other step shows what would be recorded
        for what, value in STRANGE.items():
            if good[field] == "on" or (good[field] == "x" and what in WORDS_MAY):
                continue
            answer = client.post(page, good | {field: value})
            acting(reader)
            told = answer.status_code == 200 and "govuk-error-summary" in text(answer)
            if not (told or 400 <= answer.status_code < 500) or _kept() != before:
                bad.append((field, what, answer.status_code, _kept() != before))
                before = _kept()
    assert bad == []


@pytest.mark.parametrize("where", [w for w in FORMS if w != "facts/"])  # dates may be unknown
def test_an_empty_post_says_what_is_missing(asked, acting, where):
    file, reader, source = asked
    page = f"/cases/{file.case_id}/{where}".replace("SOURCE", str(source)).split("#")[0]
    client = signed_in(reader)
    client.raise_request_exception = False
    acting(reader)
    before = _kept()
    empty = {k: v for k, v in FORMS[where].items() if k == "act"}
    answer = client.post(page, empty | {"csrfmiddlewaretoken": "x"})
    acting(reader)
    assert (answer.status_code, _kept()) == (200, before)
    assert "govuk-error-summary" in text(answer)


@pytest.mark.parametrize(
    "query", ["?code=%00", "?follows=%00", "?article=%00", "?kind=%00&manner=%00", "?page=%00"]
)
@pytest.mark.parametrize(
    "where", ["facts/", "facts/new/", "facts/ask/", "sources/new/", "matrix/", "decision/",
              "sources/99999999999999999999/", "letters/99999999999999999999/",
              "returned/99999999999999999999/", "sources/SOURCE/facts/"],
)  # fmt: skip
def test_a_strange_address_of_the_file_is_no_error(asked, where, query):
    file, reader, source = asked
    client = signed_in(reader)
    client.raise_request_exception = False
    page = f"/cases/{file.case_id}/{where}".replace("SOURCE", str(source))
    assert client.get(page + query).status_code in (200, 404)


def test_what_belongs_to_another_case_cannot_be_named(asked, acting):
    file, reader, _source = asked
    other = referred()
    acting(reader)
    foreign = Source.objects.get(file=other).pk
    before, client = _kept(), signed_in(reader)
    for where in ("facts/new/", "sources/new/"):
        good = _filled(FORMS[where], foreign, "")
        answer = client.post(f"/cases/{file.case_id}/{where}", good)
        assert "govuk-error-summary" in text(answer)
    for where in (f"sources/{foreign}/", f"sources/{foreign}/facts/"):
        assert client.get(f"/cases/{file.case_id}/{where}").status_code == 404
    acting(reader)
    assert _kept() == before


def test_a_reading_posted_twice_is_kept_once(asked, acting):
    file, reader, _source = asked
    client, where = signed_in(reader), f"/cases/{file.case_id}/decision/"
    mark = seen(client, where)
    assert post(client, where, step="confirm", seen=mark).status_code == 302
    again = post(client, where, step="confirm", seen=mark)
    assert again.status_code == 200
    assert "govuk-error-summary" in text(again)
    acting(reader)
    assert Reading.objects.count() == 1


def test_what_is_changed_after_the_last_look_is_checked_like_the_first(asked, acting):
    file, reader, _source = asked
    client, where = signed_in(reader), f"/cases/{file.case_id}/decision/"
    assert post(client, where).status_code == 200
    for changed in (
        {"answer": "ActualVictimOfTrafficking"}, {"answer": "NotAVictimOfTrafficking"},
        {"grounds": ["no_act"]}, {"no_tie": ""}, {"seen": "1.1.1.."},
        {"answer": "NotAVictimOfTrafficking", "grounds": ["no_act"], "is_override": "False"},
    ):  # fmt: skip
        answer = post(client, where, step="confirm", **changed)
        assert "govuk-error-summary" in text(answer), changed
    acting(reader)
    assert not Reading.objects.exists()


def test_a_tie_said_twice_finds_the_case_closed(asked):
    file, reader, _source = asked
    client, where = signed_in(reader), f"/cases/{file.case_id}/tie/"
    assert client.post(where).status_code == 302
    assert client.post(where).status_code == 404
