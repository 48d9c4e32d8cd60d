"""API: meeting somebody, opening a case, and what the person said yes or no to."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.models import Submission
from mekhala.pathway.determination.queries import statuses
from mekhala.pathway.encounter import queries, services
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent import queries as consents
from mekhala.safeguards.consent import services as consent
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
from mekhala.web.exchange.kinds import Moment, Strict, Whole, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["encounter"])
PAGE = 20  # people in one answer: more leave in a file under two signatures
CODES = ("best_interest", "interpreter_of", "manner")  # null in a body is an empty code
SHOWN = (
    "recipient", "purpose", "data_class", "answer", "language", "asked_alone", "asked_at", "until",
    "said_by", "interpreter", "interpreter_of", "present", "manner", "read_out", "best_interest",
)  # fmt: skip
HEARD_UNDER = {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT}


class IdentityIn(Strict):
    """Names and papers, as the person said them; kept in the vault."""

    native_name: str = Field("", max_length=200)
    latin_name: str = Field("", max_length=200)
    birth_date: str = Field("", max_length=40)
    national_id: str = Field("", max_length=40)
    phone: str = Field("", max_length=40)
    village_code: str = Field("", max_length=8)


class CaseIn(Strict):
    """A first meeting. What is left out, or null, is not known."""

    met_at: Moment
    place_code: str = Field(max_length=8)
    sex: str = "unknown"
    age: Whole | None = None
    age_certainty: str = "unknown"
    nationality: str = Field("", max_length=3)
    language: str = Field("", max_length=10)
    urgent_needs: list[str] = []
    consents_to_go_on: YesNo | None = None
    was_alone: YesNo | None = None
    submission: Whole | None = None
    identity: IdentityIn | None = None


class RefusalIn(Strict):
    """Somebody who said no: where, and as little else as is known. No name, no day, no words."""

    place_code: str = Field(max_length=8)
    sex: str = "unknown"
    age: Whole | None = Field(None, ge=0, le=120)
    age_certainty: str = "unknown"


class RefusalCounted(Schema):
    """A count grew by one."""

    counted: bool


class CaseOut(Schema):
    """A case without a name; ``status`` is null where the officer may not know it."""

    number: str
    opened_at: datetime
    sex: str
    age: int | None
    age_certainty: str
    nationality: str
    language: str
    closed_at: datetime | None
    status: str | None


class CasesOut(Schema):
    """A page of cases, the newest first."""

    items: list[CaseOut]
    page: int
    has_next: bool


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


def case_for(request: HttpRequest, number: str) -> Case:
    """Return a case open to the officer, or refuse as if it did not exist. A look is noted."""
    by, now = officer_of(request), timezone.now()
    opened = access.purposes_for(by, number, now=now)
    case = Case.objects.filter(number=number).first() if opened else None
    if case is None:
        raise NotOpenToYou
    if request.method == "GET":
        audit.record(
            "case.opened", subject=number, by=by, at=now, page=_page(request),
            purpose=sorted(p.value for p in opened),
        )  # fmt: skip
    return case


def _page(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.view_name if found else ""


@router.post("/refusals", response={201: RefusalCounted})
def count_refusal(request: HttpRequest, told: RefusalIn) -> Status:
    """Count somebody who was met and did not want to go on. Nothing of the person is kept."""
    services.record_refusal(by=officer_of(request), at=timezone.now(), **told.dict())
    return Status(201, {"counted": True})


@router.post("/cases", response={201: CaseOut})
def open_case(request: HttpRequest, told: CaseIn) -> Status:
    """Open a case for somebody who was met. A person who said no leaves no case (422)."""
    given = told.dict()
    sent = submission_of(given.pop("submission"))
    case = services.open_case(
        by=officer_of(request), at=timezone.now(), submission=sent, **given
    )  # fmt: skip
    return Status(201, _shown([case])[0])


@router.get("/cases", response=CasesOut)
def list_cases(request: HttpRequest, page: int = 1) -> dict[str, Any]:
    """Return the cases open to the officer, twenty a page; no names."""
    start = (max(1, min(page, 10_000)) - 1) * PAGE
    cases = queries.newest_first(officer_of(request), now=timezone.now())
    found = list(cases[start : start + PAGE + 1])
    return {"items": _shown(found[:PAGE]), "page": start // PAGE + 1, "has_next": len(found) > PAGE}


@router.get("/cases/{number}", response=CaseOut)
def read_case(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return one case; the look is noted."""
    return _shown([case_for(request, number)])[0]


