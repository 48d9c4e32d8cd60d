"""A clock in words: how many working days are left, or since when it is overdue."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mekhala.core.calendar.working_days import working_days_until
from mekhala.pathway.determination.models import ClockReason

SOON = 2  # working days


def today_of(now: datetime) -> date:
    """Return the day an instant falls on where the office stands."""
    return timezone.localtime(now).date()


def in_words(due_on: date, *, today: date) -> tuple[str, str]:
    """Return the words of a clock and the kind of its badge."""
    if due_on < today:
        since = date_format(due_on, "DATE_FORMAT")
        return _("Overdue since %(day)s") % {"day": since}, "overdue"
    left = working_days_until(today, due_on)
    words = ngettext(
        "%(left)d working day left", "%(left)d working days left", left
    ) % {"left": left}  # fmt: skip
    return words, "soon" if left <= SOON else "progress"


def of_question(
    *, due_on: date, not_before: date | None, is_paused: bool, paused_for: str | None, today: date
) -> tuple[str, str]:
    """Return the words of a question's clock and the kind of its badge."""
    if is_paused:
        if paused_for not in ClockReason.values:
            return _("Paused"), "silent"
        return _("Paused: %(reason)s") % {"reason": ClockReason(paused_for).label}, "silent"
    if not_before and today < not_before:
        day = date_format(not_before, "DATE_FORMAT")
        return _("Time to recover until %(day)s") % {"day": day}, "progress"
    return in_words(due_on, today=today)


def recovery(not_before: date) -> str:
    """Return until when nobody decides, and whose choice it is to end that."""
    return _("Nobody decides before %(day)s, unless the person wishes it. Help runs.") % {
        "day": date_format(not_before, "l, j F Y")
    }
