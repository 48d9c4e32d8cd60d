"""API: estimates of hidden populations."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from mekhala.population.estimates import policies, queries, services
from mekhala.population.estimates.models import EstimateRun
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
    method: str
    level: float
    bootstrap: int
    seed: int
    asked_at: datetime
    done_at: datetime | None
    state: str


class RunOut(RunListed):
    """A run with its whole result, null while it waits."""

    result: dict[str, Any] | None


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
    """Return one run with its whole result."""
    policies.check_may_ask(request.user)
    return get_object_or_404(queries.runs(), pk=run_id)
