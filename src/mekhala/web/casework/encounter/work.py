"""What waits for those who meet people: meetings that led to no screening yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.intake.models import Taken
from mekhala.pathway.encounter.policies import may_meet
from mekhala.pathway.screening import queries
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList

REFER = ScreeningOutcome.REFER


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return the meetings of the officer's agency that wait for a screening, or for the reason
    why there was none; the oldest first (one query).
    """
    if not may_meet(officer):
        return None
    said = Taken.objects.filter(submission__case_number=OuterRef("case_id"), advice=REFER)
    waiting = queries.waiting(officer, now=now).annotate(is_advised=Exists(said))
    found = list(waiting[: SHOWN + 1])
    tasks = tuple(
        Task(number=met.case_id, href=reverse("screening:new", args=[met.case_id]),
             asked=_("The form advises to refer: screen the person") if met.is_advised
             else _("Screen the person, or say why not"), since=met.met_at)
        for met in found[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("To screen"), tasks=tasks, more=len(found) > SHOWN,
        href=reverse("screening:meetings"),
        empty=_("Each meeting led to a screening, or to a reason why there was none."),
    )  # fmt: skip
