"""API: what the person said yes and no to, taking it back, and who answers for a child."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent import policies, queries, services
from mekhala.safeguards.consent.models import (
    Answer,
    BestInterest,
    Consent,
    DataClass,
    InterpreterOf,
    Manner,
    Present,
    Relation,
    Speaker,
)
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Moment, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["consent"])
CODES = ("best_interest", "interpreter_of", "manner")  # null in a body is an empty code
SHOWN = (
    "recipient", "purpose", "data_class", "answer", "language", "asked_alone", "asked_at", "until",
    "said_by", "interpreter", "interpreter_of", "present", "manner", "read_out", "best_interest",
)  # fmt: skip


class ConsentIn(Strict):
    """One answer: to whom, for what, which data, until when."""

    recipient: str = Field(max_length=40)
    purpose: Purpose
    data_class: DataClass
    answer: Answer
    said_by: Speaker = Speaker.PERSON
    best_interest: BestInterest | None = None
    language: str = Field("", max_length=10)
    interpreter: YesNo | None = None
    interpreter_of: InterpreterOf | None = None
    present: list[Present] = Field(default_factory=list, max_length=len(Present))
    asked_alone: YesNo | None = None
    manner: Manner | None = None
    read_out: YesNo | None = None
    until: Moment | None = None


class TakenBackIn(Strict):
    """What is taken back: every yes to ``recipient``, of every agency where it is null."""

    recipient: str | None = Field(None, max_length=40)
    purpose: Purpose | None = None
    data_class: DataClass | None = None
    asked_alone: YesNo | None = None


class StopOut(Schema):
    """An agency that was told to stop; ``acknowledged_at`` null: it has not confirmed yet."""

    recipient: str
    purpose: str
    because: str
    told_at: datetime
    acknowledged_at: datetime | None
    held: str


class GuardianIn(Strict):
    """Who answers for a child by law; ``involved`` null: not known, and so not asked."""

    relation: Relation
    involved: YesNo | None = None


class ConsentOut(Schema):
    """The newest answer of the person for one recipient, purpose and data class.

    ``stands``: whether it is a yes that counts now, for a child with that of who answers beside it.
    """

    recipient: str
    purpose: str
    data_class: str
    answer: Literal["given", "refused", "withdrawn"]
    language: str
    asked_alone: bool | None
    asked_at: datetime
    until: datetime | None
    said_by: str
    interpreter: bool | None
    interpreter_of: str
    present: list[str]
    manner: str
    read_out: bool | None
    best_interest: str
    stands: bool


@router.post("/cases/{number}/consents", response={201: ConsentOut})
def record_consent(request: HttpRequest, number: str, told: ConsentIn) -> Status:
    """Keep what the person said; the newest answer is the one that counts."""
    case = _check_may_hear(request, number)
    if not Agency.objects.filter(code=told.recipient, is_active=True).exists():
        raise WrongInput(f"recipient: {told.recipient!r} is no agency; expected an agency's code.")
    by, at = officer_of(request), timezone.now()
    left_out = {name: value or "" for name, value in told.dict().items() if name in CODES}
    kept = services.record_answer(
        number, by=by, at=at, is_adult=is_known_adult(case), **told.dict() | left_out
    )
    return Status(201, _told(kept, number, at))


@router.get("/cases/{number}/consents", response=list[ConsentOut])
def list_consents(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Return the newest answers of the person, and whether each stands."""
    _check_may_hear(request, number)
    table = queries.table(number, now=timezone.now())
    return [_consent(s.own, stands=s.stands) for s in table if s.own is not None]


@router.post("/cases/{number}/consents/withdrawal", response={201: list[StopOut]})
def withdraw_consent(request: HttpRequest, number: str, told: TakenBackIn) -> Status:
    """Take back every yes to one agency, or to all; return which agencies were told to stop."""
    _check_may_hear(request, number)
    at = timezone.now()
    services.withdraw(number, by=officer_of(request), at=at, **told.dict())
    return Status(201, list(queries.stops_of(number).filter(told_at=at)))


@router.get("/cases/{number}/consents/stops", response=list[StopOut])
def list_stops(request: HttpRequest, number: str) -> list[Any]:
    """Return which agencies were told to stop, the latest first, and what each confirmed."""
    _check_may_hear(request, number)
    return list(queries.stops_of(number)[:200])


@router.post("/cases/{number}/guardian", response={201: GuardianIn})
def record_guardian(request: HttpRequest, number: str, told: GuardianIn) -> Status:
    """Keep what is known of who answers for a child by law."""
    case = _check_may_hear(request, number)
    kept = services.record_guardian(
        number, is_adult=is_known_adult(case), by=officer_of(request), at=timezone.now(),
        **told.dict(),
    )  # fmt: skip
    return Status(201, kept)


def _told(kept: Consent, number: str, now: datetime) -> dict[str, Any]:
    """Return an answer just kept, with whether a yes stands through it."""
    key = (kept.recipient, kept.purpose, kept.data_class)
    stands = any(
        s.stands for s in queries.table(number, now=now)
        if (s.newest.recipient, s.newest.purpose, s.newest.data_class) == key
    )  # fmt: skip
    return _consent(kept, stands=stands)


def _consent(kept: Consent, *, stands: bool) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in SHOWN} | {"stands": stands}


def _check_may_hear(request: HttpRequest, number: str) -> Case:
    case, by = case_for(request, number), officer_of(request)
    if not access.purposes_for(by, number, now=timezone.now()) & policies.HEARD_UNDER:
        raise NotOpenToYou
    return case
