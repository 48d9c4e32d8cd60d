"""Keeping what is known, from whom, and asking for what is not."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.errors import AlreadyAsked, NotAsked
from mekhala.pathway.determination.models import (
    DeterminationFile,
    FactRequest,
    Finding,
    Interpreting,
    Manner,
    Source,
    SourceKind,
)
from mekhala.pathway.determination.services.referring import check_conduct
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_source(
    *,
    file: DeterminationFile,
    kind: str,
    manner: str,
    by: Officer,
    at: datetime,
    who: str = "",
    said_on: date | None = None,
    language: str = "",
    interpreting: str = Interpreting.NOT_KNOWN,
    present: str = "",
    follows: Source | None = None,
    in_between: str = "",
) -> Source:
    """Keep one telling: who, how, when, in which language, through whom, who else was there.

    ``follows`` is the earlier telling it comes after, of the same case; then ``in_between`` says
    what happened since ("not known" is an answer). Both are kept. Raises ``WrongInput`` for a
    code that is none or a telling that comes before the one it follows.
    """
    policies.check_may_work_on(by, file, at=at)
    _check_word("kind", kind, SourceKind.values)
    _check_word("manner", manner, Manner.values)
    _check_word("interpreting", interpreting, Interpreting.values)
    _check_order(file, follows, said_on, in_between)
    kept = Source.objects.create(
        file=file, kind=kind, manner=manner, who=who, said_on=said_on, language=language,
        interpreting=interpreting, present=present, follows=follows, in_between=in_between,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("determination.source_recorded", subject=file.case_id, by=by, at=at, kind=kind)
    return kept


@transaction.atomic
def record_finding(
    *,
    file: DeterminationFile,
    source: Source,
    code: str,
    made_out: bool | None,
    because: str,
    by: Officer,
    at: datetime,
) -> Finding:
    """Keep one fact as one source has it. ``made_out`` None: asked, and not known yet.

    A kept finding is never changed; what a source says later is another finding of a later
    telling. An open request for this fact is answered by it, unless the answer is not known.
    """
    policies.check_may_work_on(by, file, at=at)
    if source.file.case_id != file.case_id:
        raise WrongInput("source: it belongs to another case; expected a source of this one.")
    kept = _kept(file, source, code, made_out, because, by=by, at=at)
    asked = FactRequest.objects.filter(file=file, code=code, ended_at=None)
    if made_out is not None:
        asked.update(answer=kept, ended_at=at)
    audit.record("determination.finding_recorded", subject=file.case_id, by=by, at=at, code=code)
    return kept


@transaction.atomic
def record_conduct(
    *, file: DeterminationFile, conduct_from: str, conduct_to: str, by: Officer, at: datetime
) -> None:
    """Keep when the conduct began and ended, as far as it is known: it says which law governs."""
    policies.check_may_work_on(by, file, at=at)
    check_conduct(conduct_from, conduct_to)
    file.conduct_from, file.conduct_to = conduct_from, conduct_to
    file.save(update_fields=["conduct_from", "conduct_to"])
    audit.record("determination.conduct_dated", subject=file.case_id, by=by, at=at, file=file.pk)


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
    """Ask for a fact before anybody reads on; the file waits for it.

    ``asked_of`` is the officer it is returned to, as a rule who screened; None: the authority
    finds it out itself.
    """
    policies.check_may_work_on(by, file, at=at)
    policies.check_may_be_asked(file, asked_of)
    _check_word("code", code, facts())
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
    if request.asked_of_id != by.pk or request.ended_at is not None or file.closed_at is not None:
        raise NotAsked
    source = Source.objects.create(
        file=file, kind=SourceKind.SCREENING, manner=Manner.SCREENING, said_on=said_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept = _kept(file, source, request.code, made_out, because, by=by, at=at)
    request.answer, request.ended_at = kept, at
    request.save(update_fields=["answer", "ended_at"])
    audit.record(
        "determination.fact_answered", subject=file.case_id, by=by, at=at, code=request.code
    )
    return kept


@transaction.atomic
def take_back_request(*, request: FactRequest, by: Officer, at: datetime) -> None:
    """End a request without an answer: the file waits for it no longer."""
    policies.check_may_work_on(by, request.file, at=at)
    request.ended_at = at
    request.save(update_fields=["ended_at"])
    audit.record("determination.fact_not_asked", subject=request.file.case_id, by=by, at=at,
                 code=request.code)  # fmt: skip


def _kept(
    file: DeterminationFile, source: Source, code: str, made_out: bool | None, because: str, *,
    by: Officer, at: datetime,
) -> Finding:  # fmt: skip
    _check_word("code", code, facts())
    if not because.strip():
        raise WrongInput("because: it is empty; expected what was said or seen, and by whom.")
    return Finding.objects.create(
        file=file, source=source, code=code, made_out=made_out, because=because, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip


def _check_word(field: str, word: str, words: Iterable[str]) -> None:
    if word not in words:
        near = nearest(word, words)
        raise WrongInput(f"{field}: {word[:60]!r} is no code; did you mean {near!r}?")


def _check_order(
    file: DeterminationFile, follows: Source | None, said_on: date | None, in_between: str
) -> None:
    if follows is None:
        return
    if follows.file.case_id != file.case_id:
        raise WrongInput("follows: it belongs to another case; expected a telling of this one.")
    if said_on and follows.said_on and said_on < follows.said_on:
        raise WrongInput(
            "said_on: the later telling is dated before the earlier one; expected a later day, "
            "or none where the order is not known."
        )
    if not in_between.strip():
        raise WrongInput(
            "in_between: it is empty; expected what happened between the two tellings, or that "
            "it is not known."
        )
