"""API: what was asked and seen; and the indicators alone, as an aid."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Router, Schema, Status
from pydantic import Field

from mekhala.core.reasoning.screening import screen_all
from mekhala.forms.models import Submission
from mekhala.pathway.determination import services as determination
from mekhala.pathway.encounter.models import Encounter
from mekhala.pathway.encounter.not_screened import record_not_screened
from mekhala.pathway.encounter.policies import may_meet
from mekhala.pathway.screening import queries, services
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.web.exchange.encounter import case_for, submission_of
from mekhala.web.exchange.kinds import Strict, Whole, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["screening"])
WAITING = 50


class ScreeningIn(Strict):
    """A screening. Null is *asked, not known*; a code left out was not asked."""

    answers: dict[str, YesNo | None] = {}
    profile: str = ""
    indicators: list[str] = []
    outcome: str
    because: str = Field("", max_length=4000)
    submission: Whole | None = None
    conduct_from: str = Field("", max_length=10)
    conduct_to: str = Field("", max_length=10)


class ScreeningOut(Schema):
    """A kept screening; ``file`` is the authority's file if it was referred, ``aid`` no status."""

    id: int
    screened_at: datetime
    outcome: str
    file: int | None
    list_version: str
    aid: dict[str, Any] | None


@router.post("/cases/{number}/screenings", response={201: ScreeningOut})
def record_screening(request: HttpRequest, number: str, told: ScreeningIn) -> Status:
    """Keep a screening; with the outcome *refer* the case goes to the authority at once."""
    case, by, at = case_for(request, number), officer_of(request), timezone.now()
    given = told.dict()
    conduct = {key: given.pop(key) for key in ("conduct_from", "conduct_to")}
    sent: Submission | None = submission_of(given.pop("submission"))
    kept = services.record_screening(case=case, by=by, at=at, submission=sent, **given)
    file = None
    if kept.outcome == ScreeningOutcome.REFER:
        file = determination.refer_to_authority(screening=kept, by=by, at=at, **conduct)
    return Status(201, {
        "id": kept.pk, "screened_at": kept.screened_at, "outcome": kept.outcome,
        "file": file.pk if file else None, "list_version": kept.list_version,
        "aid": queries.aid(case, profile=kept.profile, indicators=kept.indicators),
    })  # fmt: skip


class MeetingWaitingOut(Schema):
    """A meeting that waits for a screening, or for the reason why there was none."""

    meeting: int
    case: str
    met_at: datetime


class NotScreenedIn(Strict):
    """Why a meeting led to no screening, as a code."""

    meeting: Whole
    because: str = Field(max_length=20)


class NotScreenedOut(Schema):
    """A reason that was kept."""

    meeting: int
    because: str


@router.get("/meetings-to-screen", response=list[MeetingWaitingOut])
def meetings_to_screen(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the meetings of one's agency that wait for a screening, the oldest first, 50."""
    by = officer_of(request)
    if not may_meet(by):
        raise NotYourRole
    found = queries.waiting(by, now=timezone.now())[:WAITING]
    return [{"meeting": met.pk, "case": met.case_id, "met_at": met.met_at} for met in found]


@router.post("/cases/{number}/not-screened", response={201: NotScreenedOut})
def not_screened(request: HttpRequest, number: str, told: NotScreenedIn) -> Status:
    """Say why a meeting of this case led to no screening. It closes no door."""
    case, by = case_for(request, number), officer_of(request)
    met = Encounter.objects.filter(case=case, pk=told.meeting).first()
    if met is None:
        raise NotOpenToYou
    kept = record_not_screened(encounter=met, because=told.because, by=by, at=timezone.now())
    return Status(201, {"meeting": kept.pk, "because": kept.not_screened_because})


@router.post("/screen", response=Any)
def screen(request: HttpRequest, document: Any = Body(...)) -> Any:  # noqa: ARG001, B008
    """Return what indicators amount to, for one object or an array. Keeps nothing."""
    return screen_all(document)
