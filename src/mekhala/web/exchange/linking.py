"""API: linkage runs and how far cases came. Records are read on the pages alone."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.models import LinkageRun, RunState
from mekhala.population.linkage.run_models import LINKED
from mekhala.population.linkage.runs import asking, queries
from mekhala.web.exchange.kinds import Number, Strict, Whole
from mekhala.web.exchange.linkage import OverlapsOut, table_told

router = Router(tags=["linkage"])


class LinkageRunIn(Strict):
    """Which lists are linked, and how."""

    lists: list[Whole]
    threshold: Number = 0.95
    review_from: Number = 0.5
    seed: Whole = 1
    sample: Whole = 0


class LinkageRunOut(Schema):
    """One run: how far it is, what repeats it, how many; no record and no answer.

    ``checked``: after the review, error rates with intervals from the drawn sample.
    """

    id: int
    number: str
    lists: list[dict[str, Any]]
    threshold: float
    review_from: float
    seed: int
    sample: int
    asked_at: datetime
    done_at: datetime | None
    state: str
    version: str
    data_hash: str
    result_hash: str
    figures: dict[str, Any]
    reviewed: dict[str, int] | None = None
    checked: dict[str, Any] | None = None


class FunnelOut(Schema):
    """The funnel of the last settled run; a count is null where it is hidden or not reported."""

    run: str
    at: datetime
    funnel: dict[str, Any]


@router.get("/linkage/runs", response=list[LinkageRunOut])
def runs(request: HttpRequest) -> list[LinkageRun]:
    """Return the last hundred runs."""
    counting.check_may_count(request.user)
    return list(queries.runs()[:100])


@router.post("/linkage/runs", response={202: LinkageRunOut})
def ask(request: HttpRequest, given: LinkageRunIn) -> Status:
    """Ask that lists be linked; a worker does it."""
    made = asking.ask_run(
        given.lists, threshold=given.threshold, review_from=given.review_from, seed=given.seed,
        sample=given.sample, by=request.user, at=timezone.now(),
    )  # fmt: skip
    return Status(202, made)


@router.get("/linkage/runs/{int:run_id}", response=LinkageRunOut)
def run(request: HttpRequest, run_id: int) -> LinkageRunOut:
    """Return one run, and of its review how many pairs are settled."""
    counting.check_may_count(request.user)
    found = get_object_or_404(queries.runs(), pk=run_id)
    told = LinkageRunOut.from_orm(found)
    if found.state in LINKED:
        progress = queries.progress_of(found)
        told.reviewed = {"pairs": progress.pairs, "settled": progress.settled}
    if found.state == RunState.SETTLED:
        told.checked = found.settlement.checked.get("rates")  # type: ignore[attr-defined]
    return told


@router.get("/linkage/runs/{int:run_id}/overlaps", response={200: OverlapsOut, 404: dict})
def overlaps(request: HttpRequest, run_id: int) -> object:
    """Return the overlap table of a settled run, which goes on to the estimates."""
    counting.check_may_count(request.user)
    found = get_object_or_404(queries.runs(), pk=run_id)
    settlement = getattr(found, "settlement", None) if found.state == RunState.SETTLED else None
    if settlement is None or settlement.table is None:
        return Status(404, {"detail": "The people of this run are not settled yet."})
    return table_told(settlement.table)


@router.get("/national/funnel", response={200: FunnelOut, 404: dict})
def funnel(request: HttpRequest) -> object:
    """Return how far cases came, by cohort, small counts hidden and gaps as gaps."""
    counting.check_may_count(request.user)
    found = queries.last_settlement()
    if found is None:
        return Status(404, {"detail": "No run has been settled yet."})
    return FunnelOut(run=found.run.number, at=found.at, funnel=found.funnel)
