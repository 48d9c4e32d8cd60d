"""Whether a yes to telling somebody stands, of all that was ever said about it.

Not asked is never a yes. The newest answer counts; of two answers of the same instant the one
that takes back wins, then the no. A yes ends on its last day. For a child, and for everybody not
known to be 18 or more, two must say yes: the child itself, and a guardian or the person whom the
authority appointed. A guardian of whom it is not known that they had no part in what happened is
no guardian here, whatever they said (Palermo Protocol Art. 6; UN CRC Arts 3 and 12; UNICEF
guidelines on child victims of trafficking, 2006: the suspect does not speak for the child).

The database holds the same rule (``consent_standing``); the tests hold the two against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type Speaker = Literal["person", "guardian", "appointed"]
type AnswerCode = Literal["given", "refused", "withdrawn"]

_AT_ONE_INSTANT = {"given": 0, "refused": 1, "withdrawn": 2}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer about one recipient, purpose and kind of data."""

    speaker: Speaker
    answer: AnswerCode
    at: datetime
    number: int  # in the order in which answers were kept
    until: datetime | None = None  # of a yes: its last instant
    as_child: bool = True  # of the person's own answer: child rules applied


@dataclass(frozen=True, kw_only=True)
class Yes:
    """A yes that stands: the number of the person's own answer, and until when."""

    number: int
    until: datetime


def standing_yes(
    answers: Iterable[Said], *, guardian_involved: bool | None, now: datetime
) -> Yes | None:
    """Return the yes that stands at ``now``, None if none does.

    ``answers`` are about one recipient, purpose and kind of data. ``guardian_involved`` is what
    is known now of the guardian's part in what happened; None is *not known*, and counts like yes.
    """
    kept = list(answers)
    own = _yes(newest(a for a in kept if a.speaker == "person"), now)
    if own is None or own.until is None:
        return None
    if not own.as_child:
        return Yes(number=own.number, until=own.until)
    for_it = _yes(newest(a for a in kept if a.speaker != "person"), now)
    if for_it is None or for_it.until is None:
        return None
    if for_it.speaker == "guardian" and guardian_involved is not False:
        return None
    return Yes(number=own.number, until=min(own.until, for_it.until))


def newest(answers: Iterable[Said]) -> Said | None:
    """Return the answer that counts: the newest; of one instant, the one that shares least."""
    return max(answers, key=lambda a: (a.at, _AT_ONE_INSTANT[a.answer], a.number), default=None)


def _yes(said: Said | None, now: datetime) -> Said | None:
    """Return ``said`` if it is a yes that has not ended; a yes without an end is none."""
    if said is None or said.answer != "given" or said.until is None or said.until <= now:
        return None
    return said
