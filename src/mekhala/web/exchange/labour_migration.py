"""API: how recruitment agencies stand today, complaints of them, a case that comes of one."""

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.models import AgeCertainty, Sex
from mekhala.pathway.labour_migration import (
    flags,
    looking_into,
    policies,
    queries,
    taking_back,
    workers,
)
from mekhala.pathway.labour_migration.models import Incident, Recruiter, Worker
from mekhala.pathway.labour_migration.words import Complainant, Kind, Mistake, Outcome
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.web.exchange.kinds import NO_NUL, Day, Moment, Strict, Whole, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["labour_migration"])
PER_PAGE = 50


class ComplaintOfAgencyIn(Strict):
    """A complaint by a worker, a family or a consul; ``words`` are sealed, no agency sees them.

    ``worker`` is the number of a file that is open; without it one is opened.
    """

    recruiter: str = Field(max_length=40, pattern=NO_NUL)
    kinds: list[Kind] = Field(min_length=1, max_length=20)
    by_whom: Complainant
    country: str = Field(max_length=3)
    received_on: Day
    words: str = Field("", max_length=4000, pattern=NO_NUL)
    labour_may_read: YesNo | None = None
    worker: str = Field("", max_length=20, pattern=NO_NUL)


class WorkersCaseIn(Strict):
    """A worker who may be trafficked and says yes to help and a case."""

    worker_says_yes: YesNo | None = None
    met_at: Moment
    place_code: str = Field(max_length=8)
    sex: Sex = Sex.UNKNOWN
    age: Whole | None = Field(None, ge=0, le=120)
    age_certainty: AgeCertainty = AgeCertainty.UNKNOWN


class DeploymentIn(Strict):
    """Through which agency a worker went to whom, where and in which year."""

    recruiter: str = Field(max_length=40, pattern=NO_NUL)
    employer: str = Field(max_length=160, pattern=NO_NUL)
    country: str = Field(max_length=3)
    year: Whole


class DeploymentBackIn(DeploymentIn):
    """Which work was kept in error, as it was kept, and why it is taken back."""

    because: Mistake


class SignsIn(Strict):
    """What a worker was asked; null is *asked, not known*, a code left out was not asked.

    With ``outcome`` refer an adult's case goes to the authority with ``authority_may_know`` true
    only; a child's, and of whoever is not known to be 18 or more, all the same.
    """

    answers: dict[str, YesNo | None] = Field(default_factory=dict)
    outcome: ScreeningOutcome
    because: str = Field("", max_length=4000, pattern=NO_NUL)
    authority_may_know: YesNo | None = None


class SignsOut(Schema):
    """What came of it; ``is_with_authority``: the case went to the competent authority."""

    case: str
    screened_at: datetime
    outcome: str
    is_with_authority: bool


class WorkerOut(Schema):
    """A worker's file; ``case`` null: none was opened."""

    worker: str
    case: str | None


class FindingOfComplaintIn(Strict):
    """What was found of a complaint; ``reasons`` speak of the agency, never of a worker."""

    finding: Outcome
    reasons: str = Field(max_length=500, pattern=NO_NUL)
    on: Day


class ComplaintToldOut(Schema):
    """A complaint as its agency is known by it: no worker. ``finding`` null: not looked into."""

    id: int
    recruiter: str
    kinds: list[str]
    country: str
    month: date
    finding: str | None
    found_on: date | None
    reasons: str


class RecruiterOut(Schema):
    """An agency; ``standing``: licensed, unlicensed, suspended or removed."""

    register_number: str
    name: str
    standing: str
    licensed_until: date | None


@router.get("/recruiters", response=list[RecruiterOut])
def recruiters(
    request: HttpRequest,  # noqa: ARG001
    page: int = Query(1, ge=1, le=100_000),
) -> list[dict[str, object]]:
    """List agencies by name, 50 a page, with how each stands today."""
    today, first = timezone.localdate(), (page - 1) * PER_PAGE
    return [
        {
            "register_number": one.register_number, "name": one.name,
            "standing": queries.standing(one, today),
            "licensed_until": queries.licensed_until(one.licences.all()),
        }
        for one in queries.recruiters()[first : first + PER_PAGE]
    ]  # fmt: skip


@router.post("/complaints-of-agencies", response={201: WorkerOut})
def complain(request: HttpRequest, given: ComplaintOfAgencyIn) -> Status:
    """Keep a complaint of a recruitment agency; at the threshold a review opens by itself."""
    told, by, now = given.dict(), officer_of(request), timezone.now()
    policies.check_takes_complaints(by)
    code, number = told.pop("recruiter"), told.pop("worker")
    recruiter = _recruiter(code)
    worker = get_object_or_404(queries.workers(by, now=now), number=number) if number else None
    kept = workers.complain(recruiter, **told, worker=worker, by=by, at=now)
    return Status(201, _file(kept.worker))


