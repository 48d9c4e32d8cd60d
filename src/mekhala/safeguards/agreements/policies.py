"""Who enters an agreement and who stops one; which are in force."""

from datetime import date, timedelta

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agreements.errors import (
    DaysOutOfOrder,
    NotAParty,
    NothingShared,
    SameParty,
)
from mekhala.safeguards.agreements.models import Agreement

WHO_ENTER = frozenset({Role.ADMINISTRATOR, Role.STATISTICIAN})
LONGEST = timedelta(days=3 * 366)
SOON = timedelta(days=30)


def may_enter(by: Officer) -> bool:
    """Answer whether the officer's role enters what was signed, and sees every agreement."""
    return by.role in WHO_ENTER


def check_may_enter(by: Officer) -> None:
    """Refuse every role but administrators and statisticians."""
    if not may_enter(by):
        raise NotYourRole


def check_two_parties(agency_id: int, other_id: int | None, body: str) -> None:
    """Refuse an agreement with oneself, with nobody, or with two others at once."""
    if (other_id is None) == (not body.strip()) or agency_id == other_id:
        raise SameParty


def check_shared(feeds: list[str], elements: list[str]) -> None:
    """Refuse an agreement about nothing."""
    if not feeds or not elements:
        raise NothingShared


def check_days(from_on: date, until_on: date) -> None:
    """Refuse one that ends before it begins, or after more than three years."""
    if not from_on <= until_on <= from_on + LONGEST:
        raise DaysOutOfOrder


def is_party(by: Officer, agreement: Agreement) -> bool:
    """Answer whether the officer works for a party; for a body outside, who enters speaks."""
    if by.agency_id in (agreement.agency_id, agreement.other_id):
        return True
    return agreement.other_id is None and may_enter(by)


def check_is_party(by: Officer, agreement: Agreement) -> None:
    """Refuse who works for neither party."""
    if not is_party(by, agreement):
        raise NotAParty


def is_in_force(
    agreement: Agreement, *, on: date, lead_body_id: int | None, is_stopped: bool
) -> bool:
    """Return whether an agreement stands on a day: within its days, under the body that led
    when it was entered, and not stopped. Nothing renews it.
    """
    return (
        agreement.from_on <= on <= agreement.until_on
        and agreement.lead_body_id == lead_body_id
        and not is_stopped
    )
