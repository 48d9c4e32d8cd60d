"""Whom to look in on today."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.aftercare import policies, queries
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.clocks import today_of


def _clock(due_on: date, today: date) -> str:
    said = _("Overdue since %(day)s") if due_on < today else _("Planned for %(day)s")
    return said % {"day": date_format(due_on, "DATE_FORMAT")}


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return the follow-ups that are due, the longest due first (one query)."""
    if officer.role not in policies.SUPPORTERS:
        return None
    due = list(queries.due_follow_ups(officer, today_of(now))[: SHOWN + 1])
    tasks = tuple(
        Task(
            number=day.plan.case_id, asked=_("Look in"),
            href=reverse("aftercare:follow_ups", args=[day.plan.case_id]),
            clock=_clock(day.due_on, today_of(now)),
            clock_kind="overdue" if day.due_on < today_of(now) else "soon",
        )
        for day in due[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("To look in on"), tasks=tasks, more=len(due) > SHOWN,
        empty=_("Nobody is to be looked in on today."),
    )  # fmt: skip
