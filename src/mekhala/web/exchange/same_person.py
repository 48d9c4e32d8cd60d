"""API: who may be known, who is one person, and what other agencies ask about it."""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import candidates, policies, same_person
from mekhala.pathway.registration.models import Alike
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity import services as identities
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Strict

router = Router(tags=["same person"])


class CandidateOut(Schema):
    """A case open to you whose person may be the same; how fields compare, as codes."""

    case: str
    likeness: list[str]


class JudgementOut(Schema):
    """What was said of this case and another; ``case`` empty: the other is not open to you."""

    id: uuid.UUID
    case: str | None
    answer: str
    because: str
    at: datetime
    stands: bool


class SamePersonOut(Schema):
    """Who may be known; ``other_cases`` are those said to be of the same person."""

    candidates: list[CandidateOut]
    another_agency_may_know: bool
    other_cases: list[str | None]
    judgements: list[JudgementOut]
    answers: list[str | None]


class SameOrNotIn(Strict):
    """What is said, and why."""

    answer: Alike
    because: str = Field(max_length=2000)


class JudgementIn(SameOrNotIn):
    """The same, of another case that is open to you."""

    case: str = Field(max_length=20)


class KeptOut(Schema):
    """The judgement that was kept."""

    id: uuid.UUID


class AskedOut(Schema):
    """How many cases that are not open to you were asked about now."""

    asked: int


class QuestionOut(Schema):
    """May the person another agency has met be that of your case? How fields compare, in codes."""

    id: uuid.UUID
    case: str
    likeness: list[str]
    asked_at: datetime


@router.get("/cases/{number}/same-person", response=SamePersonOut)
def same(request: HttpRequest, number: str) -> SamePersonOut:
    """Say who may be the person of this case. Each look counts and is noted."""
    case, officer = _case_for(request, number), _officer(request)
    found = _found(case, officer)
    return SamePersonOut(
        candidates=[CandidateOut(case=c.number, likeness=c.likeness) for c in found if c.is_open],
        another_agency_may_know=any(not c.is_open for c in found),
        other_cases=[other.number for other in same_person.cases_of_same_person(case)],
        judgements=[_judged(one) for one in same_person.judgements(case)],
        answers=[answer.value if answer else None for answer in same_person.asked(case)],
    )


@router.post("/cases/{number}/same-person", response={201: KeptOut})
def judge(request: HttpRequest, number: str, said: JudgementIn) -> Status:
    """Say of this case and another, both open to you, whether it is one person."""
    case, by = _case_for(request, number), _officer(request)
    kept = same_person.judge(case, said.case, said.answer, said.because, by=by, at=timezone.now())
    return Status(201, KeptOut(id=kept))


@router.post("/cases/{number}/same-person/questions", response=AskedOut)
def ask(request: HttpRequest, number: str) -> AskedOut:
    """Ask who knows the cases found that are not open to you; once about each."""
    case, by, now = _case_for(request, number), _officer(request), timezone.now()
    found = _found(case, by)
    return AskedOut(asked=same_person.ask_who_knows(case, found, by=by, at=now))


@router.post("/cases/{number}/same-person/{judgement}", response={201: KeptOut})
def take_back(request: HttpRequest, number: str, judgement: uuid.UUID, said: SameOrNotIn) -> Status:
    """Say something else instead of a judgement that stands; the earlier one is kept."""
    case, by, now = case_for(request, number), _officer(request), timezone.now()
    if not policies.may_answer_about_same(by, number, now=now):
        raise Http404
    if judgement not in {one.id for one in same_person.judgements(case) if one.stands}:
        raise Http404
    kept = same_person.take_back(case, judgement, said.answer, said.because, by=by, at=now)
    return Status(201, KeptOut(id=kept))


@router.get("/same-person/questions", response=list[QuestionOut])
def questions(request: HttpRequest) -> list[QuestionOut]:  # noqa: ARG001
    """List what other agencies ask about cases open to you."""
    return [
        QuestionOut(id=one.id, case=one.number, likeness=list(one.likeness), asked_at=one.asked_at)
        for one in same_person.asked_of_me()
    ]


@router.post("/same-person/questions/{question}", response={201: KeptOut})
def answer(request: HttpRequest, question: uuid.UUID, said: SameOrNotIn) -> Status:
    """Answer such a question from what you know of your own case."""
    asked = next((one for one in same_person.asked_of_me() if one.id == question), None)
    if asked is None:
        raise Http404
    by, now = _officer(request), timezone.now()
    kept = same_person.answer_question(asked, said.answer, said.because, by=by, at=now)
    return Status(201, KeptOut(id=kept))


def _case_for(request: HttpRequest, number: str) -> Case:
    """Return the case for who may look; refused by role, told like an absent one otherwise."""
    case = get_object_or_404(Case, number=number)
    policies.check_may_look_for_same(_officer(request), number, now=timezone.now())
    return case_for(request, case.number)


def _found(case: Case, by: Officer) -> list[candidates.Candidate]:
    now = timezone.now()
    name = identities.show(case.number, by=by, at=now, purpose="registration")
    return candidates.of(case, name, by=by, at=now) if name else []


def _judged(one: same_person.Judged) -> JudgementOut:
    return JudgementOut(id=one.id, case=one.other, answer=one.answer.value, because=one.because,
                        at=one.at, stands=one.stands)  # fmt: skip


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user
