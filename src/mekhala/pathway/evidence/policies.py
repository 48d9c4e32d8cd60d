"""Who keeps evidence, and what may follow what. Nothing here changes anything."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from mekhala.pathway.evidence import custody, errors
from mekhala.pathway.evidence.models import ORDERED, CustodyEntry, Move
from mekhala.pathway.justice import texts
from mekhala.pathway.justice.models import Charge
from mekhala.pathway.justice.policies import check_may_act, may_file
from mekhala.safeguards.access.models import Officer

__all__ = ["check_may_act", "may_file"]
LARGEST = 10 * 2**20
BEGINS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


def check_past(day: date, *, now: datetime) -> None:
    """Refuse a day to come."""
    if day > timezone.localdate(now):
        raise errors.DayToCome


def check_basis(basis: str, on: date | None) -> None:
    """Refuse an order without its day."""
    if basis in ORDERED and on is None:
        raise errors.BasisWithoutDay


def check_next(entries: Sequence[CustodyEntry], *, when: datetime, now: datetime) -> datetime:
    """Refuse an entry before the last one, or still to come; return when it stands in the chain.

    Hours are written to the minute: what is of the minute of the last entry stands after it.
    """
    if when > now:
        raise errors.DayToCome
    if entries and when < entries[-1].at.replace(second=0, microsecond=0):
        raise errors.BeforeTheLast
    return max([when, *(entry.at for entry in entries[-1:])])


def check_holds(entries: Sequence[CustodyEntry], by: Officer) -> None:
    """Refuse to move what one does not hold."""
    if custody.holder(entries) != by.pk:
        raise errors.NotHeldByYou


def check_not_taken_in(entries: Sequence[CustodyEntry]) -> None:
    """Refuse to take in what somebody holds, or what is on its way to somebody."""
    if entries and entries[-1].move not in (Move.SENT_OUT, Move.GIVEN_BACK):
        raise errors.NotHeldByYou


def check_handed_to(entries: Sequence[CustodyEntry], by: Officer) -> None:
    """Refuse to receive what was not handed to this officer."""
    if not entries or entries[-1].move != Move.HANDED_OVER or entries[-1].to_id != by.pk:
        raise errors.NotHandedToYou


def check_element(charge: Charge, element: str) -> None:
    """Refuse an element the cited text does not have."""
    text = texts.text_of(charge.statute, charge.article, charge.in_force_from)
    if text is None or element not in {e.name for e in text.elements}:
        raise errors.NoSuchElement


def media_type_of(content: bytes) -> str:
    """Return the media type by content. Raises ``NotSuchAFile`` for any other, or too long."""
    found = next((m for begin, m in BEGINS.items() if content.startswith(begin)), None)
    if found is None or len(content) > LARGEST:
        raise errors.NotSuchAFile
    return found
