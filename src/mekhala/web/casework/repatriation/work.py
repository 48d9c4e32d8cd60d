"""Overdue steps of returns, with who must act."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.repatriation import policies, queries
from mekhala.pathway.repatriation.corridor import THEIRS
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.clocks import today_of
from mekhala.web.casework.repatriation import tables


def work(officer: Officer, *, now: datetime) -> list[WorkList] | None:
    """Return the overdue steps of the returns open to the officer, the longest due first; for an
    embassy, what waits for its side too.
    """
    if officer.role not in policies.RETURNERS:
        return None
    theirs = [_with_us(officer, now)] if officer.agency.kind == AgencyKind.EMBASSY else []
    return [*theirs, _overdue(officer, now)]


def _with_us(officer: Officer, now: datetime) -> WorkList:
    """Return the steps of returns in which the officer's body is the other side and acts next."""
    today = today_of(now)
    waiting = [
        (one, state)
        for one in queries.of_counterpart(officer)
        for state in queries.states(one, today=today)
        if THEIRS in state.waits_for and state.due_on
    ]
    waiting.sort(key=lambda row: (row[1].due_on or today, row[0].pk))
    tasks = tuple(
        Task(
            number=one.case_id, href=reverse("repatriation:corridor_one", args=[one.pk]),
            asked=state.step.code.label,
            clock=(_("Overdue since %(day)s") if state.is_overdue else _("Until %(day)s"))
            % {"day": date_format(state.due_on or today, "DATE_FORMAT")},
            clock_kind="overdue" if state.is_overdue else "soon",
        )
        for one, state in waiting[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("Returns: steps that wait for you"), tasks=tasks, more=len(waiting) > SHOWN,
        empty=_("No return waits for your side."), href=reverse("repatriation:corridor"),
    )  # fmt: skip


def _overdue(officer: Officer, now: datetime) -> WorkList:
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
