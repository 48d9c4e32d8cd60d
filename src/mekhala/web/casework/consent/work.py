"""What an agency has to confirm, and which yes is to be asked for again alone."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.consent import queries
from mekhala.safeguards.consent.models import Stop
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.consent.stops import TOLD


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001 - as every room
    """Return the stops the officer's agency has not confirmed; None where there are none."""
    if officer.role not in TOLD:
        return None
    found = list(queries.stops_for(officer).filter(acknowledged_at=None)[: SHOWN + 1])
    if not found:
        return None
    return WorkList(
        title=_("Stop using, and confirm"), tasks=tuple(_task(s) for s in found[:SHOWN]),
        more=len(found) > SHOWN, href=reverse("consent:stops"),
    )  # fmt: skip


def _task(stop: Stop) -> Task:
    return Task(
        number=stop.reference, href=reverse("consent:stop", args=[stop.pk]),
        asked=stop.get_because_display(), clock=_("Stop now"), clock_kind="overdue",
        since=stop.told_at,
    )  # fmt: skip
