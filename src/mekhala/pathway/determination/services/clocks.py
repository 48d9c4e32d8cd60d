"""Letting a question's clock stand still, go on or run longer, each with its reason."""

from datetime import date, datetime, timedelta

from django.db import transaction

from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import clock, policies
from mekhala.pathway.determination.errors import (
    FilePaused,
    NoLeastTime,
    NotLater,
    NotPaused,
    TooFar,
)
from mekhala.pathway.determination.models import (
    ClockAct,
    ClockChange,
    ClockReason,
    DeterminationFile,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

LONGEST = timedelta(days=366)  # what is further off is a slip of the pen, not more time


@transaction.atomic
def pause(
    *, file: DeterminationFile, reason: str, because: str, by: Officer, at: datetime
) -> ClockChange:
    """Let the clock stand still. Nobody reads the file until it goes on; help does not stop."""
    file = _locked(file, by=by, at=at)
    if file.paused_at is not None:
        raise FilePaused
    file.paused_at = at
    return _changed(file, ClockAct.PAUSED, file.due_on, reason, because, by=by, at=at)


@transaction.atomic
def let_go_on(
    *, file: DeterminationFile, because: str, by: Officer, at: datetime,
    reason: str = ClockReason.REASON_ENDED,
) -> ClockChange:  # fmt: skip
    """Let a paused clock go on: the question is due as many working days later as it waited."""
    file = _locked(file, by=by, at=at)
    if file.paused_at is None:
        raise NotPaused
    due_on = clock.due_after_pause(file, at=at)
    file.paused_at = None
    return _changed(file, ClockAct.RESUMED, due_on, reason, because, by=by, at=at)


@transaction.atomic
def extend(
    *, file: DeterminationFile, due_on: date, reason: str, because: str, by: Officer, at: datetime
) -> ClockChange:
    """Give the question more time, until ``due_on``: a later day, within a year from today."""
    file = _locked(file, by=by, at=at)
    if file.paused_at is not None:
        raise FilePaused
    if due_on <= file.due_on:
        raise NotLater
    if due_on > clock.today_of(at) + LONGEST:
        raise TooFar
    return _changed(file, ClockAct.EXTENDED, due_on, reason, because, by=by, at=at)


@transaction.atomic
def end_minimum(*, file: DeterminationFile, because: str, by: Officer, at: datetime) -> ClockChange:
    """End the time to recover because the person wishes it; it is theirs, not the authority's."""
    file = _locked(file, by=by, at=at)
    if not clock.is_too_early(file, at=at):
        raise NoLeastTime
    file.not_before = clock.today_of(at)
    wish = ClockReason.PERSONS_WISH
    return _changed(file, ClockAct.MINIMUM_ENDED, file.due_on, wish, because, by=by, at=at)


def _locked(file: DeterminationFile, *, by: Officer, at: datetime) -> DeterminationFile:
    policies.check_may_work_on(by, file, at=at)
    kept = DeterminationFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    policies.check_may_work_on(by, kept, at=at)  # decided while we waited
    return kept


def _changed(
    file: DeterminationFile, act: ClockAct, due_on: date, reason: str, because: str, *,
    by: Officer, at: datetime,
) -> ClockChange:  # fmt: skip
    if reason not in ClockReason.values:
        near = nearest(reason, ClockReason.values)
        raise WrongInput(f"reason: {reason[:40]!r} is no reason; did you mean {near!r}?")
    if not because.strip():
        raise WrongInput("because: it is empty; expected the reason in words.")
    before, file.due_on = file.due_on, due_on
    file.save(update_fields=["due_on", "not_before", "paused_at"])
    audit.record(f"determination.clock_{act}", subject=file.case_id, by=by, at=at, reason=reason)
    return ClockChange.objects.create(
        file=file, act=act, reason=reason, because=because, due_before=before, due_on=due_on,
        changed_by=by, changed_at=at,
    )  # fmt: skip
