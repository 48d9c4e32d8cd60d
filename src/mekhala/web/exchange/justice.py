"""API: proceedings, accused, charges, steps. Names are given once and never answered."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.core import check_digit
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.justice import acquittals, ladder, queries, services, texts
from mekhala.pathway.justice.models import Accused, Charge, Proceeding, Stage
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.kinds import Day, Strict, Whole

router = Router(tags=["justice"])
PER_PAGE = 50
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in text


class ComplaintIn(Strict):
    """A complaint; ``case`` only where the person agreed that the agency may know of it."""

    complaint_on: Day
    case: str | None = Field(None, max_length=20, pattern=NO_NUL)


class AccusedIdentityIn(Strict):
    """Names, for the vault."""

    native_name: str = Field(default="", max_length=200, pattern=NO_NUL)
    latin_name: str = Field(default="", max_length=200, pattern=NO_NUL)


class AccusedIn(Strict):
    """Somebody the complaint is about; an age of null is not known."""

    sex: Sex = Sex.UNKNOWN
    age: Whole | None = Field(None, ge=0, le=120)
    on: Day | None = None
    identity: AccusedIdentityIn = AccusedIdentityIn()


class StepIn(Strict):
    """The next rung and its day."""

    stage: Stage
    on: Day


class ChargeIn(Strict):
    """An article in one version; dates of conduct as far as they are known."""

    statute: str = Field(max_length=40)
    article: str = Field(max_length=20)
    in_force_from: Day
    conduct_from: str = Field(max_length=10)
    conduct_to: str = Field("", max_length=10)
    charged_on: Day


class ChargeWithdrawalIn(Strict):
    """The day a charge was withdrawn."""

    on: Day


class StepOut(Schema):
    """One rung, with its word as it may be told today.

    ``stage`` is ``set_aside`` for a judgment that no longer stands.
    """

    stage: str
    word: str
    on: date


class ChargeOut(Schema):
    """A charge; ``verified`` is null where the text is no longer kept."""

    id: int
    statute: str
    article: str
    in_force_from: date
    conduct_from: str
    conduct_to: str
    charged_on: date
    withdrawn_on: date | None
    verified: bool | None


class AgainstOut(Schema):
    """An appeal of somebody else against an acquittal, which no court has decided.

    ``late`` is null where the day of filing is not known; until ``last_day`` there was time.
    """

    by: str
    filed_on: date | None
    last_day: date
    late: bool | None


class AccusedOut(Schema):
    """One accused: ``stage`` and ``word`` are the last rung recorded.

    An acquittal that is appealed against is an acquittal: ``appeals_against_acquittal`` says so
    beside it.
    """

    number: str
    sex: str
    age: int | None
    stage: str
    word: str
    appeals_against_acquittal: list[AgainstOut]
    ladder: list[StepOut]
    charges: list[ChargeOut]


class ProceedingOut(Schema):
    """One proceeding with each accused."""

    number: str
    complaint_on: date
    agency: str
    accused: list[AccusedOut]


class RowOut(Schema):
    """One proceeding in the list: the word of today for each accused."""

    number: str
    complaint_on: date
    agency: str
    accused: dict[str, str]


@router.get("/proceedings", response=list[RowOut])
def proceedings(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:  # noqa: ARG001
    """List the proceedings open to the officer, 50 a page, newest first."""
    first = (page - 1) * PER_PAGE
    return [
        {
            "number": one.number, "complaint_on": one.complaint_on, "agency": one.agency.code,
            "accused": {a.number: queries.stage_of(a) or "" for a in one.accused.all()},
        }
        for one in queries.proceedings()[first : first + PER_PAGE]
    ]  # fmt: skip


@router.post("/proceedings", response={201: ProceedingOut})
def file_complaint(request: HttpRequest, given: ComplaintIn) -> Any:
    """File a complaint."""
    case = check_digit.tidy(given.case, "MK") if given.case else None
    filed = services.file_complaint(
        by=_officer(request), at=timezone.now(), complaint_on=given.complaint_on, case=case
    )
    return Status(201, _told(filed.number))


@router.get("/proceedings/{slug:number}", response=ProceedingOut)
def proceeding(request: HttpRequest, number: str) -> Any:
    """Answer one proceeding; the look is noted."""
    told = _told(number)
    audit.record(
        "justice.opened", subject=number, by=_officer(request), at=timezone.now(),
        purpose=Purpose.JUSTICE.value,
    )  # fmt: skip
    return told


@router.post("/proceedings/{slug:number}/accused", response={201: AccusedOut})
def add_accused(request: HttpRequest, number: str, given: AccusedIn) -> Any:
    """Add somebody the complaint is about."""
    found = get_object_or_404(Proceeding, number=number)
    added = services.add_accused(
        found, sex=given.sex.value, age=given.age, on=given.on, by=_officer(request),
        at=timezone.now(), identity=given.identity.dict(),
    )  # fmt: skip
    return Status(201, _accused(added))


@router.post("/accused/{slug:number}/steps", response={201: StepOut})
def record_step(request: HttpRequest, number: str, given: StepIn) -> Any:
    """Record the next step about one accused."""
    one = get_object_or_404(Accused, number=number)
    step = services.record_step(one, given.stage, given.on, by=_officer(request), at=timezone.now())
    return Status(201, {"stage": step.stage, "word": str(given.stage.label), "on": step.on})


@router.post("/accused/{slug:number}/charges", response={201: ChargeOut})
def charge(request: HttpRequest, number: str, given: ChargeIn) -> Any:
    """Record a charge under an article in force at the conduct."""
    one = get_object_or_404(Accused, number=number)
    brought = services.charge(one, by=_officer(request), at=timezone.now(), **given.dict())
    return Status(201, _charge(brought))


@router.post("/accused/{slug:number}/charges/{charge_id}/withdrawal", response=ChargeOut)
def withdraw(request: HttpRequest, number: str, charge_id: int, given: ChargeWithdrawalIn) -> Any:
    """Record that a charge was withdrawn."""
    brought = get_object_or_404(queries.charges(), pk=charge_id, accused=number)
    return _charge(
        services.withdraw_charge(brought, on=given.on, by=_officer(request), at=timezone.now())
    )


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _told(number: str) -> dict[str, Any]:
    one = get_object_or_404(queries.whole_proceedings(), number=number)
    return {
        "number": one.number, "complaint_on": one.complaint_on, "agency": one.agency.code,
        "accused": [_accused(a) for a in one.accused.all()],
    }  # fmt: skip


def _accused(one: Accused) -> dict[str, Any]:
    last = queries.stage_of(one)
    return {
        "number": one.number,
        "sex": one.sex,
        "age": one.age,
        "stage": last or "",
        "word": queries.stage_word(one),
        "appeals_against_acquittal": [asdict(appeal) for appeal in acquittals.pending(one)],
        "ladder": [
            {"stage": ladder.code_for(step, last=last), "word": word, "on": step.on}
            for step, word in queries.rungs(one)
        ],
        "charges": [_charge(charge) for charge in one.charges.all()],
    }


def _charge(one: Charge) -> dict[str, Any]:
    text = texts.text_of(one.statute, one.article, one.in_force_from)
    kept = {name: getattr(one, name) for name in ChargeOut.model_fields if name != "verified"}
    return kept | {"verified": text.verified if text else None}
