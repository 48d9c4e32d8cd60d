"""API: who owes what by which office, and projects with how far each has come."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.population.institutions import queries, services
from mekhala.population.institutions.models import Mandate, Project
from mekhala.population.institutions.words import Currency
from mekhala.population.institutions.words import Status as Stage
from mekhala.web.exchange.kinds import NO_NUL, Day, Strict, Whole, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["institutions"])
PER_PAGE = 50


def words(most: int = 160, *, default: Any = ...) -> Any:
    """Return a field of words: so many characters at most, and no NUL."""
    return Field(default, max_length=most, pattern=NO_NUL)


class MandateChangeIn(Strict):
    """What is owed from a day on; ``office`` empty: none is named. ``ended``: owed no more."""

    duty: str = words(300)
    office: str = words(default="")
    committee: str = words(default="")
    since: Day
    source: str = words(300)
    reason: str = words(300)
    ended: YesNo = False


class MandateIn(Strict):
    """Who owes what, by which office, never a person."""

    body: str = words()
    duty: str = words(300)
    office: str = words(default="")
    committee: str = words(default="")
    since: Day
    source: str = words(300)


class MandateOut(Schema):
    """What is owed; ``replaces`` is the id of the line it took the place of."""

    id: int
    body: str
    duty: str
    office: str
    committee: str
    since: date
    source: str
    ended: bool
    reason: str
    replaces: int | None
    recorded_at: datetime


class ProjectCorrectionIn(Strict):
    """Title and budget told anew; ``budget`` null: nobody said it."""

    title: str = words(200)
    title_km: str = words(200, default="")
    budget: Whole | None = Field(None, ge=0, le=10**15)
    currency: Currency | None = None
    source: str = words(300)
    reason: str = words(300)


class ProjectStatusIn(Strict):
    """How far a project has come, and which body says so."""

    status: Stage
    since: Day
    said_by: str = words()
    source: str = words(300)
    reason: str = words(300)


class ProjectIn(ProjectStatusIn):
    """A project with its first status."""

    title: str = words(200)
    title_km: str = words(200, default="")
    run_by: str = words()
    donor: str = words(default="")
    budget: Whole | None = Field(None, ge=0, le=10**15)
    currency: Currency | None = None
    begins_on: Day | None = None
    ends_on: Day | None = None


class ProjectStatusOut(Schema):
    """One status, who said it and why."""

    status: str
    since: date
    said_by: str
    source: str
    reason: str


class ProjectOut(Schema):
    """A project as it was last told; ``statuses`` and the reasons of corrections newest first."""

    id: int
    title: str
    title_km: str
    run_by: str
    donor: str
    budget: int | None
    currency: str
    begins_on: date | None
    ends_on: date | None
    statuses: list[ProjectStatusOut]
    corrected_because: list[str]


@router.get("/mandates", response=list[MandateOut])
def mandates(
    request: HttpRequest,  # noqa: ARG001
    page: int = Query(1, ge=1, le=100_000),
) -> list[dict[str, Any]]:
    """List what is owed now, by body, 50 a page."""
    first = (page - 1) * PER_PAGE
    return [_mandate(one) for one in queries.mandates()[first : first + PER_PAGE]]


@router.post("/mandates", response={201: MandateOut})
def record_mandate(request: HttpRequest, given: MandateIn) -> Status:
    """Write down a mandate."""
    made = services.record_mandate(**given.dict(), by=officer_of(request), at=timezone.now())
    return Status(201, _mandate(made))


@router.get("/mandates/{int:mandate_id}", response=list[MandateOut])
def mandate(request: HttpRequest, mandate_id: int) -> list[dict[str, Any]]:  # noqa: ARG001
    """Read how a mandate came to stand as it does, the newest line first."""
    last = queries.latest_of(get_object_or_404(Mandate, pk=mandate_id))
    return [_mandate(one) for one in queries.way_of(last)]


@router.post("/mandates/{int:mandate_id}/changes", response={201: MandateOut})
def change_mandate(request: HttpRequest, mandate_id: int, given: MandateChangeIn) -> Status:
    """Say what is owed instead; a line that another replaced already is refused."""
    one = get_object_or_404(Mandate, pk=mandate_id)
    made = services.change_mandate(one, **given.dict(), by=officer_of(request), at=timezone.now())
    return Status(201, _mandate(made))


@router.get("/projects", response=list[ProjectOut])
def projects(
    request: HttpRequest,  # noqa: ARG001
    page: int = Query(1, ge=1, le=100_000),
) -> list[dict[str, Any]]:
    """List projects with each status, 50 a page."""
    first = (page - 1) * PER_PAGE
    return [_project(one) for one in queries.projects()[first : first + PER_PAGE]]


@router.post("/projects", response={201: ProjectOut})
def record_project(request: HttpRequest, given: ProjectIn) -> Status:
    """Enter a project with its first status."""
    made = services.record_project(**_paid(given), by=officer_of(request), at=timezone.now())
    return Status(201, _again(made.pk))


@router.post("/projects/{int:project_id}/statuses", response={201: ProjectOut})
def record_status(request: HttpRequest, project_id: int, given: ProjectStatusIn) -> Status:
    """Say how far a project has come; no status comes back."""
    one = get_object_or_404(Project, pk=project_id)
    services.record_status(one, **given.dict(), by=officer_of(request), at=timezone.now())
    return Status(201, _again(project_id))


@router.post("/projects/{int:project_id}/corrections", response={201: ProjectOut})
def correct_project(request: HttpRequest, project_id: int, given: ProjectCorrectionIn) -> Status:
    """Tell title and budget anew, and why; what stood before stays."""
    one = get_object_or_404(Project, pk=project_id)
    services.correct_project(one, **_paid(given), by=officer_of(request), at=timezone.now())
    return Status(201, _again(project_id))


def _paid(given: ProjectIn | ProjectCorrectionIn) -> dict[str, Any]:
    return given.dict() | {"currency": given.currency or ""}


def _mandate(one: Mandate) -> dict[str, Any]:
    names = ("id", "body", "duty", "office", "committee", "since", "source", "ended", "reason",
             "recorded_at")  # fmt: skip
    return {name: getattr(one, name) for name in names} | {"replaces": one.replaces_id}


def _again(pk: int) -> dict[str, Any]:
    return _project(queries.projects().get(pk=pk))


def _project(one: Project) -> dict[str, Any]:
    said = one.corrected
    return {
        "id": one.pk, "title": said.title, "title_km": said.title_km, "run_by": one.run_by,
        "donor": one.donor, "budget": said.budget, "currency": said.currency,
        "begins_on": one.begins_on, "ends_on": one.ends_on, "statuses": list(one.statuses.all()),
        "corrected_because": [each.reason for each in one.corrections.all()],
    }  # fmt: skip
