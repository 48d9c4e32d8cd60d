"""Who sees and adds what of the evidence: the database decides, not the page."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from mekhala.pathway.determination import services
from mekhala.pathway.determination.errors import NotAsked
from mekhala.pathway.determination.models import FactRequest, Finding, Source
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Purpose
from tests.builders import NOW, officer, open_to
from tests.builders_casework import MADE_OUT
from tests.builders_file import asked, opened, spoken

LATER = NOW + timedelta(hours=6)


def test_who_screened_sees_the_question_and_of_the_evidence_only_the_own(db, acting):
    file, reader = opened(MADE_OUT)
    spoken(file, reader, {"means.force": True})
    mine = asked(file, reader)
    asked(file, reader, code="means.fraud", asked_of=None)
    acting(file.screened_by)
    assert list(FactRequest.objects.all()) == [mine]
    assert set(Finding.objects.values_list("code", flat=True)) == set(MADE_OUT)
    assert set(Source.objects.values_list("manner", flat=True)) == {"screening"}


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.DETERMINATION])
def test_no_other_purpose_opens_a_telling_a_fact_or_a_question(db, acting, purpose):
    file, reader = opened(MADE_OUT)
    spoken(file, reader, {"means.force": True})
    asked(file, reader)
    other = officer()
    open_to(other, file.case_id, purpose)
    acting(other)
    for model in (Source, Finding, FactRequest):
        assert not model.objects.exists()


def test_who_is_asked_cannot_put_a_statement_into_the_file(db, acting):
    file, reader = opened()
    asked(file, reader)
    acting(file.screened_by)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Source.objects.create(
            file=file, kind="person", manner="statement", recorded_by=file.screened_by,
            recorded_at=LATER,
        )  # fmt: skip


def test_who_is_asked_cannot_add_to_somebody_elses_telling(db, acting):
    file, reader = opened()
    theirs = spoken(file, reader, {"means.force": True})
    asked(file, reader, code="means.fraud")
    acting(file.screened_by)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Finding.objects.create(
            file=file, source_id=theirs.pk, code="means.fraud", made_out=True, because="x",
            recorded_by=file.screened_by, recorded_at=LATER,
        )  # fmt: skip


def test_who_is_asked_cannot_ask_nor_hand_the_question_on(db, acting):
    file, reader = opened()
    mine, other = asked(file, reader), officer()
    acting(file.screened_by)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        FactRequest.objects.create(
            file=file, code="means.fraud", question="x", asked_by=file.screened_by, asked_at=LATER
        )
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        FactRequest.objects.filter(pk=mine.pk).update(asked_of=other)


def test_a_question_is_answered_once(db, acting):
    file, reader = opened()
    mine, by = asked(file, reader), file.screened_by
    acting(by)
    told = {"request": mine, "made_out": True, "because": "He kept it.", "by": by, "at": LATER}
    kept = services.answer_request(**told)
    assert (kept.source.manner, kept.recorded_by) == ("screening", by)
    with pytest.raises(NotAsked):
        services.answer_request(**told | {"request": FactRequest.objects.get(pk=mine.pk)})
    assert Finding.objects.filter(code="means.force").count() == 1


def test_a_question_that_was_answered_is_not_taken_back(db, acting):
    file, reader = opened()
    mine = asked(file, reader)
    stale = FactRequest.objects.get(pk=mine.pk)
    acting(file.screened_by)
    services.answer_request(
        request=mine, made_out=None, because="Not known.", by=file.screened_by, at=LATER
    )
    acting(reader)
    with pytest.raises(ActRefused, match="Another officer"):
        services.take_back_request(request=stale, by=reader, at=LATER)
    assert FactRequest.objects.get().answer is not None


def test_a_question_goes_to_nobody_but_who_met_the_person(db, acting):
    file, reader = opened()
    with pytest.raises(ActRefused):
        asked(file, reader, asked_of=officer())
