"""Making a support plan with the person, doing what it says, and looking in later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.pathway.aftercare import policies
from mekhala.pathway.aftercare.errors import AlreadyDone, AlreadyPlanned
from mekhala.pathway.aftercare.models import FollowUp, FollowUpOutcome, PlanTask, SupportPlan
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

FOLLOW_UP_MONTHS = (3, 6, 12)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing somebody does by a day, before it is in a plan."""

    need: Need | str
    what: str
    due_on: date


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
    policies.check_past(agreed_on, now=at)
    plan = _kept(case, goals.strip(), agreed_on, by=by, at=at)
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, need=t.need, what=t.what, due_on=t.due_on) for t in tasks
    )
    audit.record("aftercare.plan_agreed", subject=case.number, by=by, at=at)
    return plan


@transaction.atomic
def add_task(plan: SupportPlan, task: Task, *, by: Officer, at: datetime) -> PlanTask:
    """Add one thing to do. Its day may already be past: late help is still help."""
    policies.check_may_support(by, plan.case_id, now=at)
    kept = PlanTask.objects.create(plan=plan, need=task.need, what=task.what, due_on=task.due_on)
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
    policies.check_past(on, now=at)
    if not PlanTask.objects.filter(pk=task.pk, done_on=None).update(done_on=on):
        raise AlreadyDone
    task.done_on = on
    audit.record("aftercare.task_done", subject=task.plan.case_id, by=by, at=at, task=task.pk)
    return task


@transaction.atomic
def plan_follow_ups(
    plan: SupportPlan, *, by: Officer, at: datetime, counted_from: date | None = None
) -> list[FollowUp]:
    """Plan to look in after 3, 6 and 12 months, counted from the day the plan was agreed.

    Raises ``AlreadyPlanned`` while a round is open; a new one may begin after it is over.
    """
    policies.check_may_support(by, plan.case_id, now=at)
    SupportPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.follow_ups.filter(done_on=None).exists():
        raise AlreadyPlanned
    begin = counted_from or plan.agreed_on
    planned = FollowUp.objects.bulk_create(
        FollowUp(plan=plan, due_on=months_after(begin, n)) for n in FOLLOW_UP_MONTHS
    )
    audit.record("aftercare.follow_up_planned", subject=plan.case_id, by=by, at=at)
    return planned


@transaction.atomic
def record_follow_up(
    follow_up: FollowUp, outcome: FollowUpOutcome | str, *, on: date, by: Officer, at: datetime
) -> FollowUp:
    """Record how things stood on a day. "Does not want more contact" ends the round: it is hers."""
    policies.check_may_support(by, follow_up.plan.case_id, now=at)
    policies.check_outcome(outcome)
    policies.check_not_done(follow_up)
    policies.check_past(on, now=at)
    done = FollowUp.objects.filter(pk=follow_up.pk, done_on=None)
    if not done.update(done_on=on, outcome=str(outcome)):
        raise AlreadyDone
    if outcome == FollowUpOutcome.CLOSED_AT_WISH:
        FollowUp.objects.filter(plan=follow_up.plan_id, done_on=None).delete()
    follow_up.refresh_from_db()
    audit.record(
        "aftercare.followed_up", subject=follow_up.plan.case_id, by=by, at=at,
        follow_up=follow_up.pk, outcome=str(outcome),
    )  # fmt: skip
    return follow_up


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where there is none such."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


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
