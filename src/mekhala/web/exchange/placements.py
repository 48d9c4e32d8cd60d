"""API: places in houses on which the ministry of social affairs decides, without a name."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from mekhala.pathway.referral import placing, policies
from mekhala.pathway.referral.codes import Outcome, PlacementReason
from mekhala.pathway.referral.models import PlacementQuestion
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Strict
from mekhala.web.officers import officer_of

router = Router(tags=["referral"])
PER_PAGE = 50


class ToDecideOut(Schema):
    """A place as the ministry reads it: no case, no name. ``urgent``: why it cannot wait."""

    number: str
    house: str
    service: str
    asked_by: str
    sex: str
    age_band: str
    language: str
    requirements: list[str]
    places: int
    urgent: str
    given: bool
    asked_at: datetime
    due_at: datetime
    outcome: str
    reasons: list[str]
    decided_at: datetime | None


class DecisionIn(Strict):
    """What the ministry decides, and at least one reason for it."""

    outcome: Outcome
    reasons: list[PlacementReason] = Field(min_length=1, max_length=len(PlacementReason))


class PlacementOut(Schema):
    """What the ministry was asked about one person; ``outcome`` is empty until it has decided."""

    number: str
    referral_id: int | None
    urgent: str
    asked_at: datetime
    due_at: datetime
    outcome: str
    reasons: list[str]
    decided_at: datetime | None


@router.get("/placements", response=list[ToDecideOut])
def placements(request: HttpRequest, decided: bool = False, page: int = Query(1, ge=1)) -> Any:
    """List for the ministry what waits for it, the soonest due first, or what it decided."""
    _of_the_ministry(request)
    read = placing.decided if decided else placing.to_decide
    return read(most=PER_PAGE, skip=(page - 1) * PER_PAGE)


@router.post("/placements/{number}/decision", response=ToDecideOut)
def decide(request: HttpRequest, number: str, given: DecisionIn) -> Any:
    """Keep the ministry's decision on a place; a later one stands instead."""
    _of_the_ministry(request)
    if placing.one_to_decide(number) is None:
        raise Http404
    placing.decide(
        number, given.outcome, given.reasons, by=officer_of(request), at=timezone.now()
    )  # fmt: skip
    return placing.one_to_decide(number)


@router.get("/cases/{number}/placements", response=list[PlacementOut])
def of_case(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """List what the ministry was asked about one person, and what it decided."""
    policies.check_may_ask(officer_of(request), number, now=timezone.now())
    return [_out(asked) for asked in placing.of_case(case_for(request, number))]


def _of_the_ministry(request: HttpRequest) -> None:
    if not placing.may_decide(officer_of(request)):
        raise Http404


def _out(asked: PlacementQuestion) -> dict[str, Any]:
    decision = asked.decision
    return {
        "number": asked.number, "referral_id": asked.referral_id, "urgent": asked.urgent,
        "asked_at": asked.asked_at, "due_at": asked.due_at,
        "outcome": decision.outcome if decision else "",
        "reasons": decision.reasons if decision else [],
        "decided_at": decision.decided_at if decision else None,
    }  # fmt: skip
