"""What was agreed, and whom to look in on. Nothing here changes anything."""

from datetime import date, timedelta

from django.db.models import QuerySet

from mekhala.pathway.aftercare.models import FollowUp, PlanTask, SupportPlan
from mekhala.pathway.aftercare.policies import SUPPORTERS, SUPPORTING
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Grant, Officer


def plan_of(case: Case) -> SupportPlan | None:
    """Return the support plan of a case, tasks and follow-ups with it; None if there is none."""
    found = SupportPlan.objects.filter(case=case).prefetch_related("tasks", "follow_ups")
    return found.select_related("made_by").first()


def due_follow_ups(officer: Officer, today: date) -> QuerySet[FollowUp]:
    """Return follow-ups of open files due by ``today`` and not recorded, the longest due first."""
    if officer.role not in SUPPORTERS:
        return FollowUp.objects.none()
    found = FollowUp.objects.filter(done_on=None, due_on__lte=today)
    return found.filter(plan__case_id__in=_open_to(officer, today)).select_related("plan")


def due_tasks(officer: Officer, today: date, *, within_days: int = 7) -> QuerySet[PlanTask]:
    """Return tasks of open files due within some days and not done, the longest due first."""
    if officer.role not in SUPPORTERS:
        return PlanTask.objects.none()
    found = PlanTask.objects.filter(done_on=None, due_on__lte=today + timedelta(days=within_days))
    return found.filter(plan__case_id__in=_open_to(officer, today)).select_related("plan")


def _open_to(officer: Officer, today: date) -> QuerySet[Grant, str]:
    """Return the numbers open to the officer for support; row security looks at the hour."""
    found = Grant.objects.filter(officer=officer, until__date__gte=today, purpose__in=SUPPORTING)
    return found.values_list("file_number", flat=True)
