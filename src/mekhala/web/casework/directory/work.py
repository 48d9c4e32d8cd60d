"""What a provider has to say of its own services: places to confirm, what inspections miss."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.pathway.directory import queries
from mekhala.pathway.directory.models import InspectionFinding, Service
from mekhala.pathway.directory.standards import standard_words
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> list[WorkList] | None:
    """Return a provider's services to confirm and findings to mend (two queries)."""
    if officer.role != Role.PROVIDER:
        return None
    quiet = list(queries.to_confirm(officer.agency_id, now=now)[: SHOWN + 1])
    found = list(queries.missing(officer.agency_id)[: SHOWN + 1])
    lists = [
        WorkList(title=_("Places to confirm"), tasks=tuple(_confirm(s, now) for s in quiet[:SHOWN]),
                 empty=_("All places were confirmed in the last week."), more=len(quiet) > SHOWN),
    ]  # fmt: skip
    if found:
        tasks = tuple(_mend(finding, now) for finding in found[:SHOWN])
        lists.append(WorkList(title=_("What an inspection asked for"), tasks=tasks))
    return lists


def _confirm(service: Service, now: datetime) -> Task:
    said = service.confirmed_at
    hidden = said is None or said <= now - queries.FRESH
    return Task(
        number=str(service), href=reverse("directory:places", args=[service.pk]),
        asked=_("Say how many places are free"), since=service.confirmed_at,
        clock=_("Not shown to others") if hidden else _("Soon not shown to others"),
        clock_kind="overdue" if hidden else "soon",
    )  # fmt: skip


def _mend(finding: InspectionFinding, now: datetime) -> Task:
    assert finding.due_on is not None
    late = finding.due_on < localdate(now)
    until = _("Until %(day)s") % {"day": date_format(finding.due_on, "DATE_FORMAT")}
    service = finding.inspection.service
    return Task(
        number=str(service), href=reverse("directory:inspections", args=[service.pk]),
        asked=standard_words(finding.standard, get_language() or "en"), clock=until,
        clock_kind="overdue" if late else "soon",
    )  # fmt: skip
