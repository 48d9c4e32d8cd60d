"""Who may act on a return, and what has to stand before somebody is handed over."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.repatriation import errors
from mekhala.pathway.repatriation.corridor import OURS, THEIRS, Corridor, Step
from mekhala.pathway.repatriation.models import Return, StepDone
from mekhala.pathway.repatriation.words import CheckKind, StepCode, Wish
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for

RETURNERS = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR})
RETURNING = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})


def check_may_act(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse all but responders, consuls and social workers to whom the case is open."""
    if officer.role not in RETURNERS:
        raise NotYourRole
    if not purposes_for(officer, case_number, now=now) & RETURNING:
        raise NotOpenToYou


def may_act(officer: Officer, case_number: str, *, now: datetime) -> bool:
    """Return whether ``officer`` may act on this person's return."""
    try:
        check_may_act(officer, case_number, now=now)
    except ActRefused:
        return False
    return True


def check_open(one: Return) -> None:
    """Refuse to add to a return that ended."""
    if one.ended_at is not None:
        raise errors.ReturnEnded


def check_leads_home(case: Case, way: Corridor, country: str) -> None:
    """Refuse a corridor to a country that is known not to be the person's, or from nowhere."""
    if case.nationality and case.nationality != way.receiving:
        raise errors.WrongCorridor
    if not way.other and country in ("", way.receiving):
        raise errors.WrongCorridor


def check_day(day: date, one: Return, *, at: datetime) -> None:
    """Refuse a day to come, or before the return began."""
    if not one.started_on <= day <= timezone.localdate(at):
        raise errors.DayToCome


def check_is_step(way: Corridor, code: str, side: str) -> Step:
    """Return the step; refuse one that this corridor has not on this side."""
    found = way.step(code)
    if found is None or side not in found.sides:
        raise errors.NotAStepHere
    return found


def check_screened_first(one: Return, way: Corridor) -> None:
    """Refuse any step about a deported person before a screening is recorded for the case."""
    if way.deported and not Screening.objects.filter(case_id=one.case_id).exists():
        raise errors.NotScreenedYet


def check_wants_to(one: Return, case: Case) -> None:
    """Refuse unless the newest statement is a wish to return; a child's with the guardian's yes."""
    newest = one.statements.first()
    if newest is None or newest.wish != Wish.RETURN:
        raise errors.DoesNotWant
    if not is_known_adult(case) and newest.guardian_agrees is not True:
        raise errors.GuardianNotHeard


def check_shown_safe(one: Return, case: Case) -> None:
    """Refuse unless what must be known is yes: unknown is not yes. Children: the family too.

    Somebody close whom the person named stops it until two officers have agreed, with reasons.
    """
    needed = [CheckKind.IDENTITY, CheckKind.RISK]
    if not is_known_adult(case):
        needed.append(CheckKind.FAMILY)
    newest: dict[str, bool | None] = {}
    for check in one.checks.all():
        newest.setdefault(check.kind, check.answer)
    if any(newest.get(kind) is not True for kind in needed):
        raise errors.NotShownSafe
    if _somebody_close_was_named(case.number):
        raise errors.SomebodyNamed


def _somebody_close_was_named(case_number: str) -> bool:
    """Answer whether somebody close was named and no two officers have agreed since.

    The room of support and this one do not import each other: the database tells a yes or no.
    """
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_named_undecided(%s)", [case_number])
        return bool(cursor.fetchone()[0])


def check_order(one: Return, case: Case, way: Corridor, step: Step, done_on: date) -> None:
    """Refuse what comes too early: travel without a wish and without safety, arrival before."""
    check_screened_first(one, way)
    if step.code == StepCode.HANDOVER or (
        step.code == StepCode.ARRIVAL and not way.has(StepCode.HANDOVER) and not way.deported
    ):
        check_wants_to(one, case)
        check_shown_safe(one, case)
    check_comes_after(one, way, step, done_on)


def check_comes_after(one: Return, way: Corridor, step: Step, done_on: date) -> None:
    """Refuse, from whichever side, an arrival before the handover and a first week before both."""
    if step.code not in _rest_on(_travel(way)):
        return
    if way.has(StepCode.HANDOVER) and not handed_over(one):
        raise errors.NotHandedOverYet
    if not way.deported and not travelled(one):
        raise errors.NotArrivedYet
    gone = [said.done_on for said in one.steps_done.all() if said.step == _travel(way)]
    if gone and done_on < min(gone):
        raise errors.BeforeTheHandover


def check_may_take_back(one: Return, way: Corridor, said: StepDone, by: Officer) -> None:
    """Refuse what the other side said itself, and a handover on which something rests."""
    said_there = said.recorded_by.agency_id == one.counterpart_id
    if said_there != (by.agency_id == one.counterpart_id):
        raise errors.SaidByTheOtherSide
    if said.step != _travel(way):
        return
    later = _rest_on(said.step)
    theirs = said.step == StepCode.HANDOVER and said.side == OURS
    if any(s.step in later or (theirs and s.step == said.step and s.side == THEIRS)
           for s in one.steps_done.all()):  # fmt: skip
        raise errors.RestsOnIt


def _travel(way: Corridor) -> StepCode:
    """Return the step with which the person is under way."""
    return StepCode.HANDOVER if way.has(StepCode.HANDOVER) else StepCode.ARRIVAL


def _rest_on(travel: StepCode | str) -> set[StepCode]:
    """Return the steps that come after the handover, or where there is none after the arrival."""
    later = {StepCode.FIRST_WEEK, StepCode.REPORT}
    return later | {StepCode.ARRIVAL} if travel == StepCode.HANDOVER else later


def check_complete(one: Return, way: Corridor) -> None:
    """Refuse to call a return complete while a side has not said that its step was done."""
    said = {(s.step, s.side) for s in one.steps_done.all()}
    if any((step.code, side) not in said for step in way.steps for side in step.sides):
        raise errors.StepsNotDone


def handed_over(one: Return) -> bool:
    """Return whether both sides confirmed the handover."""
    said = {s.side for s in one.steps_done.all() if s.step == StepCode.HANDOVER}
    return said == {OURS, THEIRS}


def travelled(one: Return) -> bool:
    """Return whether either side says that the person is under way: the statement is history."""
    gone = {StepCode.HANDOVER, StepCode.ARRIVAL}
    return any(s.step in gone for s in one.steps_done.all())
