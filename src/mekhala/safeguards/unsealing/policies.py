"""Who opens a name for a court or another body."""

from datetime import date, datetime

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass, Role
from mekhala.safeguards.access.queries import classes_for
from mekhala.safeguards.unsealing import errors
from mekhala.safeguards.unsealing.models import Order, Told

WHO = frozenset({Role.AUTHORITY, Role.REGISTRAR})


def may_see(officer: Officer) -> bool:
    """Return whether orders for names are any business of the officer's role."""
    return officer.role in WHO


def check_may_open(number: str, *, by: Officer, at: datetime) -> None:
    """Refuse other roles, and whoever holds the case without its name."""
    if not may_see(by):
        raise NotYourRole
    if FieldClass.IDENTITY not in classes_for(by, number, now=at):
        raise errors.NameNotYours


def check_order(*, dated: date, reference: str, told: str, until: date | None, today: date) -> None:
    """Refuse an order from tomorrow, one without a number, and a ban without an end ahead."""
    if not any(sign.isdigit() for sign in reference):
        raise errors.NoNumber
    is_ban = told == Told.FORBIDDEN
    if dated > today or is_ban != (until is not None) or (until and until < today):
        raise errors.OrderUnclear


def check_not_opened(order: Order) -> None:
    """Refuse a second opening."""
    if order.opened_at is not None:
        raise errors.OpenedAlready
