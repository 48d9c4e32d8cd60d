"""Requests, and what of one dossier may be read under one. The database decides, each time."""

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from mekhala.population.dossiers.models import Access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.access.queries import officers_of
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.four_eyes.models import SecondSignature

KIND = "research.dossiers"


def requests_seen() -> QuerySet[Access]:
    """Return the requests that are there for the officer, the newest first."""
    found = Access.objects.select_related("asked_by__agency", "supervisor__agency", "agency")
    return found.prefetch_related("named", "taken")


def who_may_supervise(officer: Officer) -> QuerySet[Officer]:
    """Return the justice officers of courts elsewhere."""
    found = officers_of(Role.JUSTICE).filter(agency__kind=AgencyKind.COURT)
    return found.exclude(agency=officer.agency_id).select_related("agency").order_by("shown_as")


def is_waiting(access: Access, *, now: datetime) -> bool:
    """Return whether its second signature was asked for and nobody has answered yet."""
    asked = SecondSignature.objects.filter(kind=KIND, subject=access.number)
    return any(one.is_open(now) for one in asked)


def redacted(access: Access, dossier: str) -> dict[str, Any] | None:
    """Return one dossier in codes, months and provinces; None where it is not open or not there.

    Keys: ``province``, ``complaint`` (a month), ``accused`` (letters and bands) and ``rows``: part
    of the file, letter of the accused or empty, and what is said in codes.
    """
    with connection.cursor() as cursor:
        cursor.execute("select dossiers_read(%s, %s)", [access.pk, dossier])
        (found,) = cursor.fetchone()
    return json.loads(found) if isinstance(found, str) else found
