"""Working a run out. The clock is the caller's, or the worker's own.

A run is taken in hand, worked out and kept in three steps, so that how far it is can be read
meanwhile, and no lock is held for minutes.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from mekhala import __version__
from mekhala.population.estimates import policies
from mekhala.population.estimates.answers import answer_of
from mekhala.population.estimates.models import OPEN, EstimateRun, RunState
from mekhala.safeguards.audit import services as audit

EVERY = 1.0  # seconds between two notes of how far a run is


def run_now(run: EstimateRun, *, at: datetime) -> EstimateRun:
    """Work a waiting run out and keep the whole answer, or why no number can be defended."""
    began = time.monotonic()
    taken = _take_in_hand(run, at=at)
    result = answer_of(taken, tell=_Teller(taken.pk))
    return _keep(taken, result, at=at + timedelta(seconds=time.monotonic() - began))


@transaction.atomic
def note_failure(run: EstimateRun, *, at: datetime) -> None:
    """Keep that the work on a run broke off, so that it does not seem to wait for ever."""
    unfinished = EstimateRun.objects.filter(pk=run.pk, state__in=OPEN)
    if unfinished.update(state=RunState.FAILED, done_at=at):
        audit.record("estimates.failed", subject=run, by=None, at=at)


@task()
def work_out(run_id: int) -> str:
    """Work out one run, as a worker's task; return the state it came to.

    A run that was worked out meanwhile, or is in another worker's hands, is left as it is.
    """
    run = EstimateRun.objects.get(pk=run_id)
    if run.state != RunState.WAITING:
        return run.state
    try:
        return run_now(run, at=timezone.now()).state
    except Exception:
        note_failure(run, at=timezone.now())
        raise


@transaction.atomic
def _take_in_hand(run: EstimateRun, *, at: datetime) -> EstimateRun:
    taken = EstimateRun.objects.select_for_update(of=("self",)).select_related("table")
    found = taken.get(pk=run.pk)
    policies.check_waiting(found)
    found.state, found.started_at = RunState.RUNNING, at
    found.save(update_fields=["state", "started_at"])
    return found


@transaction.atomic
def _keep(run: EstimateRun, result: dict[str, Any], *, at: datetime) -> EstimateRun:
    run.result, run.version, run.done_at, run.progress = result, __version__, at, {}
    run.state = RunState.REFUSED if result.get("reasons") else RunState.DONE
    run.save(update_fields=["result", "version", "done_at", "progress", "state"])
    audit.record("estimates.run", subject=run, by=None, at=at, state=run.state)
    return run


class _Teller:
    """Keeps how far a run is, at most once a second; the estimators call it."""

    def __init__(self, pk: int) -> None:
        self.runs = EstimateRun.objects.filter(pk=pk, state=RunState.RUNNING)
        self.told = time.monotonic()

    def __call__(self, method: str, place: int, of: int, done: int, total: int) -> None:
        if time.monotonic() - self.told < EVERY:
            return
        self.told = time.monotonic()
        self.runs.update(
            progress={"method": method, "place": place, "of": of, "done": done, "total": total}
        )
