"""The acts of the competent authority, and referring a person to it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.calendar.working_days import after_working_days
from mekhala.core.reasoning.conduct import read_partial_date
from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies, queries
from mekhala.pathway.determination.errors import FileAlreadyOpen, NobodyDecides
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Finding,
    Reading,
    SourceKind,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import province_of
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access import queries as officers
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit

TARGET_DAYS = 5  # working days to a decision on reasonable grounds: the UK mechanism's target


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
    _open_to_authority(case, screening.screened_by, by=by, at=at)
    _open_to_registrars(case, by=by, at=at)
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
    """Open the question about one case, due ``TARGET_DAYS`` working days later.

    ``conduct_from`` and ``conduct_to`` are whole or partial dates, empty: not known. One
    question is open at a time; after a decision a new file asks to look again.
    """
    policies.check_may_refer(by, case, at=at)
    _check_conduct(conduct_from, conduct_to)
    due_on = after_working_days(timezone.localtime(at).date(), TARGET_DAYS)
    try:
        with transaction.atomic():
            file = DeterminationFile.objects.create(
                case=case, opened_at=at, opened_by=by, screened_by=screened_by,
                conduct_from=conduct_from, conduct_to=conduct_to, due_on=due_on,
            )  # fmt: skip
    except IntegrityError as error:
        raise FileAlreadyOpen from error
    audit.record("determination.opened", subject=case.number, by=by, at=at, file=file.pk)
    return file


@transaction.atomic
def record_finding(
    *,
    file: DeterminationFile,
    code: str,
    made_out: bool | None,
    source_kind: str,
    because: str,
    by: Officer,
    at: datetime,
    said_on: date | None = None,
) -> Finding:
    """Keep one fact as one source has it. ``made_out`` None: asked, and not known yet.

    A kept finding is never changed; what a source says later is another finding.
    """
    policies.check_may_work_on(by, file, at=at)
    _check_finding(code, source_kind, because)
    kept = Finding.objects.create(
        file=file, code=code, made_out=made_out, source_kind=source_kind, because=because,
        said_on=said_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("determination.finding_recorded", subject=file.case_id, by=by, at=at, code=code)
    return kept


@transaction.atomic
def record_conduct(
    *, file: DeterminationFile, conduct_from: str, conduct_to: str, by: Officer, at: datetime
) -> None:
    """Keep when the conduct began and ended, as far as it is known: it says which law governs."""
    policies.check_may_work_on(by, file, at=at)
    _check_conduct(conduct_from, conduct_to)
    file.conduct_from, file.conduct_to = conduct_from, conduct_to
    file.save(update_fields=["conduct_from", "conduct_to"])
    audit.record("determination.conduct_dated", subject=file.case_id, by=by, at=at, file=file.pk)


@transaction.atomic
def record_reading(
    *,
    file: DeterminationFile,
    answer: str,
    reasons: str,
    by: Officer,
    at: datetime,
    differs_because: str = "",
) -> Decision | None:
    """Keep one officer's reading; return the decision if it settles the file.

    Two officers who agree decide. If the first two differ, a third one reads, and the two of
    the three who agree decide. Raises ``ActRefused`` for an officer who is not impartial, while
    an element is unknown, or for a reading that leaves the rule without saying why.
    """
    policies.check_may_work_on(by, file, at=at)
    file = DeterminationFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    policies.check_may_work_on(by, file, at=at)  # decided while we waited
    policies.check_impartial(by, file)
    outcome = queries.assessment(file)
    status = _status(answer)
    policies.check_decidable(
        outcome, answer=status, reasons=reasons, differs_because=differs_because
    )
    reading = Reading.objects.create(
        file=file, reader=by, answer=status, reasons=reasons, differs_because=differs_because,
        read_at=at,
    )  # fmt: skip
    audit.record("determination.read", subject=file.case_id, by=by, at=at, file=file.pk)
    earlier = Reading.objects.filter(file=file, answer=status).exclude(pk=reading.pk).first()
    return _decide(file, (earlier, reading), outcome, by=by, at=at) if earlier else None


def _decide(
    file: DeterminationFile,
    agreed: tuple[Reading, Reading],
    outcome: dict[str, object],
    *,
    by: Officer,
    at: datetime,
) -> Decision:
    """Keep the decision two readings agree on, close the file, and let the registrar see it."""
    first, second = agreed
    decision = Decision.objects.create(
        file=file, case_id=file.case_id, status=second.answer, article=queries.article_of(outcome),
        outcome=outcome, reasons=queries.as_weighed(file), decided_by=first.reader,
        second_reader=second.reader, decided_at=at, replaces=queries.standing_decision(file.case),
    )  # fmt: skip
    file.closed_at = at
    file.save(update_fields=["closed_at"])
    if decision.status == TraffickingStatus.RECOGNISED:
        _open_to_registrars(file.case, by=by, at=at)
    audit.record("determination.decided", subject=file.case_id, by=by, at=at, status=second.answer)
    return decision


def _open_to_registrars(case: Case, *, by: Officer, at: datetime) -> None:
    """Open the case to the registrars of the province of the encounter, to all if it has none.

    Never to ``by``: nobody opens a file to themselves.
    """
    everybody = officers.officers_of(Role.REGISTRAR)
    near = everybody.filter(agency__province_code=province_of(case))
    found = [one for one in list(near) or list(everybody) if one.pk != by.pk]
    if found:
        access.open_to(found, case.number, purpose=Purpose.REGISTRATION, by=by, at=at)


def _open_to_authority(case: Case, screened_by: Officer, *, by: Officer, at: datetime) -> None:
    readers = list(officers.officers_of(Role.AUTHORITY).exclude(pk=screened_by.pk))
    if not readers:
        raise NobodyDecides
    others = [reader for reader in readers if reader.pk != by.pk]
    access.open_to(others, case.number, purpose=Purpose.DETERMINATION, by=by, at=at)


def _bring_answers(
    file: DeterminationFile, screening: Screening, *, by: Officer, at: datetime
) -> None:
    said_on = timezone.localtime(screening.screened_at).date()
    Finding.objects.bulk_create(
        Finding(
            file=file, code=code, made_out=made_out, source_kind=SourceKind.SCREENING, because="",
            said_on=said_on, recorded_by=by, recorded_at=at,
        )
        for code, made_out in screening.answers.items()
    )  # fmt: skip


def _check_conduct(first: str, last: str) -> None:
    begun, ended = (
        read_partial_date(written, where=f"conduct_{end}") if written else None
        for end, written in (("from", first), ("to", last))
    )
    if begun and ended and begun.first and ended.last and begun.first > ended.last:
        raise WrongInput("conduct_to: it ends before it begins; expected the earlier date first.")


def _check_finding(code: str, source_kind: str, because: str) -> None:
    for field, word, words in (
        ("code", code, facts()), ("source_kind", source_kind, SourceKind.values),
    ):  # fmt: skip
        if word not in words:
            near = nearest(word, words)
            raise WrongInput(f"{field}: {word[:60]!r} is no code; did you mean {near!r}?")
    if not because.strip():
        raise WrongInput("because: it is empty; expected what was said or seen, and by whom.")


def _status(answer: str) -> TraffickingStatus:
    if answer not in TraffickingStatus.values:
        near = nearest(answer, TraffickingStatus.values)
        raise WrongInput(f"answer: {answer[:40]!r} is no status; did you mean {near!r}?")
    return TraffickingStatus(answer)
