"""The steps of a return: done, confirmed by the other side, taken back where said in error."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.pathway.repatriation import errors, policies, queries
from mekhala.pathway.repatriation.corridor import OURS, THEIRS, corridor
from mekhala.pathway.repatriation.models import Return, StepDone, StepTakenBack
from mekhala.pathway.repatriation.services.holding import hold, one_of
from mekhala.pathway.repatriation.words import Mistake, StepCode
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_step(
    one: Return,
    code: str,
    *,
    side: str,
    done_on: date,
    by: Officer,
    at: datetime,
    reference: str = "",
) -> StepDone:
    """Record for one side that a step was done on a day.

    The other side's is recorded by its own officer, or by ours from its paper, whose number is
    ``reference``. Raises ``NotAStepHere``, ``StepDoneAlready``, ``NotScreenedYet``,
    ``DoesNotWant``, ``GuardianNotHeard``, ``NotShownSafe``, ``NotHandedOverYet``,
    ``ReferenceMissing``, ``DayToCome``, ``ReturnEnded``.
    """
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    policies.check_day(done_on, one, at=at)
    way, held = corridor(one.corridor), hold(one)
    step = policies.check_is_step(way, code, side)
    if side == THEIRS and not reference.strip():
        raise errors.ReferenceMissing
    policies.check_order(held, one.case, way, step, done_on)
    return _keep_step(one, code, side, done_on, reference, by=by, at=at)


@transaction.atomic
def confirm_step(
    one: Return, code: str, *, done_on: date, by: Officer, at: datetime, reference: str = ""
) -> StepDone:
    """Record a step for the other side, by an officer of its body; nothing else of the case opens.

    The handover is confirmed only after our side did. Raises as ``record_step``.
    """
    if one.counterpart_id != by.agency_id:
        raise NotYourRole
    policies.check_open(one)
    policies.check_day(done_on, one, at=at)
    way = corridor(one.corridor)
    step = policies.check_is_step(way, code, THEIRS)
    fresh = queries.whole(Return.objects.filter(pk=one.pk)).get()
    policies.check_comes_after(fresh, way, step, done_on)
    done = {(said.step, said.side) for said in fresh.steps_done.all()}
    if step.code == StepCode.HANDOVER and (code, OURS) not in done:
        raise errors.HandoverBegins
    return _keep_step(one, code, THEIRS, done_on, reference, by=by, at=at)


@transaction.atomic
def take_back_step(
    one: Return, code: str, *, side: str, because: Mistake | str, by: Officer, at: datetime
) -> StepTakenBack:
    """Take back a step that was said in error; its clock runs again, and it may be said anew.

    Each side takes back what it said itself. Raises ``NotDoneYet``, ``SaidByTheOtherSide``,
    ``RestsOnIt`` while an arrival stands on a handover, ``ReturnEnded``.
    """
    is_theirs = side == THEIRS and one.counterpart_id == by.agency_id
    if not is_theirs:
        policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    why = one_of("because", because, Mistake.values)
    held = queries.whole(Return.objects.filter(pk=one.pk)).get() if is_theirs else hold(one)
    standing = {(said.step, said.side): said for said in held.steps_done.all()}
    said = standing.get((code, side))
    if said is None:
        raise errors.NotDoneYet
    policies.check_may_take_back(held, corridor(one.corridor), said, by)
    kept = _taken_back(said, why, by=by, at=at)
    audit.record(
        "repatriation.step_taken_back", subject=one.case_id, by=by, at=at, step=code, side=side,
        because=why,
    )  # fmt: skip
    return kept


def _keep_step(
    one: Return, code: str, side: str, done_on: date, reference: str, *, by: Officer, at: datetime
) -> StepDone:
    before = StepTakenBack.objects.filter(step__of_return=one, step__step=code, step__side=side)
    try:
        with transaction.atomic():
            kept = StepDone.objects.create(
                of_return=one, step=code, side=side, done_on=done_on, reference=reference.strip(),
                turn=before.count(), recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "return_step_once_a_side" not in str(error):
            raise
        raise errors.StepDoneAlready from None
    audit.record(
        "repatriation.step_done", subject=one.case_id, by=by, at=at, step=code, side=side,
        on=done_on.isoformat(),
    )  # fmt: skip
    return kept


def _taken_back(said: StepDone, why: str, *, by: Officer, at: datetime) -> StepTakenBack:
    try:
        with transaction.atomic():
            return StepTakenBack.objects.create(
                step=said, because=why, recorded_by=by, recorded_at=at
            )
    except IntegrityError:
        raise errors.NotDoneYet from None  # two at once: the first did it
