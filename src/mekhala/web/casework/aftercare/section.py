"""The support plan on a case's overview."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.aftercare import policies
from mekhala.pathway.aftercare.models import FollowUp, SupportPlan
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section


def section(
    case: Case,
    *,
    officer: Officer,
    purposes: set[Purpose],
    now: datetime,  # noqa: ARG001
) -> Section | None:
    """Show whether there is a plan and when somebody looks in next, to who supports."""
    if officer.role not in policies.SUPPORTERS or not purposes & policies.SUPPORTING:
        return None
    next_day = FollowUp.objects.filter(plan=OuterRef("pk"), done_on=None).values("due_on")[:1]
    plan = SupportPlan.objects.filter(case=case).annotate(next_on=Subquery(next_day)).first()
    shown = {"plan": plan, "number": case.number}
    return Section(room="aftercare", template="aftercare/_section.html", context=shown)


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the pages of support about one case."""
    if not purposes & policies.SUPPORTING:
        return []
    return [
        (reverse("aftercare:plan", args=[number]), _("Plan")),
        (reverse("aftercare:stays", args=[number]), _("Stays")),
        (reverse("aftercare:notes", args=[number]), _("Notes")),
        (reverse("aftercare:going_home", args=[number]), _("Going home")),
        (reverse("aftercare:follow_ups", args=[number]), _("Follow-up")),
    ]
