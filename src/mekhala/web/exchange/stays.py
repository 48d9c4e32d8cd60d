"""API: where a person stays, help that was given, a day on which nobody was reached."""

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.aftercare import policies, services
from mekhala.pathway.aftercare.codes import Basis, Movement, StayKind
from mekhala.pathway.aftercare.models import FollowUp, ServiceGiven, Stay
from mekhala.pathway.directory.models import Need
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.exchange.aftercare import DoneIn, FollowUpOut, MistakeIn
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import NO_NUL, Day, Moment, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["aftercare"])


class StayIn(Strict):
    """A stay; ``agreed``: the person's own yes; ``beside``: of who answers beside a child."""

    agency: str = Field(max_length=40, pattern=NO_NUL)
    kind: StayKind
    basis: Basis
    agreed: YesNo | None = None
    beside: YesNo | None = None
    movement: Movement
    began_at: Moment
    order_number: str = Field("", max_length=80, pattern=NO_NUL)
    basis_ends_on: Day | None = None


class AgreedIn(Strict):
    """Whether the person wants to go on staying; null: not known."""

    agreed: YesNo | None = None


class HelpIn(Strict):
    """Help given on a day, to which the person said yes."""

    need: Need
    given_on: Day
    agreed: YesNo | None = None


class StayOut(Schema):
    """A stay; ``left_at`` null: the person is there. Never an address."""

    id: int
    kind: str
    basis: str
    basis_ends_on: date | None
    agreed: bool | None
    movement: str
    began_at: datetime
    look_again_on: date
    left_at: datetime | None


class HelpOut(Schema):
    """Help that was given: for which need, on which day."""

    id: int
    need: str
    given_on: date


@router.post("/cases/{number}/stays", response={201: StayOut})
def begin_stay(request: HttpRequest, number: str, given: StayIn) -> Status:
    """Keep that a person stays in a house; refused without a yes or an order that holds."""
    case, told = case_for(request, number), given.dict()
    by, at, code = officer_of(request), timezone.now(), told.pop("agency")
    policies.check_may_support(by, number, now=at)
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise WrongInput(f"agency: {code!r} is no code of an agency here.")
    return Status(201, services.begin_stay(case, agency=agency, **told, by=by, at=at))


@router.get("/cases/{number}/stays", response=list[StayOut])
def stays(request: HttpRequest, number: str) -> list[Stay]:
    """List where a person stays and stayed, the newest first, to who supports her or him."""
    policies.check_may_support(officer_of(request), number, now=timezone.now())
    return list(Stay.objects.filter(case=case_for(request, number))[:50])


@router.post("/stays/{stay_id}/leave", response=StayOut)
def leave(request: HttpRequest, stay_id: int) -> Stay:
    """Note that the person left; no reason is asked."""
    stay = get_object_or_404(Stay, pk=stay_id)
    return services.leave(stay, by=officer_of(request), at=timezone.now())


@router.post("/stays/{stay_id}/look-again", response=StayOut)
def look_again(request: HttpRequest, stay_id: int, given: AgreedIn) -> Stay:
    """Keep whether the person wants to go on staying; without a yes the stay ends."""
    stay, by = get_object_or_404(Stay, pk=stay_id), officer_of(request)
    return services.look_again(stay, agreed=given.agreed, by=by, at=timezone.now())


@router.post("/cases/{number}/help", response={201: HelpOut})
def record_help(request: HttpRequest, number: str, given: HelpIn) -> Status:
    """Keep help that was given; refused without the person's yes."""
    case, by = case_for(request, number), officer_of(request)
    return Status(201, services.record_help(case, **given.dict(), by=by, at=timezone.now()))


@router.get("/cases/{number}/help", response=list[HelpOut])
def help_given(request: HttpRequest, number: str) -> list[ServiceGiven]:
    """List help that was given, the newest first, to who supports the person."""
    policies.check_may_support(officer_of(request), number, now=timezone.now())
    case = case_for(request, number)
    return list(ServiceGiven.objects.filter(case=case, taken_back_at=None)[:50])


@router.post("/help/{help_id}/take-back", response=HelpOut)
def take_back_help(request: HttpRequest, help_id: int, given: MistakeIn) -> ServiceGiven:
    """Take back help that was recorded in error: it is listed and counted no more."""
    one, by = get_object_or_404(ServiceGiven, pk=help_id), officer_of(request)
    return services.take_back_help(one, given.because, by=by, at=timezone.now())


@router.post("/follow-ups/{follow_up_id}/tries", response=FollowUpOut)
def note_try(request: HttpRequest, follow_up_id: int, given: DoneIn) -> FollowUp:
    """Note a day on which nobody was reached; contact is lost only after three."""
    one = get_object_or_404(FollowUp.objects.select_related("plan"), pk=follow_up_id)
    return services.note_try(one, on=given.on, by=officer_of(request), at=timezone.now())
