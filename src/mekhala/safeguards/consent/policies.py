"""Who records what a person says yes or no to: who helps that person, never who gains by a yes."""

from datetime import datetime

from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_HEAR = frozenset({Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER})
HEARD_UNDER = frozenset(
    {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT}
)


def check_may_hear(by: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse roles that help nobody, and whoever the file is not open to for helping."""
    if by.role not in WHO_HEAR:
        raise NotYourRole
    if not access.purposes_for(by, case_number, now=now) & HEARD_UNDER:
        raise NotOpenToYou