@router.get("/complaints-of-agencies", response=list[ComplaintToldOut])
def complaints(
    request: HttpRequest,  # noqa: ARG001
    recruiter: str = Query("", max_length=40, pattern=NO_NUL),
    page: int = Query(1, ge=1, le=100_000),
) -> list[dict[str, object]]:
    """List complaints of agencies, or of one, 50 a page, with the latest finding of each."""
    found, first = queries.complaints_told(), (page - 1) * PER_PAGE
    if recruiter:
        found = found.filter(recruiter__register_number=recruiter)
    return [_told(one) for one in found[first : first + PER_PAGE]]


@router.post("/complaints-of-agencies/{incident_id}/finding", response={201: ComplaintToldOut})
def look_into(request: HttpRequest, incident_id: int, given: FindingOfComplaintIn) -> Status:
    """Record what was found of a complaint; refused to whoever wrote it down. Decides nothing."""
    by, now = officer_of(request), timezone.now()
    policies.check_supervises(by)
    one = get_object_or_404(queries.complaints_told(), pk=incident_id)
    looking_into.record_finding(one, **given.dict(), by=by, at=now)
    return Status(201, _told(queries.complaints_told().get(pk=one.pk)))


@router.post("/workers/{number}/case", response={201: WorkerOut})
def open_case(request: HttpRequest, number: str, given: WorkersCaseIn) -> Status:
    """Open a case for a worker, with the first meeting; refused without the worker's own yes."""
    by, now, person = officer_of(request), timezone.now(), given.dict()
    yes, met_at = person.pop("worker_says_yes"), person.pop("met_at")
    worker = get_object_or_404(queries.workers(by, now=now), number=number)
    workers.open_case(worker, worker_says_yes=yes, met_at=met_at, by=by, at=now, person=person)
    return Status(201, _file(worker))


@router.post("/workers/{number}/deployments", response={201: WorkerOut})
def record_deployment(request: HttpRequest, number: str, given: DeploymentIn) -> Status:
    """Keep where a worker went; whoever opens the file may, and no other agency reads it."""
    by, now, told = officer_of(request), timezone.now(), given.dict()
    worker = get_object_or_404(queries.workers(by, now=now), number=number)
    recruiter = _recruiter(told.pop("recruiter"))
    workers.record_deployment(
        worker, recruiter, told.pop("employer"), told.pop("country"), **told, by=by, at=now
    )
    return Status(201, _file(worker))


@router.post("/workers/{number}/deployments/take-back", response={201: WorkerOut})
def take_back_deployment(request: HttpRequest, number: str, given: DeploymentBackIn) -> Status:
    """Take back where a worker went; complaints that were put to it stay, put to none."""
    by, now = officer_of(request), timezone.now()
    worker = get_object_or_404(queries.workers(by, now=now), number=number)
    work = get_object_or_404(
        queries.deployments_of(worker), taken_back_at=None, year=given.year,
        recruiter=_recruiter(given.recruiter), employer__name=given.employer.strip(),
        employer__country=given.country,
    )  # fmt: skip
    taking_back.take_back_deployment(work, given.because, by=by, at=now)
    return Status(201, _file(worker))


@router.post("/workers/{number}/signs", response={201: SignsOut})
def ask_about_signs(request: HttpRequest, number: str, given: SignsIn) -> Status:
    """Keep what a worker with a case was asked, and refer where that is the advice."""
    by, now = officer_of(request), timezone.now()
    worker = get_object_or_404(queries.workers(by, now=now), number=number)
    flags.screen(worker, **given.dict(), by=by, at=now)
    found = flags.last_asked(worker)
    assert found is not None  # just kept
    return Status(201, {
        "case": worker.case_id, "screened_at": found.screening.screened_at,
        "outcome": found.screening.outcome, "is_with_authority": found.is_with_authority,
    })  # fmt: skip


def _recruiter(code: str) -> Recruiter:
    found = Recruiter.objects.filter(register_number=code).first()
    if found is None:
        raise WrongInput(f"recruiter: {code!r} is no number in the register of agencies.")
    return found


def _told(one: Incident) -> dict[str, object]:
    latest = next(iter(one.findings.all()), None)
    return {
        "id": one.pk, "recruiter": one.recruiter.register_number, "kinds": one.kinds,
        "country": one.country, "month": one.month,
        "finding": latest.finding if latest else None,
        "found_on": latest.found_on if latest else None,
        "reasons": latest.reasons if latest else "",
    }  # fmt: skip


def _file(worker: Worker) -> dict[str, str | None]:
    return {"worker": worker.number, "case": worker.case_id}
