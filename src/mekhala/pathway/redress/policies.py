"""Who keeps what is owed to a person. Nothing here changes anything."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from mekhala.pathway.redress import errors
from mekhala.pathway.redress.models import LegalAid, Measure, OfOneFile, Owed
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for

HELPERS = {Role.REGISTRAR: Purpose.REGISTRATION, Role.PROVIDER: Purpose.SUPPORT}
KEEPERS = HELPERS | {Role.JUSTICE: Purpose.JUSTICE}


def may_keep(officer: Officer) -> bool:
    """Answer whether redress is any business of the officer's role."""
    return officer.role in KEEPERS


def check_may_keep(by: Officer, file_number: str, *, now: datetime) -> None:
    """Refuse other roles, and whoever the file is not open to for the purpose of the role."""
    if not may_keep(by):
        raise NotYourRole
    if KEEPERS[Role(by.role)] not in purposes_for(by, file_number, now=now):
        raise NotOpenToYou


def check_own(row: OfOneFile, by: Officer, *, now: datetime) -> None:
    """Refuse to change what is kept under a file that is not open, and what others keep.

    What stands under a case is changed by who helps, under a proceeding by justice, whatever else
    is open to them.
    """
    if (by.role == Role.JUSTICE) != bool(row.proceeding):
        raise NotOpenToYou
    check_may_keep(by, row.file_number, now=now)


def check_past(*days: date | None, now: datetime) -> None:
    """Refuse days that have not come."""
    if any(day > timezone.localdate(now) for day in days if day):
        raise errors.DayToCome


def check_order(first: date, then: date | None) -> None:
    """Refuse a day before the one it follows."""
    if then is not None and then < first:
        raise errors.DaysOutOfOrder


def check_standing(owed: Owed) -> None:
    """Refuse what was replaced or ended."""
    if owed.ended_on or Owed.objects.filter(replaces=owed.pk).exists():
        raise errors.NotStanding


def check_amount(amount: Decimal, *, at_most: Decimal | None = None) -> None:
    """Refuse nothing and less, and more than ``at_most``."""
    if amount <= 0:
        raise errors.NotAnAmount
    if at_most is not None and amount > at_most:
        raise errors.MoreThanOwed


def check_open_question(measure: Measure) -> None:
    """Refuse a second answer."""
    if measure.granted is not None:
        raise errors.AnsweredBefore


def check_no_lawyer_yet(aid: LegalAid) -> None:
    """Refuse a second lawyer for one request."""
    if aid.assigned_on or aid.ended_on:
        raise errors.AssignedBefore
