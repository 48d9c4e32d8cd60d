"""The return on a case's overview."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.repatriation import policies
from mekhala.pathway.repatriation.models import Return
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section


def section(
    case: Case, *, officer: Officer, purposes: set[Purpose], now: datetime
) -> Section | None:
    """Show that a return is open, and since when, to who acts on it (one query)."""
    if officer.role not in policies.RETURNERS or not purposes & policies.RETURNING:
        return None
    one = Return.objects.filter(case=case, ended_at=None).first()
    if one is None:
        return None
    shown = {"one": one, "number": case.number, "today": timezone.localdate(now)}
    return Section(room="repatriation", template="repatriation/_section.html", context=shown)


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of the return of one case."""
    if not purposes & policies.RETURNING:
        return []
    return [(reverse("repatriation:overview", args=[number]), _("Return"))]
