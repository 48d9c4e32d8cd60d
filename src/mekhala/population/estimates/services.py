"""Asking for estimates and working them out. The clock is the asker's, or the worker's own."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates import policies
from mekhala.population.estimates.models import EstimateRun, Method, RunState
from mekhala.population.linkage import queries as linkage
from mekhala.population.linkage.models import OverlapTable
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_run(
    table: OverlapTable,
    method: str = Method.ALL,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 1,
    *,
    by: Any,
    at: datetime,
) -> EstimateRun:
    """Ask for estimates on an overlap table; a worker does them once this is committed.

    ``level`` is the share the interval shall cover (0 to 1), ``bootstrap`` the number of
    replicates (0: the model's own interval). Raises ``WrongInput`` naming the setting.
    """
    policies.check_may_ask(by)
    policies.check_settings(method=method, level=level, bootstrap=bootstrap, seed=seed)
    run = EstimateRun.objects.create(
        table=table, method=method, level=level, bootstrap=bootstrap, seed=seed, asked_at=at
    )
    audit.record("estimates.asked", subject=run, by=by, at=at, method=method, seed=seed)
    transaction.on_commit(partial(work_out.enqueue, run.pk))
    return run


@transaction.atomic
def run_now(run: EstimateRun, *, at: datetime) -> EstimateRun:
    """Work a waiting run out and keep the whole answer, or why no number can be defended."""
    run = EstimateRun.objects.select_for_update().select_related("table").get(pk=run.pk)
    policies.check_waiting(run)
    try:
        run.result = _answer(run)
    except WrongInput as refusal:
        run.result = {"estimates": [], "reasons": [_reason("wrong_input", str(refusal))]}
    run.state = RunState.REFUSED if run.result.get("reasons") else RunState.DONE
    run.done_at = at
    run.save(update_fields=["result", "state", "done_at"])
    audit.record("estimates.run", subject=run, by=None, at=at, state=run.state)
    return run


@transaction.atomic
def note_failure(run: EstimateRun, *, at: datetime) -> None:
    """Keep that the work on a run broke off, so that it does not seem to wait for ever."""
    waiting = EstimateRun.objects.filter(pk=run.pk, state=RunState.WAITING)
    if waiting.update(state=RunState.FAILED, done_at=at):
        audit.record("estimates.failed", subject=run, by=None, at=at)


@task()
def work_out(run_id: int) -> str:
    """Work out one run, as a worker's task; return the state it came to.

    A run that was worked out meanwhile is left as it is.
    """
    run = EstimateRun.objects.get(pk=run_id)
    if run.state != RunState.WAITING:
        return run.state
    try:
        return run_now(run, at=timezone.now()).state
    except Exception:
        note_failure(run, at=timezone.now())
        raise


def _answer(run: EstimateRun) -> dict[str, Any]:
    from mekhala.core.estimation.panel import METHODS, agreement

    table = linkage.as_overlaps(run.table)
    names = list(METHODS) if run.method == Method.ALL else [run.method]
    found = [
        METHODS[name](table, level=run.level, bootstrap=run.bootstrap, seed=run.seed)
        for name in names
    ]
    told = [e.to_dict() for e in found]
    answer = {"estimates": told, "agreement": agreement(found)}
    if any(e.exists for e in found):
        return answer
    warned = {w["code"]: w for e in told for w in e["warnings"]}
    return answer | {"reasons": list(warned.values())}


def _reason(code: str, because: str) -> dict[str, str]:
    return {"code": code, "because": because}
