"""How the clock of a question runs: when it began, what paused or moved it."""

from datetime import date, datetime

from django.utils import timezone

from mekhala.core.calendar.working_days import after_working_days, working_days_until
from mekhala.pathway.determination.models import DeterminationFile


def today_of(at: datetime) -> date:
    """Return the day of an instant where the offices are."""
    return timezone.localtime(at).date()


def due_after_pause(file: DeterminationFile, *, at: datetime) -> date:
    """Return when a paused question is due once it goes on: as many working days later."""
    assert file.paused_at is not None
    waited = working_days_until(today_of(file.paused_at), today_of(at))
    return after_working_days(file.due_on, waited)


def is_too_early(file: DeterminationFile, *, at: datetime) -> bool:
    """Return whether the least time of the question still runs."""
    return file.not_before is not None and today_of(at) < file.not_before


def is_overdue(file: DeterminationFile, *, today: date) -> bool:
    """Return whether an open question waits longer than it should; paused is not overdue."""
    return file.closed_at is None and file.paused_at is None and file.due_on < today
