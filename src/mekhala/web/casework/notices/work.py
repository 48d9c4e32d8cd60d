"""Notices not seen yet stand first on the page of the day, for every role."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.notices.queries import unseen_of
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001 - as every room
    """Return what ``officer`` was told and has not marked as seen; None where there is nothing."""
    found = list(unseen_of(officer)[: SHOWN + 1])
    if not found:
        return None
    page = reverse("notices:list")
    tasks = tuple(
        Task(number=n.subject, href=page, asked=n.words, since=n.at) for n in found[:SHOWN]
    )
    return WorkList(title=_("Notices"), tasks=tasks, more=len(found) > SHOWN, href=page)
