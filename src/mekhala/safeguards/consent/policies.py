"""Who records what a person says yes or no to: who helps that person, never who gains by a yes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.models import Answer

WHO_HEAR = frozenset({Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER})
HEARD_UNDER = frozenset(
    {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT}
)


class YesToOneself(ActRefused):
    """A house does not write down that it may know more."""

    words = _(
        "You cannot record a yes to your own agency. Ask the officer who referred the person to "
        "hear it."
    )


def check_gains_nothing(by: Officer, *, recipient: str, answer: Answer) -> None:
    """Refuse a provider's yes to the own agency: it would open the file further (R-07)."""
    if answer == Answer.GIVEN and by.role == Role.PROVIDER and by.agency.code == recipient:
        raise YesToOneself


def check_may_hear(by: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse roles that help nobody, and whoever the file is not open to for helping."""
    if by.role not in WHO_HEAR:
        raise NotYourRole
    if not access.purposes_for(by, case_number, now=now) & HEARD_UNDER:
        raise NotOpenToYou
