"""Who keeps a support plan. Never police, prosecution or court."""

from datetime import date, datetime

from django.utils import timezone

from mekhala.pathway.aftercare import errors
from mekhala.pathway.aftercare.codes import (
    Basis,
    ClosedBecause,
    FollowUpOutcome,
    Movement,
    PlanStage,
)
from mekhala.pathway.aftercare.errors import AlreadyDone, DayToCome, GoalsMissing, OutcomeMissing
from mekhala.pathway.aftercare.models import FollowUp, Note, PlanTask, ReturnHome
from mekhala.pathway.encounter.policies import check_met_before
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for

SUPPORTERS = frozenset({Role.REGISTRAR, Role.PROVIDER})
SUPPORTING = frozenset({Purpose.SUPPORT, Purpose.REGISTRATION})
TRIES = 3  # different days on which nobody was reached, before contact is called lost (our own)
ENDS_CONTACT = frozenset({ClosedBecause.PERSON_ASKED, ClosedBecause.DIED})
# Circular of the social ministry, December 2022, as the press told it; back where it was too soon.
STAGE_MOVES = {
    PlanStage.PRE_INTEGRATION: {PlanStage.INTEGRATION, PlanStage.CLOSED},
    PlanStage.INTEGRATION: {PlanStage.PRE_INTEGRATION, PlanStage.FOLLOW_UP, PlanStage.CLOSED},
    PlanStage.FOLLOW_UP: {PlanStage.INTEGRATION, PlanStage.CLOSED},
    PlanStage.CLOSED: {PlanStage.FOLLOW_UP, PlanStage.PRE_INTEGRATION},
}


def check_may_support(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever is no social worker or provider, or to whom the file is not open for it."""
    if officer.role not in SUPPORTERS:
        raise NotYourRole
    if not purposes_for(officer, case_number, now=now) & SUPPORTING:
        raise NotOpenToYou


def may_support(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may keep this person's plan."""
    try:
        check_may_support(officer, case_number, now=now)
    except ActRefused:
        return False
    return True


def check_goals(goals: str) -> None:
    """Refuse a plan that does not begin with what the person wants."""
    if not goals.strip():
        raise GoalsMissing


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day after today for what has already been agreed or done."""
    if day > timezone.localdate(now):
        raise DayToCome


def check_day(day: date, case_number: str, *, now: datetime) -> None:
    """Refuse a day after today, or before anybody met the person, for what was agreed or done."""
    check_past(day, now=now)
    check_met_before(day, case_number)


def check_not_done(step: PlanTask | FollowUp) -> None:
    """Refuse to finish a thing twice, or one that was taken back."""
    if step.taken_back_at is not None:
        raise errors.TakenBackAlready
    if step.done_on is not None:
        raise AlreadyDone


def check_outcome(outcome: str) -> None:
    """Refuse a follow-up that does not say how things stand."""
    if outcome not in FollowUpOutcome.values:
        raise OutcomeMissing


def check_lost(follow_up: FollowUp, outcome: str) -> None:
    """Refuse to call contact lost before it was tried on several days."""
    if outcome == FollowUpOutcome.LOST and len(set(follow_up.tried_on)) < TRIES:
        raise errors.NotTriedEnough


def check_move(stage: str, to: str, because: str) -> None:
    """Refuse a move between stages that is not in the table, or a close without a reason."""
    if to not in STAGE_MOVES[PlanStage(stage)]:
        raise errors.StageNotNext
    if to == PlanStage.CLOSED and because not in ClosedBecause.values:
        raise errors.ReasonMissing


def check_basis(
    basis: str, *, agreed: bool | None, beside: bool | None, is_adult: bool, order_number: str,
    ends_on: date | None, today: date,
) -> None:  # fmt: skip
    """Refuse a stay that rests neither on a yes nor on an order of a court that still holds.

    Sources: shelters that detain (Gallagher and Pearson 2010; Human Rights Watch 2010);
    Minimum Standards on Residential Care (2014): freedom of movement.
    """
    if basis == Basis.COURT_ORDER:
        if not order_number.strip() or ends_on is None or ends_on < today:
            raise errors.NoBasis
        return
    if basis not in Basis.values or agreed is not True:
        raise errors.NoBasis
    if not is_adult and (basis != Basis.CHILD_CONSENT or beside is not True):
        raise errors.ChildNeedsMore
    if is_adult and basis != Basis.OWN_CONSENT:
        raise errors.NoBasis


def check_movement(movement: str, basis: str) -> None:
    """Refuse to keep in who stays by her or his own consent."""
    if movement not in Movement.values:
        raise errors.AnswersMissing
    if movement == Movement.LIMITED and basis == Basis.OWN_CONSENT:
        raise errors.NotFree


def check_own_house(officer: Officer, agency_id: int | None) -> None:
    """Refuse a provider who records what belongs to another house."""
    if officer.role == Role.PROVIDER and officer.agency_id != agency_id:
        raise errors.NotYourHouse


def check_own_note(officer: Officer, note: Note) -> None:
    """Refuse whoever does not work for the agency whose note it is."""
    if officer.role != Role.PROVIDER or officer.agency_id != note.agency_id:
        raise errors.NotYourHouse


def check_may_write_notes(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse whoever is no provider to whom the file is open for support."""
    if officer.role != Role.PROVIDER:
        raise NotYourRole
    if Purpose.SUPPORT not in purposes_for(officer, case_number, now=now):
        raise NotOpenToYou


def check_words(words: str) -> None:
    """Refuse what says nothing."""
    if not words.strip():
        raise errors.WordsMissing


def check_second(officer: Officer, planned: ReturnHome) -> None:
    """Refuse the answer of who proposed; one of the two is always of the social ministry."""
    check_planned(planned)
    if planned.proposed_by_id is None or planned.answered_by_id is not None:
        raise errors.ReturnOver
    if planned.proposed_by_id == officer.pk:
        raise errors.SecondMustDiffer
    if officer.role != Role.REGISTRAR:
        raise NotYourRole


def check_planned(planned: ReturnHome) -> None:
    """Refuse to go on with a way home that is done or given up."""
    if planned.gone_on is not None or planned.ended_at is not None:
        raise errors.ReturnOver


def check_wanted(planned: ReturnHome) -> None:
    """Refuse to send anybody who has not said yes."""
    if planned.wants is not True:
        raise errors.NotWanted
