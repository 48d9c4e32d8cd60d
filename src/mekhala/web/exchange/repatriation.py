"""API: returns step by step."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.repatriation import policies, queries, services
from mekhala.pathway.repatriation.models import Return, Side
from mekhala.pathway.repatriation.words import CheckKind, Ending, Finder, Mistake, Wish
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import NO_NUL, Day, Strict, YesNo

router = Router(tags=["repatriation"])


class ReturnIn(Strict):
    """A return to begin; ``country`` only where the corridor begins in any country."""

    corridor: str = Field(max_length=40)
    started_on: Day
    country: str = Field("", max_length=3)
    their_number: str = Field("", max_length=40, pattern=NO_NUL)


class ReturnStepIn(Strict):
    """A step that a side did; the other side's with the number of its paper."""

    step: str = Field(max_length=20)
    side: Side
    done_on: Day
    reference: str = Field("", max_length=80, pattern=NO_NUL)


class StepBackIn(Strict):
    """Which step a side said in error, and why it is taken back."""

    step: str = Field(max_length=20)
    side: Side
    because: Mistake


class StatementIn(Strict):
    """What the person says about returning; ``guardian_agrees`` of a child; null: not known."""

    wish: Wish
    said_on: Day
    was_alone: YesNo | None = None
    interpreter: YesNo | None = None
    guardian_agrees: YesNo | None = None


class CheckIn(Strict):
    """What somebody found out; ``answer`` null: not known, which is never a yes."""

    kind: CheckKind
    answer: YesNo | None = None
    found_by: Finder
    found_on: Day


class ReturnEndIn(Strict):
    """Why a return ends."""

    because: Ending


class ReturnStepOut(Schema):
    """A step; ``due_on`` null while its clock has not begun; ``waits_for``: ours, theirs."""

    step: str
    due_on: date | None
    overdue: bool
    waits_for: list[str]


class ReturnOut(Schema):
    """The newest return of a case; ``ended_because`` empty while it is open."""

    case: str
    corridor: str
    country: str
    started_on: date
    ended_because: str
    steps: list[ReturnStepOut]


@router.post("/cases/{number}/return", response={201: ReturnOut})
def begin(request: HttpRequest, number: str, given: ReturnIn) -> Status:
    """Begin a return through a corridor."""
    case, at = case_for(request, number), timezone.now()
    services.begin(
        case, given.corridor, started_on=given.started_on, country=given.country,
        their_number=given.their_number, by=_officer(request), at=at,
    )  # fmt: skip
    return Status(201, _out(_newest(request, number)))


@router.get("/cases/{number}/return", response=ReturnOut)
def newest(request: HttpRequest, number: str) -> dict[str, Any]:
    """Show how the newest return of a case stands."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    return _out(_newest(request, number))


@router.post("/cases/{number}/return/steps", response={201: ReturnOut})
def record_step(request: HttpRequest, number: str, given: ReturnStepIn) -> Status:
    """Record that a side did a step."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    services.record_step(
        _newest(request, number), given.step, side=given.side.value, done_on=given.done_on,
        reference=given.reference, by=_officer(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, _out(_newest(request, number)))


@router.post("/cases/{number}/return/steps/take-back", response={201: ReturnOut})
def take_back_step(request: HttpRequest, number: str, given: StepBackIn) -> Status:
    """Take back a step that was said in error: its clock runs again, and it may be said anew."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    services.take_back_step(
        _newest(request, number), given.step, side=given.side.value, because=given.because,
        by=_officer(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, _out(_newest(request, number)))


@router.post("/cases/{number}/return/statements", response={201: ReturnOut})
def record_statement(request: HttpRequest, number: str, given: StatementIn) -> Status:
    """Keep what the person says about returning; until the handover it may be taken back."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    services.record_statement(
        _newest(request, number), **given.dict(), by=_officer(request), at=timezone.now()
    )
    return Status(201, _out(_newest(request, number)))


@router.post("/cases/{number}/return/checks", response={201: ReturnOut})
def record_check(request: HttpRequest, number: str, given: CheckIn) -> Status:
    """Keep what was found out: who the person is, whether the return and the family are safe."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    services.record_check(
        _newest(request, number), **given.dict(), by=_officer(request), at=timezone.now()
    )
    return Status(201, _out(_newest(request, number)))


@router.post("/cases/{number}/return/end", response=ReturnOut)
def end(request: HttpRequest, number: str, given: ReturnEndIn) -> dict[str, Any]:
    """End a return for a reason."""
    policies.check_may_act(_officer(request), number, now=timezone.now())
    one = _newest(request, number)
    services.end(one, given.because, by=_officer(request), at=timezone.now())
    return _out(_newest(request, number))


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _newest(request: HttpRequest, number: str) -> Return:
    found = queries.of_case(case_for(request, number))
    if found is None:
        raise Http404
    return found


def _out(one: Return) -> dict[str, Any]:
    return {
        "case": one.case_id, "corridor": one.corridor, "country": one.country,
        "started_on": one.started_on, "ended_because": one.ended_because,
        "steps": [
            {"step": s.step.code.value, "due_on": s.due_on, "overdue": s.is_overdue,
             "waits_for": s.waits_for}
            for s in queries.states(one, today=timezone.localdate())
        ],
    }  # fmt: skip
