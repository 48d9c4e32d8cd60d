"""Overdue steps of returns, with who must act."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.repatriation import policies, queries
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.clocks import today_of
from mekhala.web.casework.repatriation import tables


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return the overdue steps of the returns open to the officer, the longest due first."""
    if officer.role not in policies.RETURNERS:
        return None
    late = queries.overdue(officer, now=now, today=today_of(now))
    tasks = tuple(
        Task(
            number=one.case_id, href=reverse("repatriation:overview", args=[one.case_id]),
            asked=f"{state.step.code.label}: {tables.waits_for(one, state)}",
            clock=_("Overdue since %(day)s")
            % {"day": date_format(state.due_on or today_of(now), "DATE_FORMAT")},
            clock_kind="overdue",
        )
        for one, state in late[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("Returns: overdue steps"), tasks=tasks, more=len(late) > SHOWN,
        empty=_("No step of a return is overdue."),
    )  # fmt: skip
