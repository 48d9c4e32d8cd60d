"""What waits at the authority today, and which decisions a person may still ask about."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.pathway.determination.models import Decision
from mekhala.pathway.determination.queries import decisions_to_ask_again
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.determination.lists import KINDS, first_rows, task_of

FIRST = 10  # rows of each list on the home page; the list's own page has them all
COUNTED = 100  # beyond this the home page says "more than"


def work(officer: Officer, *, now: datetime) -> list[WorkList] | WorkList | None:
    """Return the authority's lists, or the registrar's (one query)."""
    if officer.role == Role.AUTHORITY:
        return _of_authority(officer, now=now)
    return _to_ask_again(now) if officer.role == Role.REGISTRAR else None


def _of_authority(officer: Officer, *, now: datetime) -> list[WorkList]:
    today, found = clocks.today_of(now), first_rows(KINDS, officer, now=now, most=COUNTED + 1)
    return [
        WorkList(
            title=KINDS[which].title, empty=KINDS[which].empty, count=_count(len(rows)),
            tasks=tuple(task_of(row, today=today) for row in rows[:FIRST]),
            more=len(rows) > FIRST, href=reverse("determination:work_list", args=[which]),
        )
        for which, rows in found.items()
    ]  # fmt: skip


def _count(found: int) -> str:
    return _("more than %(n)d") % {"n": COUNTED} if found > COUNTED else str(found)


def _to_ask_again(now: datetime) -> WorkList:
    """Return the negative decisions whose time to ask again runs: somebody tells the person."""
    today = clocks.today_of(now)
    found = list(decisions_to_ask_again(today=today).select_related("file")[: SHOWN + 1])
    return WorkList(
        title=_("Not established: the person may still ask again"), more=len(found) > SHOWN,
        tasks=tuple(_tell(decision, now=now) for decision in found[:SHOWN]),
        empty=_("No time to ask again runs."),
    )  # fmt: skip


def _tell(decision: Decision, *, now: datetime) -> Task:
    last = last_day_to_ask_again(clocks.today_of(decision.decided_at))
    soon = (last - clocks.today_of(now)).days <= clocks.SOON
    return Task(
        number=decision.case_id, asked=_("Tell the person, and ask again if she or he wishes"),
        href=reverse("determination:reconsideration", args=[decision.case_id]),
        clock=_("Until %(day)s") % {"day": date_format(last, "DATE_FORMAT")},
        clock_kind="soon" if soon else "progress", since=decision.decided_at,
    )  # fmt: skip
