"""Sending a person's case to the authority, and opening the question about it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mekhala.core.calendar.stages import stage_rule
from mekhala.core.reasoning.conduct import read_partial_date
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.clock import today_of
from mekhala.pathway.determination.errors import AskedBefore, FileAlreadyOpen, NobodyDecides
from mekhala.pathway.determination.models import (
    DeterminationFile,
    Finding,
    Manner,
    Recusal,
    Source,
    SourceKind,
    Stage,
)
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import province_of
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access import queries as officers
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def refer_to_authority(
    *, screening: Screening, by: Officer, at: datetime, conduct_from: str = "", conduct_to: str = ""
) -> DeterminationFile:
    """Send a screened person's case to the competent authority; return its new file.

    The case opens to every officer of the authority but who screened, and to the registrars of
    the province where the person was met, so that help need not wait for the decision. What was
    answered at the screening goes along as findings of that one source.
    """
    case = screening.case
    file = open_file(
        case=case, by=by, at=at, screened_by=screening.screened_by,
        conduct_from=conduct_from, conduct_to=conduct_to,
    )  # fmt: skip
    open_to_authority(case, screening.screened_by, by=by, at=at)
    open_to_registrars(case, by=by, at=at)
    _bring_answers(file, screening, by=by, at=at)
    audit.record("determination.referred", subject=case.number, by=by, at=at, file=file.pk)
    return file


@transaction.atomic
def open_file(
    *,
    case: Case,
    by: Officer,
    at: datetime,
    screened_by: Officer | None = None,
    conduct_from: str = "",
    conduct_to: str = "",
) -> DeterminationFile:
    """Open the first question about one case: are there reasonable grounds?

    ``conduct_from`` and ``conduct_to`` are whole or partial dates, empty: not known. One
    question is open at a time.
    """
    policies.check_may_refer(by, case, at=at)
    check_conduct(conduct_from, conduct_to, at=at)
    file = put_question(
        case=case, stage=Stage.REASONABLE_GROUNDS, by=by, at=at, screened_by=screened_by,
        conduct_from=conduct_from, conduct_to=conduct_to,
    )  # fmt: skip
    audit.record("determination.opened", subject=case.number, by=by, at=at, file=file.pk)
    return file


def put_question(
    *, case: Case, stage: str, by: Officer, at: datetime, **more: Any
) -> DeterminationFile:
    """Keep a question, timed by the rule of its stage.

    Raises ``FileAlreadyOpen``, or ``AskedBefore`` for a first question that was answered already:
    else referring once more would go around asking again, and could undo a recognition.
    """
    rule, today = stage_rule(stage), today_of(at)
    timed = {"due_on": rule.due_on(today), "not_before": rule.not_before(today)}
    try:
        with transaction.atomic():
            return DeterminationFile.objects.create(
                case=case, stage=stage, opened_at=at, opened_by=by, **(timed | more)
            )
    except IntegrityError as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError) -> ActRefused:
    """Return why a question was not kept; an open one is told first."""
    return AskedBefore() if "file_first_question_once" in str(error) else FileAlreadyOpen()


def open_to_registrars(case: Case, *, by: Officer, at: datetime) -> None:
    """Open the case to the registrars of the province of the encounter, to all if it has none.

    Never to ``by``: nobody opens a file to themselves.
    """
    everybody = officers.officers_of(Role.REGISTRAR)
    near = everybody.filter(agency__province_code=province_of(case))
    found = [one for one in list(near) or list(everybody) if one.pk != by.pk]
    if found:
        access.open_to(found, case.number, purpose=Purpose.REGISTRATION, by=by, at=at)


def open_to_authority(
    case: Case, screened_by: Officer | None, *, by: Officer, at: datetime
) -> None:
    """Open the case to the authority's officers, but who screened or has declared a tie."""
    tied = Recusal.objects.filter(case=case).values("officer")
    readers = officers.officers_of(Role.AUTHORITY).exclude(pk__in=tied)
    found = [r for r in readers if screened_by is None or r.pk != screened_by.pk]
    if not found:
        raise NobodyDecides
    others = [reader for reader in found if reader.pk != by.pk]
    access.open_to(others, case.number, purpose=Purpose.DETERMINATION, by=by, at=at)


def check_conduct(first: str, last: str, *, at: datetime) -> None:
    """Refuse what is no date, what has not come yet, and an end before the beginning."""
    begun, ended = (
        read_partial_date(written, where=f"conduct_{end}") if written else None
        for end, written in (("from", first), ("to", last))
    )
    for end, written, day in (("from", first, begun), ("to", last, ended)):
        if day and day.first and day.first > today_of(at):
            raise WrongInput(f"conduct_{end}: {written} has not come yet; expected a past date.")
    if begun and ended and begun.first and ended.last and begun.first > ended.last:
        raise WrongInput("conduct_to: it ends before it begins; expected the earlier date first.")


def _bring_answers(
    file: DeterminationFile, screening: Screening, *, by: Officer, at: datetime
) -> None:
    if not screening.answers:
        return
    source = Source.objects.create(
        file=file, kind=SourceKind.SCREENING, manner=Manner.SCREENING,
        said_on=today_of(screening.screened_at), language=screening.case.language,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    Finding.objects.bulk_create(
        Finding(
            file=file, source=source, code=code, made_out=made_out, because="", recorded_by=by,
            recorded_at=at,
        )
        for code, made_out in screening.answers.items()
    )  # fmt: skip
