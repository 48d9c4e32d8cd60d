"""What the authority returned for an answer to who met the person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.pathway.determination.queries import requests_to
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.meanings import of_fact

WHO_MEET = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR})


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001
    """Return the questions addressed to the officer, the longest waiting first (one query)."""
    if officer.role not in WHO_MEET:
        return None
    found = list(requests_to(officer)[: SHOWN + 1])
    return WorkList(
        title=_("Returned for an answer"), more=len(found) > SHOWN,
        empty=_("The authority asks you nothing."),
        tasks=tuple(
            Task(
                number=asked.file.case_id, asked=of_fact(asked.code), since=asked.asked_at,
                href=reverse("determination:returned", args=[asked.file.case_id, asked.pk]),
            )
            for asked in found[:SHOWN]
        ),
    )  # fmt: skip
