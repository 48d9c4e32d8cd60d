"""Whom a registrar has to enter in the register today."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.pathway.registration import queries
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001
    """Return recognised people who are not in the register, the longest waiting first."""
    if officer.role != Role.REGISTRAR:
        return None
    due = list(queries.due(officer)[: SHOWN + 1])
    tasks = tuple(
        Task(
            number=decision.case_id, asked=_("Enter in the register"), since=decision.decided_at,
            href=reverse("registration:registration", args=[decision.case_id]),
        )
        for decision in due[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("To register"), tasks=tasks, more=len(due) > SHOWN,
        empty=_("Everybody recognised and open to you is in the register."),
    )  # fmt: skip
