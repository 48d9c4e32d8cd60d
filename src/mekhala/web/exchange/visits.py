"""API: visits to places, kept and counted. Where exactly it was is read on the page only."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.pathway.visits import policies, queries, services
from mekhala.pathway.visits.models import Done, Entry, PlaceKind, Seen, Visit, Visitor
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.kinds import NO_NUL, Day, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["visits"])
PER_PAGE = 50


class VisitIn(Strict):
    """One visit: about the place, never about somebody seen. A sign left out is not known."""

    visited_on: Day
    kind: PlaceKind
    province_code: str = Field(max_length=2)
    district_code: str = Field("", max_length=4)
    address: str = Field("", max_length=300, pattern=NO_NUL)
    visitors: list[Visitor] = Field(min_length=1, max_length=len(Visitor))
    entry: Entry
    seen: dict[Seen, YesNo | None] = Field(default_factory=dict)
    done: list[Done] = Field(default_factory=list, max_length=len(Done))


class VisitOut(Schema):
    """A visit of the own organisation; ``seen``: null is not known."""

    number: str
    visited_on: date
    kind: str
    province_code: str
    visitors: list[str]
    entry: str
    seen: dict[str, bool | None]
    done: list[str]


class VisitsCountedOut(Schema):
    """Visits of all organisations in one half-year and province.

    ``seen`` says of each sign how often it was seen and of how many visits it is known; it and
    ``led`` are null where fewer than ten visits were let in.
    """

    half: str
    province: str
    made: int
    let_in: int
    refused: int
    reported: int
    led: int | None
    seen: dict[str, tuple[int, int]] | None


@router.get("/visits", response=list[VisitOut])
def visits(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """List the visits of the officer's own organisation, the latest first, 50 a page."""
    _visitor(request)
    first = (page - 1) * PER_PAGE
    return [_told(one) for one in queries.visits()[first : first + PER_PAGE]]


@router.post("/visits", response={201: VisitOut})
def record_visit(request: HttpRequest, given: VisitIn) -> Status:
    """Keep a visit."""
    by, said = _visitor(request), given.dict()
    said["seen"] = {str(code): answer for code, answer in said["seen"].items()}
    return Status(201, _told(services.record_visit(**said, by=by, at=timezone.now())))


@router.get("/visits/figures", response=list[VisitsCountedOut])
def figures(request: HttpRequest) -> Any:
    """Count visits by half-year and province: no share of such places, none was drawn."""
    if not policies.may_count(officer_of(request)):
        raise Http404
    return queries.counted()


def _visitor(request: HttpRequest) -> Officer:
    """Return the officer; for whom the room is not there, nothing is."""
    officer = officer_of(request)
    if not policies.may_visit(officer):
        raise Http404
    return officer


def _told(one: Visit) -> dict[str, Any]:
    names = ("number", "visited_on", "kind", "province_code", "visitors", "entry", "seen", "done")
    return {name: getattr(one, name) for name in names}
