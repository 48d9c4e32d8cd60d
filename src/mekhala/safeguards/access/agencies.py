"""Letting an agency in, closing it, opening it again: under two signatures, as with accounts.

What an agency is for (its kind) decides what its officers may do, so the database lets nobody
add or change one alone. Its code, name and kind never change: another mandate is another agency.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from mekhala.safeguards.access import policies
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def add_agency(
    *, code: str, name: str, name_km: str, kind: str, province_code: str, by: Officer, at: datetime
) -> Agency:
    """Return a new agency, which has no officers yet. Raises ``CodeTaken``."""
    policies.check_may_administer(by)
    try:
        with transaction.atomic():
            made = Agency.objects.create(
                code=code, name=name, name_km=name_km, kind=kind, province_code=province_code
            )
    except IntegrityError as error:
        raise policies.CodeTaken from error
    audit.record("access.agency_added", subject=code, by=by, at=at, kind=kind)
    return made


@transaction.atomic
def close_agency(agency: Agency, *, by: Officer, at: datetime) -> None:
    """Take an agency out of every choice; what it did stays. Raises ``OfficersAtWork``."""
    policies.check_may_administer(by)
    policies.check_nobody_works_at(agency)
    _opened(agency, is_active=False)
    audit.record("access.agency_closed", subject=agency.code, by=by, at=at)


@transaction.atomic
def open_agency(agency: Agency, *, by: Officer, at: datetime) -> None:
    """Let a closed agency be chosen again; its officers' accounts stay closed."""
    policies.check_may_administer(by)
    _opened(agency, is_active=True)
    audit.record("access.agency_opened", subject=agency.code, by=by, at=at)


def _opened(agency: Agency, *, is_active: bool) -> None:
    agency.is_active = is_active
    agency.save(update_fields=["is_active"])
