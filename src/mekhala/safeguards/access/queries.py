"""What is open to whom. Nothing here changes anything."""

from datetime import datetime

from django.db.models import Case, QuerySet, When

from mekhala.safeguards.access.models import ApiToken, Grant, Officer
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.access.services import digest_of
from mekhala.safeguards.agencies.models import Agency


def live_grants(officer: Officer, *, now: datetime) -> QuerySet[Grant]:
    """Return the grants that open files to ``officer`` at ``now``."""
    return Grant.objects.filter(officer=officer, until__gt=now)


def purposes_for(officer: Officer, file_number: str, *, now: datetime) -> set[Purpose]:
    """Return the purposes for which one file is open to ``officer``; empty: it is not."""
    found = live_grants(officer, now=now).filter(file_number=file_number)
    return {Purpose(p) for p in found.values_list("purpose", flat=True)}


def classes_for(officer: Officer, file_number: str, *, now: datetime) -> set[FieldClass]:
    """Return the classes of one file open to ``officer``, for whatever purpose; empty: none."""
    found = live_grants(officer, now=now).filter(file_number=file_number)
    return {
        FieldClass(c) for carried in found.values_list("field_classes", flat=True) for c in carried
    }


def officers_of(role: Role, agency: Agency | None = None) -> QuerySet[Officer]:
    """Return the active officers in a role, of one agency if it is given."""
    found = Officer.objects.filter(role=role, is_active=True, agency__is_active=True)
    return found.filter(agency=agency) if agency else found


def officer_with_token(token: str, *, now: datetime) -> Officer | None:
    """Return the active officer in whose name ``token`` speaks, None if it opens nothing."""
    found = (
        ApiToken.objects.select_related("officer__agency")
        .filter(digest=digest_of(token), expires_at__gt=now, revoked_at=None)
        .first()
    )
    return found.officer if found and found.officer.is_active else None


PER_AGENCY = 5  # of one agency so many are told, those who came first; the others need not know


def watchers(about: Officer) -> list[Officer]:
    """Return who is told of an alarm about ``about``: officers of at least two other agencies.

    Administrators come first; where they are of fewer than two agencies that are not the
    officer's own, the competent authority's officers are told with them.
    """
    role = Case(When(role=Role.ADMINISTRATOR, then=0), default=1)
    found = (
        Officer.objects.filter(role__in=[Role.ADMINISTRATOR, Role.AUTHORITY], is_active=True)
        .filter(agency__is_active=True).exclude(agency=about.agency_id)
        .annotate(after=role).order_by("after", "pk")
    )  # fmt: skip
    told: dict[int, list[Officer]] = {}
    for officer in found:
        of_agency = told.setdefault(officer.agency_id, [])
        is_enough = len(told) > 2 and officer.role != Role.ADMINISTRATOR
        if len(of_agency) < PER_AGENCY and not is_enough:
            of_agency.append(officer)
    return [officer for several in told.values() for officer in several]
