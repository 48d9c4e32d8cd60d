"""The register on a case's overview."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import duty, policies, queries, same_person
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section

OPENS = frozenset({Purpose.REGISTRATION, Purpose.DETERMINATION})


def section(
    case: Case,
    *,
    officer: Officer,
    purposes: set[Purpose],
    now: datetime,  # noqa: ARG001
) -> Section | None:
    """Show whether the case is in the register, and the person's other cases, to whom they are
    open; who meets people as a social worker is led to look for them.
    """
    register_open, may_look = bool(purposes & OPENS), policies.looks_for_same(officer, purposes)
    may_announce = duty.owes(officer) and Purpose.FIRST_CONTACT in purposes
    if not (register_open or may_look or may_announce):
        return None
    shown = {
        "registration": queries.of_case(case) if register_open else None, "number": case.number,
        "register_open": register_open, "may_look": may_look, "may_announce": may_announce,
        "person": _person(case) if may_look else [],
    }  # fmt: skip
    return Section(room="registration", template="registration/_section.html", context=shown)


def _person(case: Case) -> list[dict[str, Any]]:
    """Return the other cases of the person; a re-trafficked person's earlier one among them."""
    return [
        {"number": one.number,
         "is_earlier": one.opened_at is not None and one.opened_at < case.opened_at}
        for one in same_person.cases_of_same_person(case)
    ]  # fmt: skip


def tabs(number: str, *, purposes: set[Purpose]) -> list[tuple[str, Any]]:
    """Return the page of the register about one case."""
    if not purposes & OPENS:
        return []
    return [(reverse("registration:registration", args=[number]), _("Registration"))]
