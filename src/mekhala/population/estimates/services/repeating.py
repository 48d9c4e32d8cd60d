"""Working a finished run out again, and comparing to the last digit."""

import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from mekhala import __version__
from mekhala.population.estimates import policies
from mekhala.population.estimates.answers import answer_of, differences
from mekhala.population.estimates.models import EstimateRun, Repeat, RepeatState
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_repeat(run: EstimateRun, *, by: Any, at: datetime) -> Repeat:
    """Ask that a finished run be worked out again; a worker does it once this is committed."""
    locked = EstimateRun.objects.select_for_update(of=("self",)).filter(pk=run.pk).first() or run
    policies.check_may_repeat(locked, by)
    repeat = Repeat.objects.create(run=locked, asked_at=at)
    audit.record("estimates.repeat_asked", subject=locked, by=by, at=at, repeat=repeat.pk)
    transaction.on_commit(partial(work_out_repeat.enqueue, repeat.pk))
    return repeat


def repeat_now(repeat: Repeat, *, at: datetime) -> Repeat:
    """Work the run of a waiting repeat out again; keep whether it is equal, and in what not.

    Nothing of the run changes. A table that is no longer the one that was kept differs too.
    """
    policies.check_repeat_waiting(repeat)
    began = time.monotonic()
    run = EstimateRun.objects.select_related("table").get(pk=repeat.run_id)
    differs = differences(run.result or {"estimates": []}, answer_of(run))
    return _keep(repeat, differs, at=at + timedelta(seconds=time.monotonic() - began))


@task()
def work_out_repeat(repeat_id: int) -> str:
    """Do one repeat, as a worker's task; return the state it came to."""
    repeat = Repeat.objects.get(pk=repeat_id)
    if repeat.state != RepeatState.WAITING:
        return repeat.state
    try:
        return repeat_now(repeat, at=timezone.now()).state
    except Exception:
        _note_failure(repeat, at=timezone.now())
        raise


@transaction.atomic
def _keep(repeat: Repeat, differs: list[dict[str, Any]], *, at: datetime) -> Repeat:
    kept = Repeat.objects.select_for_update(of=("self",)).get(pk=repeat.pk)
    policies.check_repeat_waiting(kept)
    kept.state = RepeatState.DIFFERS if differs else RepeatState.EQUAL
    kept.differs, kept.version, kept.done_at = differs, __version__, at
    kept.save(update_fields=["state", "differs", "version", "done_at"])
    audit.record("estimates.repeated", subject=kept.run, by=None, at=at, repeat=kept.pk,
                 state=kept.state)  # fmt: skip
    return kept


@transaction.atomic
def _note_failure(repeat: Repeat, *, at: datetime) -> None:
    waiting = Repeat.objects.filter(pk=repeat.pk, state=RepeatState.WAITING)
    if waiting.update(state=RepeatState.FAILED, version=__version__, done_at=at):
        audit.record("estimates.repeat_failed", subject=repeat.run, by=None, at=at,
                     repeat=repeat.pk)  # fmt: skip
