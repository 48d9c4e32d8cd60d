"""What waits for the officer's signature stands on the page of the day."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.kinds import answering_roles, kind_of
from mekhala.safeguards.four_eyes.queries import waiting_for
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return what waits for ``officer`` to sign; None for roles that never do (one query)."""
    if officer.role not in answering_roles():
        return None
    found = list(waiting_for(officer, now=now)[: SHOWN + 1])
    tasks = tuple(
        Task(number=s.subject, asked=kind_of(s).title, since=s.asked_at,
             href=reverse("second_signatures:one", args=[s.pk]))
        for s in found[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("Second signatures"), tasks=tasks, more=len(found) > SHOWN,
        count=str(len(tasks)) if tasks else "", href=reverse("second_signatures:list"),
        empty=_("Nothing waits for your signature."),
    )  # fmt: skip
