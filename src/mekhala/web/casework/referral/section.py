"""Referrals on a case's overview."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import policies, queries
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section

LATEST = 5


def section(
    case: Case, *, officer: Officer, purposes: set[Purpose], now: datetime
) -> Section | None:
    """Show whom was asked to help, to whoever arranges help; at every status of the case."""
    if officer.role not in policies.HELPERS or not purposes & policies.HELPING:
        return None
    shown = {"referrals": queries.of_case(case)[:LATEST], "number": case.number, "now": now}
    return Section(room="referral", template="referral/_section.html", context=shown)


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of a case's referrals."""
    if not purposes & policies.HELPING:
        return []
    return [(reverse("referral:of_case", args=[number]), _("Referrals"))]
