"""What the authority asks who met the person, on the overview of the case."""

from datetime import datetime

from django.urls import reverse

from mekhala.pathway.determination.queries import requests_to
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.sections import Section
from mekhala.web.casework.meanings import of_fact

ANSWERED_UNDER = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})


def section(
    case: Case,
    *,
    officer: Officer,
    purposes: set[Purpose],
    now: datetime,  # noqa: ARG001
) -> Section | None:
    """Return the questions that were returned to the officer (one query); None without any."""
    if not purposes & ANSWERED_UNDER:
        return None
    asked = [
        {
            "fact": of_fact(one.code), "at": one.asked_at,
            "href": reverse("determination:returned", args=[case.number, one.pk]),
        }
        for one in requests_to(officer).filter(file__case=case)
    ]  # fmt: skip
    if not asked:
        return None
    return Section(
        room="determination", template="determination/section.html", context={"asked": asked}
    )
