"""API: the competent authority's files, findings, readings and decisions; and the rule alone."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Router, Schema, Status
from pydantic import Field

from mekhala.core.reasoning.assess import assess_all
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import Decision, DeterminationFile, Source
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Day, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["determination"])


class FileOut(Schema):
    """A file; ``closed_at`` is null while the question is open."""

    id: int
    stage: str
    opened_at: datetime
    due_on: date
    not_before: date | None
    paused_at: datetime | None
    asks_again_id: int | None
    conduct_from: str
    conduct_to: str
    closed_at: datetime | None


class SourceIn(Strict):
    """One telling: who, how, when, in which language, through whom; what it follows."""

    kind: str
    manner: str
    who: str = Field("", max_length=120)
    said_on: Day | None = None
    language: str = Field("", max_length=10)
    interpreting: str = "not_known"
    present: str = Field("", max_length=200)
    follows: int | None = None
    in_between: str = Field("", max_length=8000)


class SourceOut(Schema):
    """A kept telling."""

    id: int
    kind: str
    manner: str
    who: str
    said_on: date | None
    language: str
    interpreting: str
    present: str
    follows_id: int | None
    in_between: str


class FindingIn(Strict):
    """One fact as one source has it; ``made_out`` null: asked, not known yet."""

    code: str = Field(max_length=60)
    made_out: YesNo | None
    source: int
    because: str = Field(max_length=8000)


class FindingOut(Schema):
    """A kept finding."""

    id: int
    code: str
    made_out: bool | None
    source_id: int
    because: str
    recorded_at: datetime


class ReadingIn(Strict):
    """One officer's reading of the open file."""

    answer: str
    grounds: list[str]
    reasons: str = Field(max_length=8000)
    no_tie: YesNo
    differs_because: str = Field("", max_length=8000)


class ReadingOut(Schema):
    """Whether the reading settled the file; never what another officer answered."""

    is_decided: bool
    status: str | None


class DecisionOut(Schema):
    """A decision as it was kept."""

    id: int
    status: str
    stage: str = Field(alias="file.stage")
    grounds: list[str]
    is_override: bool
    article: str
    outcome: dict[str, Any]
    reasons: list[dict[str, Any]]
    decided_at: datetime


@router.get("/cases/{number}/files", response=list[FileOut])
def list_files(request: HttpRequest, number: str) -> list[DeterminationFile]:
    """Return the files about a case, the newest first."""
    case = case_for(request, number)
    return list(DeterminationFile.objects.filter(case=case).order_by("-opened_at", "-id"))


@router.post("/cases/{number}/sources", response={201: SourceOut})
def record_source(request: HttpRequest, number: str, told: SourceIn) -> Status:
    """Add one telling to the newest file; its facts are then recorded with its ``id``."""
    file, at = file_for(request, number), timezone.now()
    earlier = None if told.follows is None else _source(file, told.follows, "follows")
    more = told.dict() | {"follows": earlier}
    return Status(201, services.record_source(file=file, by=officer_of(request), at=at, **more))


@router.post("/cases/{number}/findings", response={201: FindingOut})
def record_finding(request: HttpRequest, number: str, told: FindingIn) -> Status:
    """Add one fact to the newest file."""
    file, at = file_for(request, number), timezone.now()
    source = _source(file, told.source, "source")
    more = told.dict() | {"source": source}
    return Status(201, services.record_finding(file=file, by=officer_of(request), at=at, **more))


@router.get("/cases/{number}/assessment", response=Any)
def read_assessment(request: HttpRequest, number: str) -> Any:
    """Return what the rule makes of the findings as they stand; never a status."""
    return queries.assessment(file_for(request, number))


@router.post("/cases/{number}/readings", response={201: ReadingOut})
def record_reading(request: HttpRequest, number: str, told: ReadingIn) -> Status:
    """Record the officer's own reading; the second that agrees decides."""
    decision = services.record_reading(
        file=file_for(request, number), by=officer_of(request), at=timezone.now(), **told.dict()
    )
    return Status(201, {"is_decided": decision is not None, "status": decision and decision.status})


@router.get("/cases/{number}/decision", response=DecisionOut)
def read_decision(request: HttpRequest, number: str) -> Decision:
    """Return the decision that stands; 404 where there is none, or it is not open."""
    decision = queries.standing_decision(case_for(request, number))
    if decision is None:
        raise NotOpenToYou
    return decision


@router.post("/assess", response=Any)
def assess(request: HttpRequest, document: Any = Body(...)) -> Any:  # noqa: ARG001, B008
    """Return the outcome of the rule for one object or an array of them. Keeps nothing."""
    return assess_all(document)


def _source(file: DeterminationFile, pk: int, field: str) -> Source:
    """Return a source of the case, or say that the number is none."""
    found = Source.objects.filter(pk=pk, file__case=file.case_id).first()
    if found is None:
        raise WrongInput(f"{field}: {pk} is no source of this case; expected the id of one.")
    return found


def file_for(request: HttpRequest, number: str) -> DeterminationFile:
    """Return the newest file for an officer of the authority, as if absent for others."""
    case, now = case_for(request, number), timezone.now()
    if Purpose.DETERMINATION not in access.purposes_for(officer_of(request), number, now=now):
        raise NotOpenToYou
    file = queries.newest_file_of(case)
    if file is None:
        raise NotOpenToYou
    return file
