"""API: asking a service, answering, need unmet."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.directory.needs import Child, needs_of
from mekhala.pathway.encounter.models import Case, Sex
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral import going_on, policies, queries, services
from mekhala.pathway.referral.codes import Mistake, Urgent
from mekhala.pathway.referral.models import (
    AgeBand,
    Asks,
    DeclineReason,
    Referral,
    ReferralQuestion,
    Requirement,
    Told,
    UnmetReason,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent.models import Answer, BestInterest, DataClass, Speaker
from mekhala.safeguards.consent.services import record_answer
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Strict, Whole, YesNo

router = Router(tags=["referral"])
PER_PAGE = 50


class AskIn(Strict):
    """Whom to ask. ``agrees``: what the person said now; null: a yes was recorded before.
    ``night``: the first night a place is needed; null: tonight. ``urgent``: why a place in a house
    cannot wait for the ministry; null: it can, and is given when the ministry has agreed.

    ``also``: what the service may know once it accepted. For a child ``beside`` says who agrees
    beside it, and ``best_interest`` why an appointed person does. ``children`` come along, and a
    place is held for each; ``transfer_of`` is the accepted request whose place this one takes over.
    """

    service_id: Whole
    agrees: YesNo | None = None
    asked_alone: YesNo | None = None
    also: list[Literal["identity", "story"]] = Field(default_factory=list, max_length=2)
    beside: Literal["guardian", "appointed"] | None = None
    best_interest: BestInterest | None = None
    requirements: list[Requirement] = Field(default_factory=list, max_length=len(Requirement))
    children: Whole = Field(0, ge=0, le=12)
    transfer_of: Whole | None = None
    night: date | None = None
    urgent: Urgent | None = None


class ReferralOut(Schema):
    """One referral, as it is told to who helps the person.

    The place is given from the night of ``first_on`` until that of ``last_on``; null: no end is
    known.
    """

    id: int
    case: str
    service_id: int
    need: str
    status: str
    asked_at: datetime
    hold_until: datetime
    answered_at: datetime | None
    decline_reason: str
    places: int
    transfer_of: int | None
    first_on: date | None
    last_on: date | None
    arrived_at: datetime | None


class RequestOut(Schema):
    """One request, as the service is told before it accepts: no case, no name, no status."""

    id: int
    service_id: int
    need: str
    sex: str
    age_band: str
    language: str
    requirements: list[str]
    asked_at: datetime
    hold_until: datetime
    first_on: date | None
    last_on: date | None


class AskBackIn(Strict):
    """What the service needs to know before it answers."""

    asks: Asks


class ArrivalBackIn(Strict):
    """Why it is taken back that the person has come."""

    because: Mistake


class TellIn(Strict):
    """What the service asked back, answered."""

    told: Told


class AskedBackOut(Schema):
    """What a service asked back; ``told`` is empty until it is answered."""

    id: int
    referral_id: int
    asks: str
    told: str
    asked_at: datetime


class DeclineIn(Strict):
    """Why the place cannot be given."""

    reason: DeclineReason


class UnmetIn(Strict):
    """A need nobody met. No case, no name."""

    need: Need
    sex: Sex = Sex.UNKNOWN
    age_band: AgeBand = AgeBand.UNKNOWN
    province_code: str = Field("", max_length=2)
    reason: UnmetReason


class NotAsked(Schema):
    """The person said no: that is recorded, and the service was not asked."""

    asked: bool


class Counted(Schema):
    """A need was counted."""

    counted: bool


@router.post("/cases/{number}/referrals", response={201: ReferralOut, 200: NotAsked})
def ask(request: HttpRequest, number: str, given: AskIn) -> Status:
    """Ask a service for a place. A no is recorded and nobody is asked (200, asked: false)."""
    officer, at = _officer(request), timezone.now()
    case = get_object_or_404(Case, number=number)
    policies.check_may_ask(officer, number, now=at)
    service = get_object_or_404(Service.objects.select_related("agency"), pk=given.service_id)
    taken_over = _accepted(case, given.transfer_of)
    if given.agrees is not None:
        for told in _answers(given, is_adult=is_known_adult(case)):
            record_answer(
                number, recipient=service.agency.code, purpose=Purpose.SUPPORT,
                answer=Answer.GIVEN if given.agrees else Answer.REFUSED, by=officer, at=at, **told,
            )  # fmt: skip
    if given.agrees is False:
        return Status(200, {"asked": False})
    asked = services.ask(
        case=case, service=service, need=service.need, by=officer, at=at,
        requirements=given.requirements,
        needs=needs_of(case, children=(Child(),) * given.children, night=given.night),
        transfer_of=taken_over, urgent=given.urgent or "",
    )  # fmt: skip
    return Status(201, _out(asked))


def _answers(given: AskIn, *, is_adult: bool) -> list[dict[str, Any]]:
    """Return each answer as ``record_answer`` takes it: what is needed, and what else."""
    kinds = [DataClass.NEEDS, *(DataClass(code) for code in given.also if given.agrees)]
    speakers: list[dict[str, Any]] = [{"is_adult": is_adult, "asked_alone": given.asked_alone}]
    if given.beside and given.agrees:
        why = given.best_interest.value if given.best_interest else ""
        speakers.append(
            {"said_by": Speaker(given.beside), "is_adult": is_adult, "best_interest": why}
        )
    return [{"data_class": kind} | speaker for kind in kinds for speaker in speakers]


@router.get("/cases/{number}/referrals", response=list[ReferralOut])
def of_case(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """List who was asked for one person."""
    policies.check_may_ask(_officer(request), number, now=timezone.now())
    case = case_for(request, number)
    return [_out(referral) for referral in queries.of_case(case)]


@router.get("/cases/{number}/referrals/questions", response=list[AskedBackOut])
def asked_back(request: HttpRequest, number: str) -> list[ReferralQuestion]:
    """List what services asked back about one person's open requests, the unanswered first."""
    policies.check_may_ask(_officer(request), number, now=timezone.now())
    return queries.questions_of(queries.of_case(case_for(request, number)))


