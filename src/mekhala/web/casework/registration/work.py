"""Whom a registrar has to enter in the register today, and who is asked about whom they know."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mekhala.pathway.registration import duty, policies, queries, same_person
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> list[WorkList]:
    """Return recognised people who are not in the register, the longest waiting first; questions
    of other agencies about one's own cases, where there are any; and the duty to register, as
    far as an organisation owes it or the ministry waits for it.
    """
    register = [_register(officer)] if officer.role == Role.REGISTRAR else []
    asked = _questions() if policies.is_of_who_help(officer) else []
    return register + asked + _duty(officer, today=localdate(now))


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


def _duty(officer: Officer, *, today: date) -> list[WorkList]:
    if duty.may_oversee(officer):
        late = [one for one in duty.by_agency(today=today) if one.overdue]
        tasks = tuple(
            Task(number=one.agency, href=reverse("registration:duties"), clock_kind="overdue",
                 asked=_("People the ministry was not told of"), clock=str(one.overdue))
            for one in late[:SHOWN]
        )  # fmt: skip
        return [WorkList(title=_("Duty to register: overdue"), tasks=tasks, more=len(late) > SHOWN,
                         empty=_("No organisation is late."),
                         href=reverse("registration:duties"))]  # fmt: skip
    if not duty.owes(officer):
        return []
    owed = duty.owed()
    tasks = tuple(_owed(one, today) for one in owed[:SHOWN])
    return [WorkList(title=_("To announce to the ministry, without a name"), tasks=tasks,
                     more=len(owed) > SHOWN)] if tasks else []  # fmt: skip


def _owed(one: duty.Owed, today: date) -> Task:
    late = duty.is_overdue(one, today=today)
    day = {"day": date_format(one.due_on, "DATE_FORMAT")}
    return Task(
        number=one.number, asked=_("Duty to register"),
        href=reverse("registration:announcement", args=[one.number]),
        clock=(_("Overdue since %(day)s") if late else _("Until %(day)s")) % day,
        clock_kind="overdue" if late else "soon",
    )  # fmt: skip
