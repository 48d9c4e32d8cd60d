"""API: what other countries were asked, and what was taught where in half a year."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.population.institutions import policies, queries, services
from mekhala.population.institutions.models import CooperationRequest, Taught
from mekhala.population.institutions.words import Activity, Asked, Outcome
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.institutions import PER_PAGE, words
from mekhala.web.exchange.kinds import Day, Strict, Whole
from mekhala.web.officers import officer_of

router = Router(tags=["institutions"])
MOST = 10**8


class CooperationRequestIn(Strict):
    """A request by its own number: no case, no name. ``due_on`` null: no day was set."""

    reference: str = words(40)
    kind: Asked
    country: str = words(3)
    asked_by: str = words()
    sent_on: Day
    due_on: Day | None = None


class CooperationAnswerIn(Strict):
    """What came back, and when."""

    outcome: Outcome
    on: Day


class CooperationRequestOut(Schema):
    """A request; ``days`` until the answer, or until today; ``overdue``: its day is over."""

    id: int
    reference: str
    kind: str
    country: str
    asked_by: str
    sent_on: date
    due_on: date | None
    answered_on: date | None
    outcome: str
    days: int
    overdue: bool


class TaughtCountsIn(Strict):
    """Counts; null is not known, 0 is none."""

    sessions: Whole | None = Field(None, ge=0, le=MOST)
    taught: Whole | None = Field(None, ge=0, le=MOST)
    tested_before: Whole | None = Field(None, ge=0, le=MOST)
    knew_before: Whole | None = Field(None, ge=0, le=MOST)
    tested_after: Whole | None = Field(None, ge=0, le=MOST)
    knew_after: Whole | None = Field(None, ge=0, le=MOST)
    source: str = words(300)


class TaughtIn(TaughtCountsIn):
    """What a body taught in a place in half a year."""

    activity: Activity
    place_code: str = words(8)
    year: Whole = Field(ge=1990, le=9998)
    half: Whole = Field(ge=1, le=2)
    held_by: str = words()


class TaughtCorrectionIn(TaughtCountsIn):
    """The counts of a half-year told anew, and why."""

    reason: str = words(300)


class TaughtOut(Schema):
    """What was taught, as it was last told; null is not known."""

    id: int
    activity: str
    place_code: str
    year: int
    half: int
    held_by: str
    sessions: int | None
    taught: int | None
    tested_before: int | None
    knew_before: int | None
    tested_after: int | None
    knew_after: int | None
    source: str
    reason: str


@router.get("/cooperation-requests", response=list[CooperationRequestOut])
def requests(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> list[dict[str, Any]]:
    """List requests to other countries, the newest first, 50 a page."""
    _reader(request)
    first = (page - 1) * PER_PAGE
    return [_asked(one) for one in queries.requests()[first : first + PER_PAGE]]


@router.post("/cooperation-requests", response={201: CooperationRequestOut})
def log_request(request: HttpRequest, given: CooperationRequestIn) -> Status:
    """Log a request that was sent."""
    told, by = given.dict(), _reader(request)
    made = services.log_request(
        told.pop("reference"), told.pop("kind"), told.pop("country"), **told, by=by,
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, _asked(made))


@router.post("/cooperation-requests/{int:request_id}/answer", response=CooperationRequestOut)
def record_answer(request: HttpRequest, request_id: int, given: CooperationAnswerIn) -> Any:
    """Keep what came back, once."""
    by = _reader(request)
    one = get_object_or_404(CooperationRequest, pk=request_id)
    return _asked(services.record_answer(one, given.outcome, on=given.on, by=by, at=timezone.now()))


@router.get("/teaching", response=list[TaughtOut])
def teaching(
    request: HttpRequest,  # noqa: ARG001
    page: int = Query(1, ge=1, le=100_000),
) -> Any:
    """List what was taught, the latest half-year first, 50 a page."""
    first = (page - 1) * PER_PAGE
    return list(queries.taught()[first : first + PER_PAGE])


@router.post("/teaching", response={201: TaughtOut})
def record_taught(request: HttpRequest, given: TaughtIn) -> Status:
    """Keep what was taught in half a year."""
    told = given.dict()
    made = services.record_taught(
        told.pop("activity"), told.pop("place_code"), **told, by=officer_of(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, made)


@router.post("/teaching/{int:taught_id}/corrections", response={201: TaughtOut})
def correct_taught(request: HttpRequest, taught_id: int, given: TaughtCorrectionIn) -> Status:
    """Tell the counts anew, and why; those told before stay."""
    one = get_object_or_404(Taught, pk=taught_id)
    made = services.correct_taught(one, **given.dict(), by=officer_of(request), at=timezone.now())
    return Status(201, made)


def _reader(request: HttpRequest) -> Officer:
    """Return the officer; who reads no requests finds none."""
    officer = officer_of(request)
    if not policies.may_read_requests(officer):
        raise Http404
    return officer


def _asked(one: CooperationRequest) -> dict[str, Any]:
    today = timezone.localdate()
    names = ("id", "reference", "kind", "country", "asked_by", "sent_on", "due_on",
             "answered_on", "outcome")  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "days": queries.days_taken(one, today), "overdue": queries.is_overdue(one, today),
    }  # fmt: skip