@router.post("/cases/{number}/referrals/questions/{question_id}", response=AskedBackOut)
def tell(request: HttpRequest, number: str, question_id: int, given: TellIn) -> ReferralQuestion:
    """Answer what a service asked back."""
    case = case_for(request, number)
    found = ReferralQuestion.objects.select_related("referral").filter(referral__case=case)
    question = get_object_or_404(found, pk=question_id)
    going_on.tell(question, given.told, by=_officer(request), at=timezone.now())
    question.refresh_from_db(fields=["told"])
    return question


@router.get("/referrals/in", response=list[RequestOut])
def waiting(request: HttpRequest, page: int = Query(1, ge=1)) -> list[Referral]:
    """List what waits for one's own agency's answer, the soonest to lapse first."""
    begin = (page - 1) * PER_PAGE
    return list(queries.asked_of(_officer(request))[begin : begin + PER_PAGE])


@router.post("/referrals/{referral_id}/accept", response=ReferralOut)
def accept(request: HttpRequest, referral_id: int) -> dict[str, Any]:
    """Accept: the case opens to the accepting officer for support."""
    officer = _officer(request)
    return _out(services.accept(_one(referral_id), by=officer, at=timezone.now()))


@router.post("/referrals/{referral_id}/questions", response={201: AskedBackOut})
def ask_back(request: HttpRequest, referral_id: int, given: AskBackIn) -> Status:
    """Ask one thing before answering; the place stays held."""
    officer = _officer(request)
    kept = going_on.ask_back(_one(referral_id), given.asks, by=officer, at=timezone.now())
    return Status(201, kept)


@router.post("/referrals/{referral_id}/arrival", response=ReferralOut)
def arrived(request: HttpRequest, referral_id: int) -> dict[str, Any]:
    """Note that the person has come: the circle is closed."""
    going_on.note_arrival(_one(referral_id), by=_officer(request), at=timezone.now())
    return _out(_one(referral_id))


@router.post("/referrals/{referral_id}/arrival/take-back", response=ReferralOut)
def not_arrived(request: HttpRequest, referral_id: int, given: ArrivalBackIn) -> dict[str, Any]:
    """Take back that the person has come, noted in error: the circle is open again."""
    by, at = _officer(request), timezone.now()
    going_on.take_back_arrival(_one(referral_id), given.because, by=by, at=at)
    return _out(_one(referral_id))


@router.post("/referrals/{referral_id}/decline", response=RequestOut)
def decline(request: HttpRequest, referral_id: int, given: DeclineIn) -> Referral:
    """Decline with a coded reason; the place is free again."""
    officer, referral = _officer(request), _one(referral_id)
    return services.decline(referral, given.reason, by=officer, at=timezone.now())


@router.post("/referrals/{referral_id}/end", response=ReferralOut)
def end(request: HttpRequest, referral_id: int) -> dict[str, Any]:
    """End a stay, or take a request back."""
    officer = _officer(request)
    return _out(services.end(_one(referral_id), by=officer, at=timezone.now()))


@router.post("/unmet-needs", response={201: Counted})
def unmet(request: HttpRequest, given: UnmetIn) -> Status:
    """Count a need that nobody met."""
    services.record_unmet_need(**given.dict(), by=_officer(request), at=timezone.now())
    return Status(201, {"counted": True})


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _accepted(case: Case, referral_id: int | None) -> Referral | None:
    """Return the request whose place is taken over; 404 for one of somebody else."""
    return get_object_or_404(queries.of_case(case), pk=referral_id) if referral_id else None


def _one(referral_id: int) -> Referral:
    return get_object_or_404(Referral.objects.select_related("service__agency"), pk=referral_id)


def _out(referral: Referral) -> dict[str, Any]:
    return {
        "id": referral.pk, "case": referral.case_id, "service_id": referral.service_id,
        "need": referral.need, "status": referral.status, "asked_at": referral.asked_at,
        "hold_until": referral.hold_until, "answered_at": referral.answered_at,
        "decline_reason": referral.decline_reason, "places": referral.places,
        "transfer_of": referral.transfer_of_id, "arrived_at": referral.arrived_at,
        "first_on": referral.first_on, "last_on": referral.last_on,
    }  # fmt: skip
