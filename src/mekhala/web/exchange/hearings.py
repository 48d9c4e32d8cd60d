"""API: the calendar of hearings, planning one, putting it off. It names nobody."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.pathway.justice import monitors, policies, queries, services
from mekhala.pathway.justice.models import Hearing, HearingKind, Proceeding
from mekhala.web.exchange.kinds import NO_NUL, Moment, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["justice"])
PER_PAGE, LOOK_BACK = 50, timedelta(days=14)


class HearingIn(Strict):
    """A hearing for the calendar; ``is_public`` null: not known."""

    kind: HearingKind
    starts_at: Moment
    room: str = Field("", max_length=40, pattern=NO_NUL)
    is_public: YesNo | None = None


class PutOffIn(Strict):
    """The new time of a hearing."""

    starts_at: Moment


class HearingOut(Schema):
    """A hearing of a proceeding that is open to the officer."""

    number: str
    proceeding: str
    kind: str
    starts_at: datetime
    court: str | None
    room: str
    is_public: bool | None


class WatchableOut(Schema):
    """A hearing not closed to the public, with the numbers of the accused and no name."""

    number: str
    kind: str
    starts_at: datetime
    court: str
    room: str
    accused: list[str]


@router.get("/hearings", response=list[HearingOut])
def hearings(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """List hearings from a fortnight ago on, the next first, 50 a page; not those put off."""
    if not policies.may_file(officer_of(request)):
        raise Http404
    first = (page - 1) * PER_PAGE
    found = queries.hearings(since=timezone.now() - LOOK_BACK)[first : first + PER_PAGE]
    return [_told(one) for one in found]


@router.get("/hearings/to-watch", response=list[WatchableOut])
def to_watch(request: HttpRequest) -> Any:
    """List, for monitors of trials, the hearings that are not closed to the public."""
    by = officer_of(request)
    if not policies.may_watch(by):
        raise Http404
    return monitors.hearings_to_watch(by=by, since=timezone.now() - LOOK_BACK)


@router.post("/proceedings/{slug:number}/hearings", response={201: HearingOut})
def plan(request: HttpRequest, number: str, given: HearingIn) -> Status:
    """Put a hearing into the calendar."""
    found = get_object_or_404(Proceeding, number=number)
    kept = services.plan_hearing(
        found, by=officer_of(request), at=timezone.now(), **given.dict()
    )  # fmt: skip
    return Status(201, _told(kept))


@router.post(
    "/proceedings/{slug:number}/hearings/{slug:hearing}/put-off", response={201: HearingOut}
)
def put_off(request: HttpRequest, number: str, hearing: str, given: PutOffIn) -> Status:
    """Put a hearing off to another time, once; the answer is the later hearing."""
    found = get_object_or_404(Hearing, number=hearing, proceeding=number)
    later = services.put_off(
        found, starts_at=given.starts_at, by=officer_of(request), at=timezone.now()
    )
    return Status(201, _told(later))


def _told(one: Hearing) -> dict[str, Any]:
    return {
        "number": one.number, "proceeding": one.proceeding_id, "kind": one.kind,
        "starts_at": one.starts_at, "court": one.court.code if one.court else None,
        "room": one.room, "is_public": one.is_public,
    }  # fmt: skip
