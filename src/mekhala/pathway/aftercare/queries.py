"""What was agreed, where people stay, what is due. Nothing here changes anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from mekhala.pathway.aftercare.codes import InTheWay
from mekhala.pathway.aftercare.going_home import in_the_way
from mekhala.pathway.aftercare.models import (
    Assessment,
    FollowUp,
    PlanTask,
    ReturnHome,
    Stay,
    SupportPlan,
)
from mekhala.pathway.aftercare.policies import SUPPORTERS, SUPPORTING
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral.models import PlacementQuestion
from mekhala.safeguards.access.models import Grant, Officer


def plan_of(case: Case) -> SupportPlan | None:
    """Return the support plan of a case, tasks and follow-ups with it; None if there is none."""
    found = SupportPlan.objects.filter(case=case).prefetch_related("tasks__agency", "follow_ups")
    return found.select_related("made_by").first()


def due_follow_ups(officer: Officer, today: date) -> QuerySet[FollowUp]:
    """Return follow-ups of open files due by ``today`` and not recorded, the longest due first."""
    if officer.role not in SUPPORTERS:
        return FollowUp.objects.none()
    found = FollowUp.objects.filter(done_on=None, taken_back_at=None, due_on__lte=today)
    return found.filter(plan__case_id__in=_open_to(officer, today)).select_related("plan")


def due_tasks(officer: Officer, today: date, *, within_days: int = 7) -> QuerySet[PlanTask]:
    """Return tasks of open files due within some days and not done, the longest due first."""
    if officer.role not in SUPPORTERS:
        return PlanTask.objects.none()
    last = today + timedelta(days=within_days)
    found = PlanTask.objects.filter(done_on=None, taken_back_at=None, due_on__lte=last)
    return found.filter(plan__case_id__in=_open_to(officer, today)).select_related("plan")


def long_stays(officer: Officer, today: date) -> QuerySet[Stay]:
    """Return stays of open files that are to be looked at again by ``today``, the longest first."""
    if officer.role not in SUPPORTERS:
        return Stay.objects.none()
    found = Stay.objects.filter(left_at=None, look_again_on__lte=today)
    return found.filter(case_id__in=_open_to(officer, today)).order_by("look_again_on", "id")


def due_reviews(officer: Officer, today: date) -> QuerySet[Assessment]:
    """Return the newest assessment of open files where both were to look again by ``today``."""
    if officer.role not in SUPPORTERS:
        return Assessment.objects.none()
    newest = (
        Assessment.objects.filter(case_id__in=_open_to(officer, today))
        .order_by("case_id", "-made_on", "-id")
        .distinct("case_id")
        .values("pk")
    )
    found = Assessment.objects.filter(pk__in=newest, next_on__lte=today)
    return found.exclude(case__plan__stage="closed").order_by("next_on", "id")


def returns_to_answer(officer: Officer, today: date) -> QuerySet[ReturnHome]:
    """Return ways home that another officer proposed and a second one has to answer."""
    if officer.role not in SUPPORTERS:
        return ReturnHome.objects.none()
    found = ReturnHome.objects.filter(
        proposed_by__isnull=False, answered_by=None, ended_at=None, gone_on=None
    ).exclude(proposed_by=officer)
    return found.filter(case_id__in=_open_to(officer, today)).order_by("proposed_at")


FOLLOW_UP, STAY, NEEDS, SECOND = "follow_up", "stay", "needs", "second"


def due(officer: Officer, today: date, *, at_most: int) -> list[tuple[str, str, date]]:
    """Return what of support is due as (kind, case, day), the longest due first, in one query.

    ``at_most`` of each kind: many days to look in never hide a stay or a second answer.
    """
    found = [
        (FOLLOW_UP, due_follow_ups(officer, today), "plan__case_id", F("due_on")),
        (STAY, long_stays(officer, today), "case_id", F("look_again_on")),
        (NEEDS, due_reviews(officer, today), "case_id", F("next_on")),
        (SECOND, returns_to_answer(officer, today), "case_id", TruncDate("proposed_at")),
    ]
    parts = [
        rows.annotate(of_kind=Value(kind), of_case=F(number), of_day=day)
        .order_by("of_day", "of_case")
        .values_list("of_kind", "of_case", "of_day")[:at_most]
        for kind, rows, number, day in found
    ]
    first, *others = parts
    return list(first.union(*others, all=True).order_by("of_day", "of_case"))


def stay_now(case: Case) -> Stay | None:
    """Return where the person stays, None where no stay is open or it is not to be seen."""
    return Stay.objects.filter(case=case, left_at=None).select_related("agency").first()


def asked_about(stay: Stay, asked: Iterable[PlacementQuestion]) -> PlacementQuestion | None:
    """Return what the ministry was asked about a stay, of what it was asked about the person."""
    if stay.referral_id is not None:
        return next((q for q in asked if q.referral_id == stay.referral_id), None)
    kept = (stay.agency_id, stay.recorded_at)
    return next(
        (q for q in asked if q.referral_id is None and (q.agency_id, q.asked_at) == kept), None
    )


def named_close(case_number: str) -> bool:
    """Answer whether a relative was named as recruiter: a yes or no, never whom.

    The database answers officers to whom the case is open for support; to others no.
    """
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_named_close(%s)", [case_number])
        return bool(cursor.fetchone()[0])


def way_is_open(planned: ReturnHome) -> bool:
    """Answer whether the person may be sent: nothing in the way, or two agreed since."""
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_way_is_open(%s)", [planned.pk])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, kw_only=True)
class WayHome:
    """A planned way home as it stands: what is in the way, and whether the person may be sent."""

    planned: ReturnHome
    reasons: tuple[InTheWay, ...]
    is_open: bool


def way_home(case: Case) -> WayHome | None:
    """Return the way home that is planned now, with what stands in its way."""
    found = ReturnHome.objects.filter(case=case, gone_on=None, ended_at=None)
    planned = found.select_related("trace", "proposed_by", "answered_by").first()
    if planned is None:
        return None
    asked = in_the_way(
        planned.answers, kin=planned.kin, is_adult=is_known_adult(case),
        visit=planned.trace.visit if planned.trace else None,
    )  # fmt: skip
    named = (InTheWay.NAMED,) if named_close(case.number) else ()
    return WayHome(planned=planned, reasons=named + asked, is_open=way_is_open(planned))


def past_returns(case: Case) -> QuerySet[ReturnHome]:
    """Return ways home that were gone or given up, the newest first."""
    over = Q(gone_on__isnull=False) | Q(ended_at__isnull=False)
    return ReturnHome.objects.filter(over, case=case)


def _open_to(officer: Officer, today: date) -> QuerySet[Grant, str]:
    """Return the numbers open to the officer for support; row security looks at the hour."""
    found = Grant.objects.filter(officer=officer, until__date__gte=today, purpose__in=SUPPORTING)
    return found.values_list("file_number", flat=True)
