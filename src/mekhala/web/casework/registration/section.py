"""The register on a case's overview."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import queries
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section

OPENS = frozenset({Purpose.REGISTRATION, Purpose.DETERMINATION})


def section(
    case: Case,
    *,
    officer: Officer,  # noqa: ARG001
    purposes: set[Purpose],
    now: datetime,  # noqa: ARG001
) -> Section | None:
    """Show whether the case is in the register, to whom the register is open."""
    if not purposes & OPENS:
        return None
    shown = {"registration": queries.of_case(case), "number": case.number}
    return Section(room="registration", template="registration/_section.html", context=shown)


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of the register about one case."""
    if not purposes & OPENS:
        return []
    return [(reverse("registration:registration", args=[number]), _("Registration"))]
