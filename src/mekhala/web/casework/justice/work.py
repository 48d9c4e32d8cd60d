"""Custodies that run, the one that runs out first on top."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.core.calendar.limits import Clock
from mekhala.pathway.justice import custody, policies, queries
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def words_of(clock: Clock, now: datetime) -> tuple[str, str]:
    """Return the words of a clock that runs, and the kind of its badge."""
    until = date_format(timezone.localtime(clock.runs_out_at), "j F Y, H:i")
    if clock.is_over(now):
        return _("Limit passed %(until)s") % {"until": until}, "overdue"
    kind = "soon" if clock.is_due(now) else "progress"
    return _("Runs out %(until)s") % {"until": until}, kind


def _clock(held: Any) -> Clock:
    """Return the clock of the stretch a custody of ``queries.custodies_running`` belongs to."""
    days = [row["on"] for row in held.released_on]
    return custody.around(held.pk, held.parts, days).clock


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return the custodies that run in proceedings open to the officer (one query)."""
    if not policies.may_file(officer):
        return None
    held = list(queries.custodies_running()[: SHOWN + 1])
    running = sorted(((_clock(one), one) for one in held), key=lambda pair: pair[0].runs_out_at)
    tasks = []
    for clock, one in running[:SHOWN]:
        words, kind = words_of(clock, now)
        tasks.append(Task(
            number=one.accused_id, asked=_("Bring before a judge, or let go"), clock=words,
            clock_kind=kind, href=reverse("justice:entries", args=[one.accused_id, "custody"]),
        ))  # fmt: skip
    return WorkList(
        title=_("In custody"), tasks=tuple(tasks), more=len(held) > SHOWN,
        empty=_("Nobody is recorded as held in the proceedings open to you."),
    )  # fmt: skip
