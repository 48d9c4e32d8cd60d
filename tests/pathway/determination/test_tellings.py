"""Who said what, when and through whom; a changed statement stands beside the first."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.errors import AlreadyAsked, NotAsked
from mekhala.pathway.determination.models import FactRequest, Finding, Source
from mekhala.safeguards.access.errors import NotYourRole
from tests.builders import NOW, officer
from tests.builders_casework import authority, referred, told


def test_a_changed_statement_keeps_both_and_what_happened_in_between(db, acting):
    (reader, *_) = authority()
    file = referred(answers={})
    first = told(file, reader, {"means.force": False}, kind="person", said_on=date(2026, 3, 4))
    then = told(
        file, reader, {"means.force": True}, kind="person", said_on=date(2026, 3, 9),
        follows=first, in_between="Four days in a shelter; a lawyer only at the second.",
    )  # fmt: skip
    assert queries.sources_of(file) == [first, then]
    assert queries.assessment(file)["sources_differ"] == ["means.force"]
    assert then.follows == first


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"said_on": date(2026, 3, 3), "in_between": "Nothing."}, "dated before"),
        ({"said_on": date(2026, 3, 9), "in_between": " "}, "between the two"),
    ],
)
def test_a_later_telling_comes_later_and_says_what_happened(db, acting, more, said):
    (reader, *_) = authority()
    file = referred(answers={})
    first = told(file, reader, kind="person", said_on=date(2026, 3, 4))
    with pytest.raises(WrongInput, match=said):
        told(file, reader, kind="person", follows=first, **more)


@pytest.mark.parametrize(
    "more", [{"kind": "wittness"}, {"manner": "statment"}, {"interpreting": "sworm"}]
)
def test_who_how_and_through_whom_are_codes(db, acting, more):
    (reader, *_) = authority()
    file = referred(answers={})
    with pytest.raises(WrongInput, match="did you mean"):
        told(file, reader, **more)


def test_a_telling_of_another_case_is_refused(db, acting):
    (reader, *_) = authority()
    file, other = referred(answers={}), referred(answers={})
    elsewhere = told(other, reader)
    with pytest.raises(WrongInput, match="another case"):
        services.record_finding(
            file=file, source=elsewhere, code="means.force", made_out=True, because="Said so.",
            by=reader, at=NOW,
        )  # fmt: skip
    with pytest.raises(WrongInput, match="another case"):
        told(file, reader, follows=elsewhere, in_between="Not known.")


def test_undated_tellings_come_last(db, acting):
    (reader, *_) = authority()
    file = referred(answers={})
    undated = told(file, reader)
    dated = told(file, reader, said_on=date(2026, 3, 4))
    assert queries.sources_of(file) == [dated, undated]


def _asked(file, reader, of, code="means.threat"):
    return services.ask_for_fact(
        file=file, code=code, question="Was she threatened?", asked_of=of, by=reader, at=NOW
    )


def test_who_screened_answers_what_was_returned_and_sees_nothing_else(db, acting):
    responder = officer()
    (reader, *_) = authority()
    file = referred(responder, answers={})
    told(file, reader, {"means.force": True})
    asked = _asked(file, reader, responder)
    acting(responder)
    assert list(queries.requests_to(responder)) == [asked]
    services.answer_request(
        request=asked, made_out=True, because="He said he would come back.", by=responder,
        at=NOW + timedelta(days=1),
    )  # fmt: skip
    assert [f.code for f in Finding.objects.all()] == ["means.threat"]
    assert not queries.requests_to(responder).exists()
    acting(reader)
    assert not queries.requests_of(file)
    assert queries.assessment(file)["facts"]["means.threat"] == "yes"


def test_a_question_is_answered_once_and_by_whom_it_was_put_to(db, acting):
    responder = officer()
    reader, other, _ = authority()
    file = referred(responder, answers={})
    acting(reader)
    asked = _asked(file, reader, responder)
    with pytest.raises(NotAsked):
        services.answer_request(request=asked, made_out=True, because="So.", by=other, at=NOW)
    acting(responder)
    services.answer_request(request=asked, made_out=None, because="?", by=responder, at=NOW)
    with pytest.raises(NotAsked):
        services.answer_request(request=asked, made_out=True, because="So.", by=responder, at=NOW)


def test_a_question_goes_only_to_who_met_the_person(db, acting):
    (reader, *_) = authority()
    file = referred(answers={})
    acting(reader)
    with pytest.raises(NotYourRole):
        _asked(file, reader, officer())


def test_a_fact_is_asked_for_once_and_can_be_taken_back(db, acting):
    (reader, *_) = authority()
    file = referred(answers={})
    acting(reader)
    asked = _asked(file, reader, None)
    with pytest.raises(AlreadyAsked):
        _asked(file, reader, None)
    services.take_back_request(request=asked, by=reader, at=NOW)
    assert _asked(file, reader, None).pk != asked.pk
    assert FactRequest.objects.get(pk=asked.pk).answer is None


def test_a_kept_telling_is_never_changed(db, acting):
    (reader, *_) = authority()
    file = referred(answers={})
    source = told(file, reader)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(who=b"")
    assert Source.objects.get().who == ""
