"""Looking at needs with the person, agreeing a plan, doing what it says, moving on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.pathway.aftercare import errors, policies
from mekhala.pathway.aftercare.codes import Answer, Area, ClosedBecause, PlanStage
from mekhala.pathway.aftercare.errors import AlreadyDone, AlreadyPlanned
from mekhala.pathway.aftercare.models import (
    Assessment,
    FollowUp,
    PlanTask,
    ServiceGiven,
    SupportPlan,
)
from mekhala.pathway.aftercare.services.follow_up import plan_follow_ups
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing somebody does by a day, before it is in a plan; ``agency``: who does it."""

    need: Need | str
    what: str
    due_on: date
    agency: Agency | None = None


@transaction.atomic
def assess(
    case: Case, answers: Mapping[str, str], *, words: str, made_on: date, by: Officer,
    at: datetime, next_on: date | None = None,
) -> Assessment:  # fmt: skip
    """Keep what the person needs, looked at together; the first time, or again as a review.

    ``answers``: a code of ``Answer`` for each ``Area``. Raises ``AnswersMissing``, ``DayToCome``,
    ``LooksBack``.
    """
    policies.check_may_support(by, case.number, now=at)
    policies.check_day(made_on, case.number, now=at)
    if set(answers) != set(Area.values) or not set(answers.values()) <= set(Answer.values):
        raise errors.AnswersMissing
    if next_on is not None and next_on < made_on:
        raise errors.LooksBack
    kept = Assessment.objects.create(
        case=case, made_on=made_on, answers=dict(answers), words=words.strip(), next_on=next_on,
        made_by=by, made_at=at,
    )  # fmt: skip
    audit.record("aftercare.assessed", subject=case.number, by=by, at=at, assessment=kept.pk)
    return kept


@transaction.atomic
def make_plan(
    case: Case,
    goals: str,
    *,
    agreed_on: date,
    by: Officer,
    at: datetime,
    tasks: Iterable[Task] = (),
) -> SupportPlan:
    """Keep the plan the person agreed to, with its first tasks; one plan per case.

    Raises ``AlreadyPlanned``, ``GoalsMissing``, ``DayToCome``, ``NotYourRole``, ``NotOpenToYou``.
    """
    policies.check_may_support(by, case.number, now=at)
    policies.check_goals(goals)
    policies.check_day(agreed_on, case.number, now=at)
    plan = _kept(case, goals.strip(), agreed_on, by=by, at=at)
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, need=t.need, what=t.what, due_on=t.due_on, agency=t.agency)
        for t in tasks
    )
    audit.record("aftercare.plan_agreed", subject=case.number, by=by, at=at)
    return plan


@transaction.atomic
def add_task(plan: SupportPlan, task: Task, *, by: Officer, at: datetime) -> PlanTask:
    """Add one thing to do. Its day may already be past: late help is still help."""
    policies.check_may_support(by, plan.case_id, now=at)
    kept = PlanTask.objects.create(
        plan=plan, need=task.need, what=task.what, due_on=task.due_on, agency=task.agency
    )
    audit.record(
        "aftercare.task_added",
        subject=plan.case_id,
        by=by,
        at=at,
        task=kept.pk,
        need=str(task.need),
    )
    return kept


@transaction.atomic
def finish_task(task: PlanTask, *, on: date, by: Officer, at: datetime) -> PlanTask:
    """Note that a task was done on a day."""
    policies.check_may_support(by, task.plan.case_id, now=at)
    policies.check_not_done(task)
    policies.check_day(on, task.plan.case_id, now=at)
    if not PlanTask.objects.filter(pk=task.pk, done_on=None, taken_back_at=None).update(done_on=on):
        raise AlreadyDone
    task.done_on = on
    audit.record("aftercare.task_done", subject=task.plan.case_id, by=by, at=at, task=task.pk)
    return task


@transaction.atomic
def record_help(
    case: Case, need: Need | str, *, given_on: date, agreed: bool | None, by: Officer, at: datetime
) -> ServiceGiven:
    """Keep that help was given for one need, to which the person said yes (``NotAgreed``)."""
    policies.check_may_support(by, case.number, now=at)
    policies.check_day(given_on, case.number, now=at)
    if agreed is not True:
        raise errors.NotAgreed
    kept = ServiceGiven.objects.create(
        case=case, need=need, given_on=given_on, agreed=True, agency=by.agency, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    audit.record(
        "aftercare.help_given", subject=case.number, by=by, at=at, given=kept.pk, need=str(need)
    )
    return kept


@transaction.atomic
def move_stage(
    plan: SupportPlan, to: PlanStage | str, *, on: date, by: Officer, at: datetime,
    because: ClosedBecause | str = "",
) -> SupportPlan:  # fmt: skip
    """Move support on, or back where it was too soon. Follow-up begins with its three days.

    Raises ``StageNotNext``, ``ReasonMissing``, or ``FollowUpOpen`` while a day to look in is open
    and it is not the person who ends it.
    """
    policies.check_may_support(by, plan.case_id, now=at)
    policies.check_day(on, plan.case_id, now=at)
    kept = SupportPlan.objects.select_for_update().get(pk=plan.pk)
    policies.check_move(kept.stage, to, because)
    _settle_days(kept, to, because, on=on, by=by, at=at)
    told = {"stage": to, "stage_since": on, "closed_because": because if to == "closed" else ""}
    SupportPlan.objects.filter(pk=kept.pk).update(**told)
    audit.record(
        "aftercare.stage_moved", subject=plan.case_id, by=by, at=at, stage=str(to),
        because=str(told["closed_because"]),
    )  # fmt: skip
    return SupportPlan.objects.get(pk=kept.pk)


def _settle_days(
    plan: SupportPlan, to: str, because: str, *, on: date, by: Officer, at: datetime
) -> None:
    days = FollowUp.objects.filter(plan=plan, done_on=None)
    if to == PlanStage.FOLLOW_UP and not days.exists():
        plan_follow_ups(plan, by=by, at=at, counted_from=on)
    if to == PlanStage.CLOSED and because in policies.ENDS_CONTACT:
        days.delete()
    elif to == PlanStage.CLOSED and days.exists():
        raise errors.FollowUpOpen


def _kept(case: Case, goals: str, agreed_on: date, *, by: Officer, at: datetime) -> SupportPlan:
    try:
        with transaction.atomic():
            return SupportPlan.objects.create(
                case=case, goals=goals, agreed_on=agreed_on, made_by=by, made_at=at
            )
    except IntegrityError as error:
        if "case_id" not in str(error):
            raise
        raise AlreadyPlanned from None
