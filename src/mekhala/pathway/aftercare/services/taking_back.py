"""Taking back what was recorded in error: a task, help given, a day somebody looked in."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.aftercare import errors, policies
from mekhala.pathway.aftercare.codes import Mistake, PlanStage
from mekhala.pathway.aftercare.models import FollowUp, PlanTask, ServiceGiven
from mekhala.pathway.aftercare.services.follow_up import (
    FOLLOW_UP_MONTHS,
    NO_MORE,
    months_after,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def take_back_task(
    task: PlanTask, because: Mistake | str, *, by: Officer, at: datetime
) -> PlanTask:
    """Take a task back, done or not: it was an error, or the person wants it no more."""
    policies.check_may_support(by, task.plan.case_id, now=at)
    _take_back(PlanTask, task.pk, because, by=by, at=at)
    audit.record(
        "aftercare.task_taken_back", subject=task.plan.case_id, by=by, at=at, task=task.pk,
        because=str(because),
    )  # fmt: skip
    return PlanTask.objects.get(pk=task.pk)


@transaction.atomic
def take_back_help(
    given: ServiceGiven, because: Mistake | str, *, by: Officer, at: datetime
) -> ServiceGiven:
    """Take back that help was given; a provider what its own agency recorded (``NotYourHouse``)."""
    policies.check_may_support(by, given.case_id, now=at)
    policies.check_own_house(by, given.agency_id)
    _take_back(ServiceGiven, given.pk, because, by=by, at=at)
    audit.record(
        "aftercare.help_taken_back", subject=given.case_id, by=by, at=at, given=given.pk,
        because=str(because),
    )  # fmt: skip
    return ServiceGiven.objects.get(pk=given.pk)


@transaction.atomic
def take_back_follow_up(
    day: FollowUp, because: Mistake | str, *, by: Officer, at: datetime
) -> FollowUp:
    """Take back what was found on a day to look in, and open the day again; return that one.

    Days of the round that ended with it are planned again. Raises ``NothingToTakeBack``,
    ``TakenBackAlready``, ``SupportClosed``.
    """
    policies.check_may_support(by, day.plan.case_id, now=at)
    if day.done_on is None:
        raise errors.NothingToTakeBack
    if day.plan.stage == PlanStage.CLOSED:
        raise errors.SupportClosed
    _take_back(FollowUp, day.pk, because, by=by, at=at)
    again = FollowUp.objects.create(
        plan=day.plan, due_on=day.due_on, months=day.months, tried_on=day.tried_on
    )
    if day.outcome in NO_MORE:
        _plan_the_rest(day)
    audit.record(
        "aftercare.follow_up_taken_back", subject=day.plan.case_id, by=by, at=at,
        follow_up=day.pk, because=str(because),
    )  # fmt: skip
    return again


def _take_back(
    kind: type[Model], key: int, because: Mistake | str, *, by: Officer, at: datetime
) -> None:
    """Mark a row that still stands. Only a task is taken back because it is not wanted."""
    known = set(Mistake.values) - (set() if kind is PlanTask else {Mistake.NOT_WANTED.value})
    if because not in known:
        raise WrongInput(f"because: {str(because)[:20]!r}; expected one of {sorted(known)}.")
    standing = kind._default_manager.filter(pk=key, taken_back_at=None)
    told = {"taken_back_at": at, "taken_back_by": by, "taken_back_because": str(because)}
    if not standing.update(**told):
        raise errors.TakenBackAlready


def _plan_the_rest(day: FollowUp) -> None:
    """Plan again the later days of a round that are not there any more."""
    months = day.months or max(FOLLOW_UP_MONTHS)
    known = (day.plan.agreed_on, day.plan.stage_since)  # at the end of a month, only these tell
    exact = [one for one in known if one and months_after(one, months) == day.due_on]
    begun = exact[0] if exact else months_after(day.due_on, -months)
    there = set(day.plan.follow_ups.filter(taken_back_at=None).values_list("due_on", flat=True))
    later = {n: months_after(begun, n) for n in FOLLOW_UP_MONTHS if n > months}
    FollowUp.objects.bulk_create(
        FollowUp(plan=day.plan, due_on=due_on, months=n)
        for n, due_on in later.items() if due_on not in there
    )  # fmt: skip
