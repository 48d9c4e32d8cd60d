"""API: the register and its certificate."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import certificate as paper
from mekhala.pathway.registration import knowing, queries, services
from mekhala.pathway.registration.errors import MayBeKnown
from mekhala.pathway.registration.knowing import Looked
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Strict
from mekhala.web.exchange.refusals import RefusalOut
from mekhala.web.exchange.same_person import CandidateOut

router = Router(tags=["registration"])


class RegistrationOut(Schema):
    """A place in the register; ``certificate`` says whether the paper stands."""

    number: str
    case: str
    registered_at: datetime
    certificate: str
    decision_stands: bool


class MayBeKnownOut(RefusalOut):
    """Not entered: who may be the same person and was not answered yet; empty if all were."""

    candidates: list[CandidateOut] = []
    another_agency_may_know: bool = False


class WithdrawalIn(Strict):
    """Why the certificate no longer stands."""

    because: str = Field(max_length=2000)


@router.post("/cases/{number}/registration", response={201: RegistrationOut, 409: MayBeKnownOut})
def register(request: HttpRequest, number: str) -> Status:
    """Enter the person in the register.

    Where somebody may be the same person nothing is entered until it was said of each case named
    whether it is (``POST …/same-person``), and other agencies were asked where they may know the
    person (``POST …/same-person/questions``). *Cannot tell* is an answer; no agency is waited for.
    """
    case = get_object_or_404(Case, number=number)
    by, at = _officer(request), timezone.now()
    looked = queries.of_case(case) is None and knowing.to_answer_before_entering(case, by=by, at=at)
    if looked:
        return Status(409, _may_be_known(looked))  # not raised: that somebody looked is kept
    return Status(201, _out(services.register(case=case, by=by, at=at)))


@router.get("/cases/{number}/registration", response=RegistrationOut)
def registration(request: HttpRequest, number: str) -> RegistrationOut:
    """Say under which number the case is registered."""
    case_for(request, number)
    return _out(_entered(number))


@router.post("/cases/{number}/registration/withdrawal", response=RegistrationOut)
def withdraw(request: HttpRequest, number: str, given: WithdrawalIn) -> RegistrationOut:
    """Withdraw the certificate."""
    entered = _entered(number)
    by, at = _officer(request), timezone.now()
    return _out(services.withdraw(entered, given.because, by=by, at=at))


PAPER = {"description": "The paper", "content": {"application/pdf": {"schema": {"type": "string"}}}}


@router.get("/cases/{number}/registration/certificate", openapi_extra={"responses": {200: PAPER}})
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the certificate as PDF while it stands, to a registrar; making one is noted."""
    entered, officer = _entered(number), _officer(request)
    if officer.role != Role.REGISTRAR or entered.withdrawn_at:
        raise Http404
    audit.record(
        "registration.certificate_made", subject=number, by=officer, at=timezone.now(),
        registration=entered.number,
    )  # fmt: skip
    answer = HttpResponse(paper.pdf(entered), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{entered.number}.pdf"'
    return answer


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _entered(number: str) -> Registration:
    entered = queries.of_case(get_object_or_404(Case, number=number))
    if entered is None:
        raise Http404
    return entered


def _may_be_known(looked: Looked) -> MayBeKnownOut:
    return MayBeKnownOut(
        detail=str(MayBeKnown.words), another_agency_may_know=bool(looked.closed),
        candidates=[CandidateOut(case=c.number, likeness=c.likeness) for c in looked.open],
    )  # fmt: skip


def _out(entered: Registration) -> RegistrationOut:
    return RegistrationOut(
        number=entered.number, case=entered.case_id, registered_at=entered.registered_at,
        certificate="withdrawn" if entered.withdrawn_at else "stands",
        decision_stands=queries.rests_on_standing_decision(entered),
    )  # fmt: skip
