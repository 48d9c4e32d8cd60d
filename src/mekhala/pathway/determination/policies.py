"""Who may act on the authority's file, and when. Refuses; changes nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.pathway.determination import clock, queries, rule
from mekhala.pathway.determination.errors import (
    AdultSaidNo,
    AnswerOfStage,
    AskedTooLate,
    DiffersWithoutReason,
    FileClosed,
    FilePaused,
    GroundsMissing,
    NotDecidable,
    NothingToAskAgain,
    NotImpartial,
    ReasonsMissing,
    TieNotDenied,
    TooEarly,
)
from mekhala.pathway.determination.models import (
    NEGATIVE,
    POSITIVE,
    Decision,
    DeterminationFile,
    Recusal,
    Stage,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult, latest_wish
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_REFER = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR, Role.AUTHORITY})
WHO_ASK_AGAIN = frozenset({Role.REGISTRAR, Role.AUTHORITY})
WHO_SEE_QUALITY = frozenset({Role.AUTHORITY, Role.STATISTICIAN})
DECISION_OPEN_UNDER = frozenset({Purpose.REGISTRATION, Purpose.DETERMINATION})
REFERRED_UNDER = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION, Purpose.DETERMINATION})


def check_may_refer(by: Officer, case: Case, *, at: datetime) -> None:
    """Refuse other roles, a case that is not open, and an adult who does not want to go on.

    A child, and everybody not known to be an adult, may be referred without consent: the
    authority and social affairs then look at the best interests of the child.
    """
    if by.role not in WHO_REFER:
        raise NotYourRole
    if not access.purposes_for(by, case.number, now=at) & REFERRED_UNDER:
        raise NotOpenToYou
    if is_known_adult(case) and latest_wish(case) is False:
        raise AdultSaidNo


def check_may_work_on(by: Officer, file: DeterminationFile, *, at: datetime) -> None:
    """Refuse who is not of the authority, to whom the file is closed, and a decided file."""
    if by.role != Role.AUTHORITY:
        raise NotYourRole
    if Purpose.DETERMINATION not in access.purposes_for(by, file.case_id, now=at):
        raise NotOpenToYou
    if file.closed_at is not None:
        raise FileClosed


def check_may_be_asked(file: DeterminationFile, officer: Officer | None) -> None:
    """Refuse to send a question to anybody but who screened or referred the person."""
    if officer is None or officer.pk in (file.screened_by_id, file.opened_by_id):
        return
    if not Screening.objects.filter(screened_by=officer, case=file.case_id).exists():
        raise NotYourRole


def is_impartial(by: Officer, file: DeterminationFile) -> bool:
    """Return whether ``by``, who acts, may read the open ``file`` with a free mind; one query.

    Not who screened the person, has a tie to the case, or has read this question; and who read
    for the decision that is looked at again does not read it again.
    """
    return queries.open_to_read(by).filter(pk=file.pk).exists()


def has_tie(by: Officer, file: DeterminationFile) -> bool:
    """Return whether the officer has declared a tie to somebody in the case."""
    return Recusal.objects.filter(officer=by, case=file.case_id).exists()


def check_impartial(by: Officer, file: DeterminationFile) -> None:
    """Refuse an officer who is not impartial in this file."""
    if not is_impartial(by, file):
        raise NotImpartial


def check_readable(by: Officer, file: DeterminationFile, *, at: datetime) -> None:
    """Refuse to read a file that waits, or by an officer who is not impartial."""
    if file.paused_at is not None:
        raise FilePaused
    if clock.is_too_early(file, at=at):
        raise TooEarly
    check_impartial(by, file)


def check_reading(
    by: Officer,
    file: DeterminationFile,
    outcome: Mapping[str, Any],
    *,
    answer: TraffickingStatus,
    grounds: Collection[str],
    reasons: str,
    no_tie: bool,
    differs_because: str,
    at: datetime,
) -> None:
    """Refuse a reading that may not be kept as it is: everything asked of one, in order."""
    check_may_work_on(by, file, at=at)
    check_readable(by, file, at=at)
    check_answer(file, answer, grounds=grounds, no_tie=no_tie)
    check_decidable(
        outcome, stage=file.stage, answer=answer, reasons=reasons, differs_because=differs_because
    )


def check_answer(
    file: DeterminationFile, answer: TraffickingStatus, *, grounds: Collection[str], no_tie: bool
) -> None:
    """Refuse an answer of the other stage, one without a fitting ground, or an undenied tie."""
    if not no_tie:
        raise TieNotDenied
    if answer not in (rule.positive_at(file.stage), TraffickingStatus.NOT_ESTABLISHED):
        raise AnswerOfStage
    fitting = NEGATIVE if answer is TraffickingStatus.NOT_ESTABLISHED else POSITIVE
    if not grounds or not set(grounds) <= fitting:
        raise GroundsMissing


def check_decidable(
    outcome: Mapping[str, Any],
    *,
    stage: str,
    answer: TraffickingStatus,
    reasons: str,
    differs_because: str,
) -> None:
    """Refuse a reading while an element is unknown, or one that differs without saying why.

    At the first stage an unknown element bars nobody from being believed on reasonable grounds,
    as long as nothing is answered no; it always bars a negative answer.
    """
    unknown = rule.still_unknown(outcome)
    open_to_belief = rule.is_believable(outcome) and answer == rule.positive_at(
        Stage.REASONABLE_GROUNDS
    )
    if rule.is_undetermined(outcome) and unknown and not open_to_belief:
        raise NotDecidable([element.label for element in unknown])
    if not reasons.strip():
        raise ReasonsMissing
    if rule.leaves_rule(outcome, stage=stage, answer=answer) and not differs_because.strip():
        raise DiffersWithoutReason


def check_may_ask_again(
    by: Officer, decision: Decision, *, late_because: str, at: datetime
) -> None:
    """Refuse other roles, a decision that is not negative or no longer stands, and lateness."""
    if by.role not in WHO_ASK_AGAIN:
        raise NotYourRole
    if not access.purposes_for(by, decision.case_id, now=at) & DECISION_OPEN_UNDER:
        raise NotOpenToYou
    replaced = Decision.objects.filter(replaces=decision).exists()
    if decision.status != TraffickingStatus.NOT_ESTABLISHED or replaced:
        raise NothingToAskAgain
    last = last_day_to_ask_again(clock.today_of(decision.decided_at))
    if clock.today_of(at) > last and not late_because.strip():
        raise AskedTooLate


def may_see_quality(officer: Officer) -> bool:
    """Return whether the officer's role looks at how decisions are made, in totals."""
    return officer.role in WHO_SEE_QUALITY


def check_may_see_quality(officer: Officer) -> None:
    """Refuse any officer who is neither of the authority nor a statistician."""
    if not may_see_quality(officer):
        raise NotYourRole
