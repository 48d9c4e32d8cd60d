"""API: asking to read court dossiers, reading them in codes, ending it. No word of a file.

Whoever supervises signs on the page, signed in anew, and so does the second agency: a key of a
program signs nothing. A file with many dossiers is taken out on the page too.
"""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.population.dossiers import policies, queries, services
from mekhala.population.dossiers.models import Access
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.kinds import NO_NUL, Day, Moment, Strict, Whole
from mekhala.web.officers import officer_of

router = Router(tags=["dossiers"])
MOST = 100  # requests in one answer


class DossiersIn(Strict):
    """A study: what it asks, who approved it, who supervises, which dossiers, until when."""

    purpose: str = Field(min_length=20, max_length=400, pattern=NO_NUL)
    approved_by: str = Field(min_length=1, max_length=120, pattern=NO_NUL)
    approval: str = Field(min_length=1, max_length=40, pattern=NO_NUL)
    approved_on: Day
    supervisor: Whole
    named: list[str] = Field(min_length=1, max_length=policies.MOST_NAMED)
    until: Moment


class SupervisorOut(Schema):
    """An officer of a court who may supervise a study."""

    id: int
    name: str
    court: str


class DossiersOut(Schema):
    """A request to read dossiers, and where it stands: ``asked``, ``open`` or ``ended``."""

    number: str
    state: str
    purpose: str
    approved_by: str
    approval: str
    approved_on: date
    until: datetime
    agency: str
    dossiers: list[str]
    files_taken: int


class DossierRowOut(Schema):
    """One part of a file, about an accused by letter, in codes, months and bands."""

    part: str
    of: str | None
    said: dict[str, Any]


class DossierOut(Schema):
    """One dossier as it may be read: no name, no number, no day, no place below the province."""

    province: str | None
    complaint: str
    accused: list[dict[str, Any]]
    rows: list[DossierRowOut]


@router.get("/dossiers", response=list[DossiersOut])
def requests(request: HttpRequest) -> Any:
    """List the requests that are there for the officer, the newest first, 100."""
    _concerned(request)
    return [_told(one) for one in queries.requests_seen()[:MOST]]


@router.get("/dossiers/supervisors", response=list[SupervisorOut])
def supervisors(request: HttpRequest) -> Any:
    """List who may supervise a study of the officer's: officers of courts elsewhere."""
    by = _researcher(request)
    return [
        {"id": one.pk, "name": one.shown_as, "court": one.agency.code}
        for one in queries.who_may_supervise(by)[:MOST]
    ]


@router.post("/dossiers", response={201: DossiersOut})
def ask(request: HttpRequest, given: DossiersIn) -> Status:
    """Ask to read dossiers; nothing is open, and nothing is told of any of them."""
    by, told = _researcher(request), given.dict()
    supervisor = queries.who_may_supervise(by).filter(pk=told.pop("supervisor")).first()
    if supervisor is None:
        raise WrongInput("supervisor: no such officer; expected an id of /dossiers/supervisors")
    made = services.ask(**told, supervisor=supervisor, by=by, at=timezone.now())
    return Status(201, _told(made))


@router.get("/dossiers/{slug:access}", response=DossiersOut)
def one(request: HttpRequest, access: str) -> Any:
    """Answer one request and where it stands."""
    return _told(_found(request, access))


@router.post("/dossiers/{slug:access}/end", response=DossiersOut)
def end(request: HttpRequest, access: str) -> Any:
    """End the access at once."""
    found = _found(request, access)
    return _told(services.end(found, by=officer_of(request), at=timezone.now()))


@router.get("/dossiers/{slug:access}/{slug:number}", response=DossierOut)
def read(request: HttpRequest, access: str, number: str) -> Any:
    """Read one dossier in codes; the reading stands in the witnessed log of the proceeding."""
    found = _found(request, access)
    return services.read(found, number, by=officer_of(request), at=timezone.now())


def _concerned(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not policies.may_see(officer):
        raise Http404
    return officer


def _researcher(request: HttpRequest) -> Officer:
    officer = _concerned(request)
    if not policies.may_ask(officer):
        raise Http404
    return officer


def _found(request: HttpRequest, number: str) -> Access:
    """Return a request that is there for the officer; for all others there is nothing."""
    _concerned(request)
    return get_object_or_404(queries.requests_seen(), number=number)


def _told(one: Access) -> dict[str, Any]:
    return {
        "number": one.number, "state": one.state(timezone.now()).value, "purpose": one.purpose,
        "approved_by": one.approved_by, "approval": one.approval, "until": one.until,
        "approved_on": one.approved_on, "agency": one.agency.code,
        "dossiers": [each.dossier for each in one.named.all()],
        "files_taken": len(one.taken.all()),
    }  # fmt: skip
