"""Working a run out: its records are opened, linked outside of any transaction, and kept at once.

A worker that dies leaves the run in hand and nothing else: no row, no file. It is taken up again
when no sign of life came for a while, and given up after the third attempt.
"""

import hashlib
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from mekhala import __version__
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import records
from mekhala.population.linkage.models import AT_WORK, LinkageRun, RunState
from mekhala.population.linkage.runs import policies
from mekhala.population.linkage.runs.keeping import keep
from mekhala.population.linkage.runs.linking import Found, link
from mekhala.population.linkage.runs.linking_tokens import (
    compared_here,
    is_of_tokens,
    linked_tokens,
)
from mekhala.population.linkage.runs.pair_numbers import with_pair_numbers
from mekhala.population.linkage.runs.spool import Spool, clear, spooled
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity.errors import WordsNotOpened

EVERY = 1.0  # seconds between two notes of how far a run is
QUIET = timedelta(minutes=30)  # without a sign of life: the worker is gone
ATTEMPTS = 3


def run_now(run: LinkageRun, *, at: datetime) -> LinkageRun:
    """Work a waiting run out and keep what was found, or why it was refused."""
    began = time.monotonic()
    taken = _take_in_hand(run, at=at)
    tell = _Teller(taken.pk)
    try:
        found = _linked(taken, tell, at=at)
    except (ActRefused, WordsNotOpened) as refusal:
        return _refuse(taken, str(refusal), at=at)
    except WrongInput:  # its words may hold what a record says
        return _refuse(taken, "The linker does not take these records.", at=at)
    seconds = time.monotonic() - began
    figures = {
        "records": len(found.people), "people": len(set(found.people.values())),
        "pairs": len(found.pairs), "unlinkable": found.unlinkable, "drawn": len(found.drawn),
        "seconds": round(seconds, 1), **found.at_home,
        **({"told_again": found.again} if found.again else {}),
    }  # fmt: skip
    return _keep(taken, found, figures, at=at + timedelta(seconds=seconds))


@transaction.atomic
def note_failure(run: LinkageRun, *, at: datetime) -> LinkageRun:
    """Give a run whose worker is gone to another one; after the third attempt it has failed."""
    found = LinkageRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if found.state not in AT_WORK:
        return found
    again = found.attempts < ATTEMPTS
    found.state = RunState.WAITING if again else RunState.FAILED
    found.progress = {}
    found.save(update_fields=["state", "progress"])
    clear(found.number)
    audit.record("linkage.run_broken_off", subject=found.number, by=None, at=at,
                 attempts=found.attempts, again=again)  # fmt: skip
    return found


@task()
def work_out(run_id: int) -> str:
    """Work out one run, as a worker's task; return the state it came to."""
    run = LinkageRun.objects.get(pk=run_id)
    if run.state != RunState.WAITING:
        return run.state
    try:
        return run_now(run, at=timezone.now()).state
    except Exception:
        note_failure(run, at=timezone.now())
        raise


@transaction.atomic
def _take_in_hand(run: LinkageRun, *, at: datetime) -> LinkageRun:
    found = LinkageRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    policies.check_waiting(found)
    found.state, found.started_at, found.told_at = RunState.RUNNING, at, timezone.now()
    found.attempts += 1
    found.save(update_fields=["state", "started_at", "told_at", "attempts"])
    return found


def _linked(run: LinkageRun, tell: "_Teller", *, at: datetime) -> Found:
    if is_of_tokens(run):
        return with_pair_numbers(linked_tokens(run, tell, at=at), run, at=at)
    with spooled(run.number) as spool:
        _open(run, spool, at=at)
        found = with_pair_numbers(link(run, spool, tell), run, at=at)
        return replace(found, again=spool.again)


def _open(run: LinkageRun, spool: Spool, *, at: datetime) -> None:
    """Open all records for who asked, in one act, and let go of the keys."""
    with acting_for(run.asked_by_id):
        lists = compared_here(run)
        files = Counter(one["source"] for one in lists)
        opened = records.records_of([one["id"] for one in lists], by=run.asked_by, at=at)
        spool.take(opened, several={source for source, count in files.items() if count > 1})


def _keep(run: LinkageRun, found: Found, figures: dict[str, float], *, at: datetime) -> LinkageRun:
    with acting_for(run.asked_by_id):
        if not _is_still_mine(run):  # it was slow, and given up for dead: another one has the run
            return LinkageRun.objects.get(pk=run.pk)
        to_review = 0 if run.repeats_id else keep(run, found)
        run.state = RunState.COMPARED if run.repeats_id else RunState.REVIEW
        run.figures = figures | {"to_review": to_review}
        run.version, run.model, run.done_at, run.progress = __version__, found.model, at, {}
        run.data_hash, run.result_hash = data_hash(run, sorted(found.people)), found.result_hash()
        run.save(update_fields=["state", "figures", "version", "model", "done_at", "progress",
                                "data_hash", "result_hash"])  # fmt: skip
        audit.record("linkage.run_linked", subject=run.number, by=run.asked_by, at=at, **figures)
    return run


def _is_still_mine(run: LinkageRun) -> bool:
    now = LinkageRun.objects.select_for_update(of=("self",)).filter(pk=run.pk)
    return now.filter(state=RunState.RUNNING, attempts=run.attempts).exists()


def data_hash(run: LinkageRun, record_ids: list[int]) -> str:
    """Return the SHA-256 of the lists' keyed digests and the numbers of their records."""
    digest = hashlib.sha256("\n".join(one["digest"] for one in run.lists).encode())
    digest.update(repr(record_ids).encode())
    return digest.hexdigest()


@transaction.atomic
def _refuse(run: LinkageRun, because: str, *, at: datetime) -> LinkageRun:
    run.state, run.because, run.done_at, run.progress = RunState.REFUSED, because, at, {}
    run.save(update_fields=["state", "because", "done_at", "progress"])
    audit.record("linkage.run_refused", subject=run.number, by=None, at=at)
    return run


class _Teller:
    """Keeps how far a run is, at most once a second; the linker calls it."""

    def __init__(self, pk: int) -> None:
        self.runs = LinkageRun.objects.filter(pk=pk, state=RunState.RUNNING)
        self.told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told < EVERY:
            return
        self.told = time.monotonic()
        self.runs.update(progress={"done": done, "total": total}, told_at=timezone.now())
