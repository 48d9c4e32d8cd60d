"""API: meeting somebody, opening a case, counting who said no."""

from datetime import datetime
from typing import Any

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
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.kinds import Moment, Strict, Whole, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["encounter"])
PAGE = 20  # people in one answer: more leave in a file under two signatures


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
