"""Whom a registrar has to enter in the register today, and who is asked about whom they know."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.pathway.registration import policies, queries, same_person
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> list[WorkList]:  # noqa: ARG001
    """Return recognised people who are not in the register, the longest waiting first; and
    questions of other agencies about one's own cases, where there are any.
    """
    register = [_register(officer)] if officer.role == Role.REGISTRAR else []
    return register + (_questions() if policies.is_of_who_help(officer) else [])


def _register(officer: Officer) -> WorkList:
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


def _questions() -> list[WorkList]:
    """Return what other agencies ask: may somebody they met be the person of this case?"""
    waiting = same_person.asked_of_me()
    tasks = tuple(
        Task(
            number=question.number, asked=_("May this be the same person?"),
            since=question.asked_at, href=reverse("registration:asked", args=[question.id]),
        )
        for question in waiting[:SHOWN]
    )  # fmt: skip
    if not tasks:
        return []
    return [WorkList(title=_("Asked by another agency"), tasks=tasks, more=len(waiting) > SHOWN)]
