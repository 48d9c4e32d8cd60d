"""What waits for those who meet people: cases not screened yet, and forms sent in."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.intake.models import Taken
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList

REFER = ScreeningOutcome.REFER


def work(officer: Officer, *, now: datetime) -> WorkList | None:  # noqa: ARG001
    """Return the cases the officer opened and nobody has screened, the oldest first (one query)."""
    if officer.role not in (Role.FIRST_RESPONDER, Role.REGISTRAR):
        return None
    screened = Screening.objects.filter(case=OuterRef("number"))
    said = Taken.objects.filter(submission__case_number=OuterRef("number"), advice=REFER)
    waiting = Case.objects.filter(~Exists(screened), opened_by=officer).order_by("opened_at")
    waiting = waiting.annotate(is_advised=Exists(said))
    found = list(waiting[: SHOWN + 1])
    tasks = tuple(
        Task(number=case.number, href=reverse("screening:new", args=[case.number]),
             asked=_("The form advises to refer: screen the person") if case.is_advised
             else _("Screen the person"), since=case.opened_at)
        for case in found[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("To screen"), tasks=tasks, more=len(found) > SHOWN,
        empty=_("Everybody you met has been screened."),
    )  # fmt: skip
