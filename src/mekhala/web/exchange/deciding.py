"""API: the clock of the open question, and asking that a negative decision be looked at again."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import ClockChange, DeterminationFile
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.web.exchange.determination import FileOut, file_for
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Day, Strict
from mekhala.web.officers import officer_of

router = Router(tags=["determination"])


class BecauseIn(Strict):
    """The reason in words."""

    because: str = Field(max_length=2000)


class PauseIn(BecauseIn):
    """Why the clock stands still: a code, and words."""

    reason: str


class ExtendIn(PauseIn):
    """Until when there is more time, and why."""

    due_on: Day


class AskAgainIn(Strict):
    """On which grounds; ``late_because`` after the time allowed."""

    grounds: list[str]
    because: str = Field(max_length=8000)
    late_because: str = Field("", max_length=8000)


class ClockChangeOut(Schema):
    """A kept change of a clock."""

    id: int
    stage: str = Field(alias="file.stage")
    act: str
    reason: str
    because: str
    due_before: date
    due_on: date
    changed_at: datetime


@router.get("/cases/{number}/clock", response=list[ClockChangeOut])
def list_clock_changes(request: HttpRequest, number: str) -> list[ClockChange]:
    """Return how the clocks of a case were changed, the newest change first."""
    return queries.clock_changes_of(file_for(request, number).case)


@router.post("/cases/{number}/clock/pause", response={201: ClockChangeOut})
def pause(request: HttpRequest, number: str, told: PauseIn) -> Status:
    """Let the clock of the open question stand still."""
    return _changed(services.pause, request, number, told)


@router.post("/cases/{number}/clock/go-on", response={201: ClockChangeOut})
def let_go_on(request: HttpRequest, number: str, told: BecauseIn) -> Status:
    """Let a paused clock go on."""
    return _changed(services.let_go_on, request, number, told)


@router.post("/cases/{number}/clock/extend", response={201: ClockChangeOut})
def extend(request: HttpRequest, number: str, told: ExtendIn) -> Status:
    """Give the open question more time."""
    return _changed(services.extend, request, number, told)


@router.post("/cases/{number}/clock/end-minimum", response={201: ClockChangeOut})
def end_minimum(request: HttpRequest, number: str, told: BecauseIn) -> Status:
    """End the time to recover because the person wishes it."""
    return _changed(services.end_minimum, request, number, told)


@router.post("/cases/{number}/reconsiderations", response={201: FileOut})
def ask_again(request: HttpRequest, number: str, told: AskAgainIn) -> Status:
    """Ask that the negative decision that stands be looked at again; return the new question."""
    decision = queries.standing_decision(case_for(request, number))
    if decision is None:
        raise NotOpenToYou
    file: DeterminationFile = services.ask_again(
        decision=decision, by=officer_of(request), at=timezone.now(), **told.dict()
    )
    return Status(201, file)


def _changed(act: Any, request: HttpRequest, number: str, told: Strict) -> Status:
    file = file_for(request, number)
    kept = act(file=file, by=officer_of(request), at=timezone.now(), **told.dict())
    return Status(201, kept)
