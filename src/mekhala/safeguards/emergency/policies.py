"""Who is shown the way to an emergency. The database asks the same again."""

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind

HELPERS = frozenset({Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER})
INVESTIGATE = frozenset({AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT})


def may_open(officer: Officer) -> bool:
    """Return whether the officer's work is to help: neither police, border post nor court."""
    return officer.role in HELPERS and officer.agency.kind not in INVESTIGATE
