"""Who enters an agreement, who answers for a data owner, who stops one."""

from datetime import date, timedelta

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agreements.errors import (
    AnsweredBefore,
    DaysOutOfOrder,
    NotAParty,
    NothingInWriting,
    NothingShared,
    OneAgencyAlone,
    SameParty,
)
from mekhala.safeguards.agreements.models import Agreement, DataOwner

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


def check_two_agencies(asked: set[int], by: Officer) -> None:
    """Refuse an agreement no agency but that of ``by`` would be asked about."""
    if not asked - {by.agency_id}:
        raise OneAgencyAlone


def check_may_answer(owner: DataOwner | None, reference: str) -> None:
    """Refuse who is not asked or has answered, and an answer that is not in writing."""
    if owner is None or owner.said:
        raise AnsweredBefore
    if not reference.strip():
        raise NothingInWriting


def is_party(by: Officer, agreement: Agreement) -> bool:
    """Answer whether the officer works for a party; for a body outside, who enters speaks."""
    if by.agency_id in (agreement.agency_id, agreement.other_id):
        return True
    return agreement.other_id is None and may_enter(by)


def may_stop(by: Officer, agreement: Agreement, owners: set[int]) -> bool:
    """Answer whether the officer works for a party or for an agency whose data it is about."""
    return by.agency_id in owners or is_party(by, agreement)


def check_may_stop(by: Officer, agreement: Agreement, owners: set[int]) -> None:
    """Refuse who works for none of them."""
    if not may_stop(by, agreement, owners):
        raise NotAParty


def check_is_party(by: Officer, agreement: Agreement) -> None:
    """Refuse who works for neither party."""
    if not is_party(by, agreement):
        raise NotAParty
