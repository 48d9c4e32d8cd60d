"""Which detentions are one stretch: a limit is not begun anew by cutting the time into pieces.

No text known to us says when custody that was interrupted begins anew; so the rule is a cautious
one, and what it needs is data (``stretch`` in ``limits.yaml``, not verified). Two detentions of
one kind are one stretch, from the beginning of the first to the end of the last, unless somebody
was out of that kind of detention for so long, by what is recorded: a release on a day of the gap,
but not on its last, when the next may have ended, too; for custody, also a place where people are
held by an order of a judge. A gap of which nothing is recorded is no release.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mekhala.core.calendar.limits import Kind, shortest_time_out, zone


@dataclass(frozen=True, kw_only=True)
class Held:
    """One detention as it is recorded; ``until`` None: it goes on.

    ``by_order``: in a prison or the like, where nobody is held without an order.
    """

    key: int
    kind: Kind
    since: datetime
    until: datetime | None
    by_order: bool = False


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Detentions that count as one, in the order in which they began."""

    parts: tuple[Held, ...]

    @property
    def kind(self) -> Kind:
        """What limit it has."""
        return self.parts[0].kind

    @property
    def since(self) -> datetime:
        """When the first of them began."""
        return self.parts[0].since

    @property
    def until(self) -> datetime | None:
        """When the last of them ended; None while one goes on."""
        ends = [part.until for part in self.parts]
        return None if None in ends else max(end for end in ends if end)

    @property
    def keys(self) -> frozenset[int]:
        """The keys of its parts."""
        return frozenset(part.key for part in self.parts)


def stretches(held: Iterable[Held], released_on: Collection[date]) -> list[Stretch]:
    """Return the stretches of one person's detentions, in the order in which they began.

    ``released_on`` are the days on which a release is recorded.
    """
    known = sorted(held, key=lambda one: (one.since, one.key))
    found: list[Stretch] = []
    for kind in Kind:
        own: list[Stretch] = []
        for one in (each for each in known if each.kind is kind):
            if own and not _was_out(own[-1], one, known, released_on):
                own[-1] = Stretch(parts=(*own[-1].parts, one))
            else:
                own.append(Stretch(parts=(one,)))
        found += own
    return sorted(found, key=lambda each: each.since)


def _was_out(
    before: Stretch, then: Held, known: Sequence[Held], released_on: Collection[date]
) -> bool:
    """Whether somebody is known to have been out of this kind of detention for long enough."""
    if before.until is None or then.since - before.until < shortest_time_out():
        return False
    first, last = (each.astimezone(zone()).date() for each in (before.until, then.since))
    if any(first <= day < last for day in released_on):  # that of the last day may end the next
        return True
    elsewhere = (one for one in known if one.by_order and one.kind is not then.kind)
    return any(_within(one, before.until, then.since) >= shortest_time_out() for one in elsewhere)


def _within(one: Held, first: datetime, last: datetime) -> timedelta:
    """How long a detention lasted between two instants; less than nothing: it was not there."""
    return min(one.until or last, last) - max(one.since, first)
