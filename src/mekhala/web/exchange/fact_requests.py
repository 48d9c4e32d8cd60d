"""API: facts the authority asks for, and the answers of who met the person."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import FactRequest
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.web.exchange.determination import FindingOut, file_for
from mekhala.web.exchange.kinds import Day, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["determination"])


class RequestIn(Strict):
    """A fact that is needed first, and who finds it out: an officer's part, or the authority."""

    code: str = Field(max_length=60)
    question: str = Field(max_length=4000)
    asked_of: Literal["screened", "referred", "authority"]


class FactRequestOut(Schema):
    """A question that waits; ``ended_at`` is null until it is answered or taken back."""

    id: int
    case: str = Field(alias="file.case_id")
    code: str
    question: str
    asked_at: datetime
    ended_at: datetime | None


class AnswerIn(Strict):
    """What was found out; ``made_out`` null: asked again, and not known."""

    made_out: YesNo | None
    because: str = Field(max_length=8000)
    said_on: Day | None = None


@router.get("/cases/{number}/requests", response=list[FactRequestOut])
def list_requests(request: HttpRequest, number: str) -> list[FactRequest]:
    """Return the questions the newest file waits for, the oldest first."""
    return queries.requests_of(file_for(request, number))


@router.post("/cases/{number}/requests", response={201: FactRequestOut})
def ask_for_fact(request: HttpRequest, number: str, told: RequestIn) -> Status:
    """Ask for a fact; the newest file waits for it."""
    file, more = file_for(request, number), told.dict()
    officers = queries.who_may_answer(file)
    if told.asked_of != "authority" and told.asked_of not in officers:
        known = " or ".join([*officers, "authority"])
        raise WrongInput(f"asked_of: no officer who {told.asked_of} can answer; expected {known}.")
    more["asked_of"] = officers.get(told.asked_of)
    kept = services.ask_for_fact(file=file, by=officer_of(request), at=timezone.now(), **more)
    return Status(201, kept)


@router.post("/cases/{number}/requests/{request_id}/take-back", response=FactRequestOut)
def take_back_request(request: HttpRequest, number: str, request_id: int) -> FactRequest:
    """End a question without an answer."""
    file_for(request, number)
    asked = _found(FactRequest.objects.filter(pk=request_id, file__case=number).first())
    services.take_back_request(request=asked, by=officer_of(request), at=timezone.now())
    return asked


@router.get("/requests", response=list[FactRequestOut])
def requests_to_me(request: HttpRequest) -> list[FactRequest]:
    """Return what the authority returned to the officer for an answer."""
    return list(queries.requests_to(officer_of(request)))


@router.post("/requests/{request_id}/answer", response={201: FindingOut})
def answer_request(request: HttpRequest, request_id: int, told: AnswerIn) -> Status:
    """Answer a question that was returned to the officer."""
    by = officer_of(request)
    asked = _found(queries.requests_to(by).filter(pk=request_id).first())
    kept = services.answer_request(request=asked, by=by, at=timezone.now(), **told.dict())
    return Status(201, kept)


def _found(asked: FactRequest | None) -> FactRequest:
    if asked is None:
        raise NotOpenToYou
    return asked
