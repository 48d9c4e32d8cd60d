"""API: support plans and follow-up."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.aftercare import policies, queries, services
from mekhala.pathway.aftercare.codes import Mistake
from mekhala.pathway.aftercare.models import (
    FollowUp,
    FollowUpOutcome,
    Housing,
    PlanTask,
    SupportPlan,
    Work,
)
from mekhala.pathway.directory.models import Need
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Day, Strict, YesNo

router = Router(tags=["aftercare"])


class TaskIn(Strict):
    """One thing somebody does by a day."""

    need: Need
    what: str = Field(min_length=1, max_length=300)
    due_on: Day


class PlanIn(Strict):
    """What the person wants, in her or his own words, and first tasks."""

    goals: str = Field(max_length=5000)
    agreed_on: Day
    tasks: list[TaskIn] = Field(default_factory=list, max_length=50)


class DoneIn(Strict):
    """The day on which something was done."""

    on: Day


class FollowUpIn(Strict):
    """How things stood, on which day; null or left out: not known, or not said."""

    outcome: FollowUpOutcome
    on: Day
    housing: Housing | None = None
    may_stay: YesNo | None = None
    work: Work | None = None
    pay_enough: YesNo | None = None
    feels_safe: YesNo | None = None


class MistakeIn(Strict):
    """Why something is taken back; *not_wanted* of a task only."""

    because: Mistake


class TaskOut(Schema):
    """A task; ``done_on`` null: not yet."""

    id: int
    need: str
    what: str
    due_on: date
    done_on: date | None


class FollowUpOut(Schema):
    """A day to look in; ``done_on`` null: not yet; ``tried_on``: days nobody was reached."""

    id: int
    due_on: date
    tried_on: list[date]
    done_on: date | None
    outcome: str
    housing: str
    may_stay: bool | None
    work: str
    pay_enough: bool | None
    feels_safe: bool | None


class PlanOut(Schema):
    """A support plan, whole."""

    case: str
    goals: str
    agreed_on: date
    tasks: list[TaskOut]
    follow_ups: list[FollowUpOut]


@router.post("/cases/{number}/plan", response={201: PlanOut})
def make_plan(request: HttpRequest, number: str, given: PlanIn) -> Status:
    """Keep the plan the person agreed to."""
    case = get_object_or_404(Case, number=number)
    tasks = [services.Task(**task.dict()) for task in given.tasks]
    plan = services.make_plan(
        case, given.goals, agreed_on=given.agreed_on, tasks=tasks, by=_officer(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, _out(plan))


@router.get("/cases/{number}/plan", response=PlanOut)
def plan(request: HttpRequest, number: str) -> dict[str, Any]:
    """Show the plan to who supports the person."""
    return _out(_plan(request, number))


@router.post("/cases/{number}/plan/tasks", response={201: TaskOut})
def add_task(request: HttpRequest, number: str, given: TaskIn) -> Status:
    """Add one thing to do."""
    kept, task = _plan(request, number), services.Task(**given.dict())
    return Status(201, services.add_task(kept, task, by=_officer(request), at=timezone.now()))


@router.post("/plan-tasks/{task_id}/done", response=TaskOut)
def finish_task(request: HttpRequest, task_id: int, given: DoneIn) -> PlanTask:
    """Note that a task was done."""
    task = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id)
    return services.finish_task(task, on=given.on, by=_officer(request), at=timezone.now())


@router.post("/plan-tasks/{task_id}/take-back", response=TaskOut)
def take_back_task(request: HttpRequest, task_id: int, given: MistakeIn) -> PlanTask:
    """Take a task back; it stands in the plan no more."""
    task = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id)
    return services.take_back_task(task, given.because, by=_officer(request), at=timezone.now())


@router.post("/cases/{number}/follow-ups", response={201: list[FollowUpOut]})
def plan_follow_ups(request: HttpRequest, number: str) -> Status:
    """Plan to look in after 3, 6 and 12 months."""
    kept = _plan(request, number)
    return Status(201, services.plan_follow_ups(kept, by=_officer(request), at=timezone.now()))


@router.post("/follow-ups/{follow_up_id}", response=FollowUpOut)
def record_follow_up(request: HttpRequest, follow_up_id: int, given: FollowUpIn) -> FollowUp:
    """Record how things stand."""
    one = get_object_or_404(FollowUp.objects.select_related("plan"), pk=follow_up_id)
    told = given.dict() | {"housing": given.housing or "", "work": given.work or ""}
    return services.record_follow_up(one, **told, by=_officer(request), at=timezone.now())


@router.post("/follow-ups/{follow_up_id}/take-back", response={201: FollowUpOut})
def take_back_follow_up(request: HttpRequest, follow_up_id: int, given: MistakeIn) -> Status:
    """Take back what was found on a day to look in; answered is the day, open again."""
    one = get_object_or_404(FollowUp.objects.select_related("plan"), pk=follow_up_id)
    by, now = _officer(request), timezone.now()
    return Status(201, services.take_back_follow_up(one, given.because, by=by, at=now))


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _plan(request: HttpRequest, number: str) -> SupportPlan:
    policies.check_may_support(_officer(request), number, now=timezone.now())
    found = queries.plan_of(case_for(request, number))
    if found is None:
        raise Http404
    return found


def _out(plan: SupportPlan) -> dict[str, Any]:
    return {
        "case": plan.case_id, "goals": plan.goals, "agreed_on": plan.agreed_on,
        "tasks": [task for task in plan.tasks.all() if task.taken_back_at is None],
        "follow_ups": [day for day in plan.follow_ups.all() if day.taken_back_at is None],
    }  # fmt: skip
