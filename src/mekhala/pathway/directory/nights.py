"""How many places a service has on a night, where it said that some nights have fewer.

Days only, nothing of the database: who stays from one night on keeps a place for each night in a
row that has room, and no longer. So what is given never is more than a night has, and a repair in
May closes nobody's door in March.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

DAY = timedelta(days=1)
WEEK = 7


class Fewer(NamedTuple):
    """Nights on which a service has ``fewer`` places than usual.

    Both ends are in it; ``last_on`` None goes on. ``weekdays`` are evenings, Monday 1 to Sunday 7;
    none named means every night.
    """

    first_on: date
    last_on: date | None
    weekdays: tuple[int, ...]
    fewer: int

    @classmethod
    def told(cls, said: Mapping[str, Any], *, usual: int | None) -> "Fewer":
        """Return nights from JSON: days in ISO form, ``places`` there are then."""
        last = date.fromisoformat(said["last_on"]) if said["last_on"] else None
        fewer = fewer_than(usual, said["places"])
        return cls(date.fromisoformat(said["first_on"]), last, tuple(said["weekdays"]), fewer)

    def covers(self, night: date) -> bool:
        """Return whether this speaks of a night."""
        within = self.first_on <= night and (self.last_on is None or night <= self.last_on)
        return within and (not self.weekdays or night.isoweekday() in self.weekdays)

    def next_night(self, day: date) -> date | None:
        """Return the first night from ``day`` on of which this speaks; None if there is none."""
        begin = max(day, self.first_on)
        return next((n for n in (begin + k * DAY for k in range(WEEK)) if self.covers(n)), None)


class Given(NamedTuple):
    """Places given for nights in a row; an end that is None is not known."""

    first_on: date | None
    last_on: date | None
    places: int

    def covers(self, night: date, *, today: date) -> bool:
        """Return whether somebody may be there: who stayed on after the last night still is."""
        begun = self.first_on is None or self.first_on <= night
        return begun and (self.last_on is None or night <= self.last_on or self.last_on < today)


def fewer_than(usual: int | None, places: int) -> int:
    """Return how many places fewer than usual; none where places are not counted."""
    return max(0, usual - places) if usual is not None else 0


def fewer_on(night: date | None, stated: Iterable[Fewer]) -> int:
    """Return how many places are missing on a night; of several that speak of it the strictest."""
    return max((s.fewer for s in stated if night and s.covers(night)), default=0)


def last_night(first: date, *, free: int, needed: int, stated: Iterable[Fewer]) -> date | None:
    """Return the last night in a row from ``first`` with room; None: no end is known.

    ``free`` are the places free on a usual night, before ``needed`` are taken. A result before
    ``first`` means that the first night has no room.
    """
    short = [night for s in stated if free - s.fewer < needed and (night := s.next_night(first))]
    return min(short) - DAY if short else None


def most_given(stated: Fewer, given: Iterable[Given], *, today: date) -> int:
    """Return how many places are given at most on a night of which ``stated`` speaks."""
    kept = list(given)
    begins = [today, *(g.first_on for g in kept if g.first_on and g.first_on > today)]
    nights = {night for day in begins if (night := stated.next_night(day))}
    return max(
        (sum(g.places for g in kept if g.covers(night, today=today)) for night in nights),
        default=0,
    )
