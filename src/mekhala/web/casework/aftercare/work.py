"""Whom to look in on today, and what else of support has come due."""

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


def work(officer: Officer, *, now: datetime) -> list[WorkList] | None:
    """Return what is due: looking in, stays that are long, needs, a second answer (one query).

    Lists with nothing in them are left out, but for whom to look in on.
    """
    if officer.role not in policies.SUPPORTERS:
        return None
    today = today_of(now)
    due = queries.due(officer, today, at_most=SHOWN + 1)
    lists = [
        _list(_("To look in on"), "follow_ups", _("Look in"), _of(due, queries.FOLLOW_UP),
              today=today, empty=_("Nobody is to be looked in on today.")),
        _list(_("Stays to look at again"), "stays", _("Ask whether the person wants to stay"),
              _of(due, queries.STAY), today=today),
        _list(_("Needs to look at again"), "needs", _("Look at it together"),
              _of(due, queries.NEEDS), today=today),
        _list(_("Ways home that wait for a second officer"), "going_home", _("Answer"),
              _of(due, queries.SECOND), today=today),
    ]  # fmt: skip
    return [one for one in lists if one.tasks or one.empty]


def _of(due: list[tuple[str, str, date]], kind: str) -> list[tuple[str, date]]:
    return [(number, day) for of, number, day in due if of == kind]


def _list(
    title: str,
    page: str,
    asked: str,
    due: list[tuple[str, date]],
    *,
    today: date,
    empty: str = "",
) -> WorkList:
    tasks = tuple(
        Task(
            number=number, asked=asked, href=reverse(f"aftercare:{page}", args=[number]),
            clock=_clock(day, today), clock_kind="overdue" if day < today else "soon",
        )
        for number, day in due[:SHOWN]
    )  # fmt: skip
    return WorkList(title=title, tasks=tasks, more=len(due) > SHOWN, empty=empty)
