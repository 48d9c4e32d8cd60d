"""Who holds an item, and where its chain has a gap. Pure; the entries are in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from mekhala.pathway.evidence.models import CustodyEntry, Move

TO_BE_RECEIVED = timedelta(hours=24)
IN_HAND = frozenset({Move.TAKEN_IN, Move.RECEIVED, Move.CAME_BACK})


class Gap(StrEnum):
    """What is wrong with a chain."""

    NEVER_TAKEN_IN = "never_taken_in"
    TAKEN_IN_LATE = "taken_in_late"  # on a later day than the item was taken
    NOT_RECEIVED = "not_received"  # handed over, and nobody says she has it
    RECEIVED_LATE = "received_late"
    NOT_THE_HOLDER = "not_the_holder"  # moved by somebody who did not hold it
    SEAL_BROKEN = "seal_broken"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A gap, and the entry at which it stands (None: before the first)."""

    gap: Gap
    entry: CustodyEntry | None


def holder(entries: Sequence[CustodyEntry]) -> int | None:
    """Return the id of the officer who holds the item; None: nobody here, or on its way."""
    if not entries or entries[-1].move not in IN_HAND:
        return None
    return int(entries[-1].by_id)


def gaps(entries: Sequence[CustodyEntry], *, taken_on: date, now: datetime) -> list[Found]:
    """Return every gap of a chain, in its order; an empty list: it is whole so far."""
    if not entries:
        return [Found(gap=Gap.NEVER_TAKEN_IN, entry=None)]
    first = entries[0]
    found = [] if first.move == Move.TAKEN_IN else [Found(gap=Gap.NEVER_TAKEN_IN, entry=first)]
    if timezone.localdate(first.at) > taken_on + timedelta(days=1):  # a night is no gap
        found.append(Found(gap=Gap.TAKEN_IN_LATE, entry=first))
    held: int | None = None
    for place, entry in enumerate(entries):
        after = entries[place + 1] if place + 1 < len(entries) else None
        found += [Found(gap=gap, entry=entry) for gap in _at(entry, held, after, now)]
        held = int(entry.by_id) if entry.move in IN_HAND else held
    return found


def _at(
    entry: CustodyEntry, held: int | None, after: CustodyEntry | None, now: datetime
) -> list[Gap]:
    found = []
    if entry.move in (Move.HANDED_OVER, Move.SENT_OUT, Move.GIVEN_BACK) and held != entry.by_id:
        found.append(Gap.NOT_THE_HOLDER)
    if entry.move == Move.HANDED_OVER:
        answered = after is not None and after.of_id == entry.pk
        until = after.at if answered and after else now
        if until - entry.at > TO_BE_RECEIVED or (after is not None and not answered):
            found.append(Gap.RECEIVED_LATE if answered else Gap.NOT_RECEIVED)
    if entry.seal_whole is False:
        found.append(Gap.SEAL_BROKEN)
    return found
