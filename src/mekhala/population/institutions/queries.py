"""What stands in the registers of institutions. Nothing here changes anything."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from mekhala.population.institutions.models import (
    BodyChange,
    CooperationRequest,
    Mandate,
    Policy,
    Project,
    ReportDue,
    Target,
    Taught,
)
from mekhala.population.institutions.words import Status


def mandates() -> QuerySet[Mandate]:
    """Return what is owed now: the last word on each mandate, without those that ended."""
    return Mandate.objects.filter(replaced_by=None, ended=False)


def way_of[T: (Mandate, Taught)](last: T) -> list[T]:
    """Return how a line came to be, the newest first: itself and all that it replaced."""
    way, one = [last], last
    while one.replaces is not None:
        one = one.replaces
        way.append(one)
    return way


def latest_of[T: (Mandate, Taught)](one: T) -> T:
    """Return what stands in the place of a line now; the line itself if nothing replaced it."""
    while (after := getattr(one, "replaced_by", None)) is not None:
        one = after
    return one


def projects() -> QuerySet[Project]:
    """Return projects with statuses and corrections, the newest of each first."""
    return Project.objects.prefetch_related("statuses", "corrections")


@dataclass(kw_only=True)
class Total:
    """Projects of one status: how many, their budgets by currency, and how many said none."""

    status: Status
    projects: int = 0
    budgets: dict[str, int] = field(default_factory=dict)
    not_said: int = 0


def totals(found: list[Project]) -> list[Total]:
    """Return projects and money by status. No status is part of another."""
    of = {status: Total(status=status) for status in Status}
    for project in found:
        last = next(iter(project.statuses.all()), None)
        if last is None:
            continue
        total = of[Status(last.status)]
        total.projects += 1
        said = project.corrected
        if said.budget is None:
            total.not_said += 1
        else:
            total.budgets[said.currency] = total.budgets.get(said.currency, 0) + said.budget
    return list(of.values())


def requests() -> QuerySet[CooperationRequest]:
    """Return requests to other countries, the newest first."""
    return CooperationRequest.objects.all()


def days_taken(one: CooperationRequest, today: date) -> int:
    """Return the days from sending to the answer, or to ``today`` while there is none."""
    return ((one.answered_on or today) - one.sent_on).days


def is_overdue(one: CooperationRequest, today: date) -> bool:
    """Return whether an answer is still missing after the day that was set for it."""
    return one.answered_on is None and one.due_on is not None and one.due_on < today


def taught() -> QuerySet[Taught]:
    """Return what was taught, as it was last told."""
    return Taught.objects.filter(replaced_by=None)


def body_changes() -> QuerySet[BodyChange]:
    """Return what became of bodies, the earliest first."""
    return BodyChange.objects.all()


def names_today() -> dict[str, str]:
    """Return under which name each body that was renamed or merged goes on today."""
    into = dict(BodyChange.objects.exclude(into="").values_list("body", "into"))
    return {body: _last(body, into) for body in into}


def _last(body: str, into: dict[str, str]) -> str:
    """Return the last name of a way; a circle is left where it closes."""
    seen = {body}
    while (after := into.get(body)) and after not in seen:
        seen.add(body := after)
    return body


def reports() -> QuerySet[ReportDue]:
    """Return the reports that bodies owe, the latest day first."""
    return ReportDue.objects.all()


def days_late(one: ReportDue, today: date) -> int:
    """Return by how many days a report came late, or is late today; 0 or less: it is not."""
    return ((one.came_on or today) - one.due_on).days


def targets() -> QuerySet[Target]:
    """Return targets by plan, each with what was reached, the newest first."""
    return Target.objects.prefetch_related("reached")


def adopted() -> QuerySet[Policy]:
    """Return policies, the newest first, with who had a hand in each."""
    return Policy.objects.prefetch_related("influences")
