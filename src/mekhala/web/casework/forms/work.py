"""Filled forms that wait because they could not be mapped, on the page of the day."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.forms.policies import may_answer
from mekhala.intake.queries import waiting_for
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001 - as every room
    """Return what an officer sent and could not be mapped, the newest first; None for nothing."""
    if not may_answer(officer):
        return None
    found = list(waiting_for(officer)[: SHOWN + 1])
    if not found:
        return None
    tasks = tuple(
        Task(
            number=taken.number, href=reverse("forms:submission", args=[taken.submission_id]),
            asked=f"{taken.submission.version.title}: {taken.get_why_display()}",
            since=taken.submission.received_at,
        )
        for taken in found[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("Filled forms that wait"), tasks=tasks, more=len(found) > SHOWN,
        href=reverse("forms:submissions") + "?waits",
    )  # fmt: skip
