"""Asking for a fact before a file is read, and answering."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.core.vocabulary.facts import facts
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.errors import AlreadyAsked, NotAsked
from mekhala.pathway.determination.models import (
    DeterminationFile,
    FactRequest,
    Finding,
    Manner,
    Source,
    SourceKind,
)
from mekhala.pathway.determination.services.evidence import (
    check_day,
    check_word,
    keep_finding,
)
from mekhala.safeguards.access.errors import RecordedMeanwhile
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_for_fact(
    *,
    file: DeterminationFile,
    code: str,
    question: str,
    by: Officer,
    at: datetime,
    asked_of: Officer | None = None,
) -> FactRequest:
    """Ask for a fact before the file is read: it waits until it is answered or taken back.

    ``asked_of`` is the officer it is returned to, as a rule who screened; None: the authority
    finds it out itself.
    """
    policies.check_may_work_on(by, file, at=at)
    policies.check_may_be_asked(file, asked_of)
    check_word("code", code, facts())
    if not question.strip():
        raise WrongInput("question: it is empty; expected what is to be found out.")
    try:
        with transaction.atomic():
            kept = FactRequest.objects.create(
                file=file, code=code, question=question, asked_of=asked_of, asked_by=by,
                asked_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyAsked from error
    audit.record("determination.fact_asked", subject=file.case_id, by=by, at=at, code=code)
    return kept


@transaction.atomic
def answer_request(
    *,
    request: FactRequest,
    made_out: bool | None,
    because: str,
    by: Officer,
    at: datetime,
    said_on: date | None = None,
) -> Finding:
    """Answer what the authority asked this officer; the answer is a finding of its own source.

    ``made_out`` None: asked again, and still not known; the request ends, the fact stays open.
    """
    file = request.file
    if request.asked_of_id != by.pk or file.closed_at is not None or not _waits(request):
        raise NotAsked
    check_day(said_on, at=at)
    source = Source.objects.create(
        file=file, kind=SourceKind.SCREENING, manner=Manner.SCREENING, said_on=said_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept = keep_finding(file, source, request.code, made_out, because, by=by, at=at)
    request.answer, request.ended_at = kept, at
    request.save(update_fields=["answer", "ended_at"])
    audit.record(
        "determination.fact_answered", subject=file.case_id, by=by, at=at, code=request.code
    )
    return kept


@transaction.atomic
def take_back_request(*, request: FactRequest, by: Officer, at: datetime) -> None:
    """End a request without an answer: the file waits for it no longer.

    Raises ``RecordedMeanwhile`` if it was answered or taken back a moment ago.
    """
    policies.check_may_work_on(by, request.file, at=at)
    if not _waits(request):
        raise RecordedMeanwhile
    request.ended_at = at
    request.save(update_fields=["ended_at"])
    audit.record("determination.fact_not_asked", subject=request.file.case_id, by=by, at=at,
                 code=request.code)  # fmt: skip


def _waits(request: FactRequest) -> bool:
    """Return whether a request is still open, holding it until the act is done."""
    still_open = FactRequest.objects.select_for_update(of=("self",)).filter(ended_at=None)
    return still_open.filter(pk=request.pk).first() is not None