@router.post("/cases/{number}/consents", response={201: ConsentOut})
def record_consent(request: HttpRequest, number: str, told: ConsentIn) -> Status:
    """Keep what the person said; the newest answer is the one that counts."""
    case = _check_may_hear(request, number)
    if not Agency.objects.filter(code=told.recipient, is_active=True).exists():
        raise WrongInput(f"recipient: {told.recipient!r} is no agency; expected an agency's code.")
    by, at = officer_of(request), timezone.now()
    left_out = {name: value or "" for name, value in told.dict().items() if name in CODES}
    kept = consent.record_answer(
        number, by=by, at=at, is_adult=queries.is_known_adult(case), **told.dict() | left_out
    )
    return Status(201, _told(kept, number, at))


@router.get("/cases/{number}/consents", response=list[ConsentOut])
def list_consents(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Return the newest answers of the person, and whether each stands."""
    _check_may_hear(request, number)
    table = consents.table(number, now=timezone.now())
    return [_consent(s.own, stands=s.stands) for s in table if s.own is not None]


@router.post("/cases/{number}/consents/withdrawal", response={201: list[StopOut]})
def withdraw_consent(request: HttpRequest, number: str, told: TakenBackIn) -> Status:
    """Take back every yes to one agency, or to all; return which agencies were told to stop."""
    _check_may_hear(request, number)
    at = timezone.now()
    consent.withdraw(number, by=officer_of(request), at=at, **told.dict())
    return Status(201, list(consents.stops_of(number).filter(told_at=at)))


@router.get("/cases/{number}/consents/stops", response=list[StopOut])
def list_stops(request: HttpRequest, number: str) -> list[Any]:
    """Return which agencies were told to stop, the latest first, and what each confirmed."""
    _check_may_hear(request, number)
    return list(consents.stops_of(number)[:200])


@router.post("/cases/{number}/guardian", response={201: GuardianIn})
def record_guardian(request: HttpRequest, number: str, told: GuardianIn) -> Status:
    """Keep what is known of who answers for a child by law."""
    case = _check_may_hear(request, number)
    kept = consent.record_guardian(
        number, is_adult=queries.is_known_adult(case), by=officer_of(request), at=timezone.now(),
        **told.dict(),
    )  # fmt: skip
    return Status(201, kept)


def _told(kept: Consent, number: str, now: datetime) -> dict[str, Any]:
    """Return an answer just kept, with whether a yes stands through it."""
    key = (kept.recipient, kept.purpose, kept.data_class)
    stands = any(
        s.stands for s in consents.table(number, now=now)
        if (s.newest.recipient, s.newest.purpose, s.newest.data_class) == key
    )  # fmt: skip
    return _consent(kept, stands=stands)


def _consent(kept: Consent, *, stands: bool) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in SHOWN} | {"stands": stands}


def _check_may_hear(request: HttpRequest, number: str) -> Case:
    case = case_for(request, number)
    if not access.purposes_for(officer_of(request), number, now=timezone.now()) & HEARD_UNDER:
        raise NotOpenToYou
    return case


def submission_of(asked: int | None) -> Submission | None:
    """Return the form sent in with this id, None for none; refuse an id that is not there."""
    if asked is None:
        return None
    found = Submission.objects.filter(pk=asked).first()
    if found is None:
        raise WrongInput(f"submission: {asked} is no form sent in; expected the id of one.")
    return found


def _shown(cases: list[Case]) -> list[dict[str, Any]]:
    status_of = statuses(case.number for case in cases)
    fields = (
        "number", "opened_at", "sex", "age", "age_certainty", "nationality", "language",
        "closed_at",
    )  # fmt: skip
    return [
        {name: getattr(case, name) for name in fields}
        | {"status": (s := status_of[case.number]) and s.value}
        for case in cases
    ]
