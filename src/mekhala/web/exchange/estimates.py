"""API: estimates of hidden populations."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from mekhala.population.estimates import policies, queries, services
from mekhala.population.estimates.models import EstimateRun, Repeat, Signature
from mekhala.population.linkage.models import OverlapTable
from mekhala.web.exchange.kinds import Number, Strict, Whole

router = Router(tags=["estimates"])


class RunIn(Strict):
    """What is asked: by default all methods with 1,000 bootstrap replicates."""

    table: Whole
    method: str = "all"
    level: Number = 0.95
    bootstrap: Whole = 1000
    seed: Whole = 1


class RunListed(Schema):
    """A run without its numbers: these are read with all they rest on."""

    id: int
    table_id: int
    data_hash: str
    method: str
    level: float
    bootstrap: int
    seed: int
    asked_at: datetime
    started_at: datetime | None
    done_at: datetime | None
    state: str
    version: str
    signed: int = 0


class RepeatOut(Schema):
    """One repeat: waiting, equal, differs or failed; in what it differs."""

    id: int
    asked_at: datetime
    done_at: datetime | None
    state: str
    version: str
    differs: list[dict[str, Any]]


class SignatureOut(Schema):
    """When a run was signed."""

    id: int
    at: datetime


class RunOut(RunListed):
    """A run with its whole result, null while it waits; how far it is; its repeats."""

    progress: dict[str, Any]
    result: dict[str, Any] | None
    repeats: list[RepeatOut] = []


@router.get("/estimates", response=list[RunListed])
def runs(request: HttpRequest) -> list[EstimateRun]:
    """Return the last hundred runs, without their numbers."""
    policies.check_may_ask(request.user)
    return list(queries.runs()[:100])


@router.post("/estimates", response={202: RunOut})
def ask(request: HttpRequest, given: RunIn) -> Status:
    """Ask for estimates; a worker does them."""
    policies.check_may_ask(request.user)
    table = get_object_or_404(OverlapTable, pk=given.table)
    settings = given.dict(exclude={"table"})
    return Status(202, services.ask_run(table, **settings, by=request.user, at=timezone.now()))


@router.get("/estimates/{int:run_id}", response=RunOut)
def run(request: HttpRequest, run_id: int) -> EstimateRun:
    """Return one run with its whole result and its repeats."""
    return _run(request, run_id)


@router.post("/estimates/{int:run_id}/repeats", response={202: RepeatOut})
def repeat(request: HttpRequest, run_id: int) -> Status:
    """Ask that a finished run be worked out again and compared to the last digit."""
    found: Repeat = services.ask_repeat(_run(request, run_id), by=request.user, at=timezone.now())
    return Status(202, found)


@router.post("/estimates/{int:run_id}/signatures", response={201: SignatureOut})
def sign(request: HttpRequest, run_id: int) -> Status:
    """Sign a run that was repeated and came out equal."""
    found: Signature = services.sign(_run(request, run_id), by=request.user, at=timezone.now())
    return Status(201, found)


def _run(request: HttpRequest, run_id: int) -> EstimateRun:
    policies.check_may_ask(request.user)
    return get_object_or_404(queries.runs().prefetch_related("repeats"), pk=run_id)
