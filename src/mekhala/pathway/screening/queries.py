"""Screenings as one officer may see them. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from mekhala.core.reasoning.profiles import Profile as CoreProfile
from mekhala.core.reasoning.profiles import screening_lists
from mekhala.core.reasoning.screening import screen
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.pathway.screening.policies import SCREENED_UNDER
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import FieldClass


def newest(case: Case) -> Screening | None:
    """Return the latest screening of a case, None where there is none or it is not open."""
    return Screening.objects.filter(case=case).select_related("screened_by").first()


def aid(case: Case, *, profile: str, indicators: Sequence[str]) -> Mapping[str, Any] | None:
    """Return what the indicators amount to for the person of ``case``. Never a status.

    None without a profile. A list for anybody reads the age of the case: a person not known to
    be 18 or older is a child.
    """
    if profile not in set(CoreProfile):
        return None
    person = {"age": case.age, "age_certainty": case.age_certainty}
    return screen({"profile": profile, "indicators": list(indicators), "person": person})


def list_version(profile: str) -> str:
    """Return the version of the list that ``profile`` names today; empty without a profile."""
    return screening_lists()[CoreProfile(profile)].version if profile else ""


def fitting_profiles(case: Case) -> tuple[CoreProfile, ...]:
    """Return the lists that fit the person's age: a child's unless known to be 18 or more."""
    child = not is_known_adult(case)
    return tuple(p for p, each in screening_lists().items() if each.fits(treated_as_child=child))


def waiting(officer: Officer, *, now: datetime) -> QuerySet[Encounter]:
    """Return the meetings of the officer's agency that wait for a screening, the oldest first.

    A meeting waits until the person is screened at or after it, was ever advised to be referred,
    said no at it, or somebody says why there was no screening; not once the case is closed. Only
    those are named of which the officer may read whether there was one.
    """
    may_read = Grant.objects.filter(
        officer=officer, file_number=OuterRef("case_id"), until__gt=now,
        purpose__in=SCREENED_UNDER, field_classes__contains=[FieldClass.NARRATIVE],
    )  # fmt: skip
    screened = Screening.objects.filter(case=OuterRef("case_id")).filter(
        Q(screened_at__gte=OuterRef("met_at")) | Q(outcome=ScreeningOutcome.REFER)
    )
    met = Encounter.objects.filter(
        Exists(may_read), ~Exists(screened), agency=officer.agency_id, not_screened_because="",
        case__closed_at=None,
    ).exclude(consents_to_go_on=False)  # fmt: skip
    return met.select_related("case").order_by("met_at", "id")


def answered(year: int) -> dict[str, int | None]:
    """Return what the meetings of a year led to, by code, without anybody; None: under ten.

    Those of all agencies for a statistician, of one's own for who meets people, else nothing.
    ``screened``, ``said_no``, a code of ``WhyNotScreened``, ``waiting`` or ``closed``.
    """
    with connection.cursor() as cursor:
        cursor.execute("select category, meetings from screening_answered(%s)", [year])
        return dict(cursor.fetchall())
