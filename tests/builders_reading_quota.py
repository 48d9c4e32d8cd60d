"""Who watches over reading, the clock of the database, and reading with a client."""

from django.db import connection

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer


def as_owner(statement):
    """Run one statement as the owner of the tables: what only time or an attacker brings about."""
    with connection.cursor() as cursor:
        cursor.execute("select tests.as_owner(%s)", [statement])


def watching():
    """Return an administrator and an officer of the authority, of two agencies."""
    office = officer(Role.ADMINISTRATOR, at=agency(AgencyKind.NATIONAL_COMMITTEE))
    return office, officer(Role.AUTHORITY, at=agency(AgencyKind.COMPETENT_AUTHORITY))


def limit(per_hour=3, per_day=5):
    """Make the limits of every role small, so that few requests pass them."""
    as_owner(f"update reading_limit set per_hour = {per_hour}, per_day = {per_day}")


def number(n):
    """Return a number that looks right in an address and is no file's."""
    return f"MK-0000-{n:04}"
