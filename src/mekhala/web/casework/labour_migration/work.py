"""Reviews of agencies that wait for a decision, and whom to ask how they are."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.labour_migration import policies, queries
from mekhala.pathway.labour_migration.words import Found, Whom
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.clocks import today_of


def work(officer: Officer, *, now: datetime) -> Sequence[WorkList] | None:
    """Return open reviews for labour inspection, and who wants to be asked after today."""
    if not policies.takes_complaints(officer):
        return None
    lists = []
    if policies.supervises(officer):
        reviews = list(queries.open_reviews()[: SHOWN + 1])
        lists.append(WorkList(
            title=_("Agencies under review"), more=len(reviews) > SHOWN,
            empty=_("No agency is under review."),
            tasks=tuple(
                Task(
                    number=one.recruiter.register_number, asked=_("Decide the review"),
                    href=reverse("recruitment:review", args=[one.pk]), since=one.opened_at,
                )
                for one in reviews[:SHOWN]
            ),
        ))  # fmt: skip
    due = list(queries.to_ask_after(officer, now=now, today=today_of(now))[: SHOWN + 1])
    if due:
        lists.append(WorkList(
            title=_("Who wants to be asked after"), more=len(due) > SHOWN,
            tasks=tuple(
                Task(
                    number=one.worker_id, asked=_whom(one),
                    href=reverse("recruitment:worker", args=[one.worker_id]),
                    clock=date_format(one.next_on or today_of(now), "DATE_FORMAT"),
                    clock_kind="soon",
                )
                for one in due[:SHOWN]
            ),
        ))  # fmt: skip
    return lists


def _whom(one: queries.AskAfter) -> str:
    """Return whom to ask now: the person, or the contact once she or he was not reached."""
    last = next(iter(one.askings.all()), None)
    if last and last.found == Found.NEEDS_HELP:
        return _("Needs help. Ask the person.")
    not_reached = last and last.whom == Whom.PERSON and last.found == Found.NOT_REACHED
    return _("Ask the contact") if not_reached else _("Ask the person")
