"""How many people's keys one actor, and all together, may open in an hour and in a day.

People are counted, not pages: the same person to the same actor counts once in an hour. What was
opened before a restart still counts: it is read back from the service's own record.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, fields
from threading import Lock

HOUR, DAY = 3600.0, 86400.0


@dataclass(frozen=True)
class Limits:
    """The most openings: by one actor in an hour and in a day, by all together in an hour.

    Then values indexed: by one actor in an hour and in a day, by all in a day; and strings turned
    into tokens by all in a day. Then people whose blind keys are made, and people opened to be
    compared with somebody who stands before an officer: by one actor in an hour and a day, by all
    in a day. Then envelopes of the field unsealed as they come in, and filled forms opened once to
    be taken over: likewise.
    """

    per_hour: int = 60
    per_day: int = 200
    all_per_hour: int = 600
    index_per_hour: int = 60
    index_per_day: int = 200
    all_index_per_day: int = 600
    link_per_day: int = 100_000
    blind_per_hour: int = 120
    blind_per_day: int = 400
    all_blind_per_day: int = 4000
    compare_per_hour: int = 600
    compare_per_day: int = 1500
    all_compare_per_day: int = 6000
    unseal_per_hour: int = 1000
    unseal_per_day: int = 4000
    all_unseal_per_day: int = 100_000
    take_per_hour: int = 400
    take_per_day: int = 1200
    all_take_per_day: int = 10_000

    @classmethod
    def read(cls, said: object) -> "Limits":
        """Return the limits of a ``limits.json``; what it leaves out stays as it is here.

        Raises ``ValueError`` in one sentence where it is not what was expected.
        """
        known = {f.name for f in fields(cls)}
        if not isinstance(said, dict) or not set(said) <= known:
            raise ValueError(f"limits.json: expected an object with some of {sorted(known)}")
        for name, value in said.items():
            if type(value) is not int or value < 0:
                raise ValueError(f"limits.json: {name}: expected a whole number from 0")
        return cls(**said)


class Window:
    """Adds up how many of something there were in the last ``seconds``; at most ``most``."""

    def __init__(self, most: int, seconds: float) -> None:
        """Begin with none."""
        self.most, self.seconds = most, seconds
        self._taken: deque[tuple[float, int]] = deque()

    def has_room(self, count: int, at: float) -> bool:
        """Return whether ``count`` more fit in at this instant."""
        while self._taken and self._taken[0][0] <= at - self.seconds:
            self._taken.popleft()
        return sum(n for _at, n in self._taken) + count <= self.most

    def add(self, count: int, at: float) -> None:
        """Count what happened."""
        self._taken.append((at, count))


class Allowance:
    """What is left of a kind of request: for one actor in an hour and a day, for all in a day."""

    def __init__(
        self, *, for_all: int, per_hour: int | None = None, per_day: int | None = None
    ) -> None:
        """Begin with nothing taken; None: the actor has no limit of their own."""
        self._all = Window(for_all, DAY)
        self._own = [(n, time) for n, time in ((per_hour, HOUR), (per_day, DAY)) if n is not None]
        self._of: dict[str, list[Window]] = defaultdict(self._fresh)
        self._one_at_a_time = Lock()

    def take(self, actor: str, count: int, at: float) -> bool:
        """Count ``count`` more and say True; False, and count nothing, where a limit is met.

        ``actor`` empty: nobody's own limit, only that of all.
        """
        with self._one_at_a_time:
            windows = [*(self._of[actor] if actor else ()), self._all]
            if not all(window.has_room(count, at) for window in windows):
                return False
            for window in windows:
                window.add(count, at)
            return True

    def count(self, actor: str, count: int, at: float) -> None:
        """Count what has happened, limit or no limit."""
        with self._one_at_a_time:
            for window in (*self._of[actor], self._all):
                window.add(count, at)

    def _fresh(self) -> list[Window]:
        return [Window(most, seconds) for most, seconds in self._own]


class Quota:
    """Counts openings in sliding windows; instants are seconds since the epoch."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing opened."""
        self.limits = limits
        self._of: dict[str, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._met: dict[tuple[str, str], float] = {}
        self._one_at_a_time = Lock()

    def count(self, actor: str, person: str, at: float) -> None:
        """Count an opening that has happened."""
        with self._one_at_a_time:
            if not self._is_met(actor, person, at):
                self._add(actor, person, at)

    def take(self, actor: str, person: str, at: float) -> bool:
        """Count one more opening and say True; False, and count nothing, where a limit is met."""
        with self._one_at_a_time:
            if self._is_met(actor, person, at):
                return True
            mine = self._of[actor]
            _forget(mine, at - DAY)
            _forget(self._all, at - HOUR)
            in_hour = sum(1 for earlier in mine if earlier > at - HOUR)
            if (
                in_hour >= self.limits.per_hour
                or len(mine) >= self.limits.per_day
                or len(self._all) >= self.limits.all_per_hour
            ):
                return False
            self._add(actor, person, at)
            return True

    def _is_met(self, actor: str, person: str, at: float) -> bool:
        """Return whether this person was counted for this actor within the hour."""
        return self._met.get((actor, person), at - HOUR) > at - HOUR

    def _add(self, actor: str, person: str, at: float) -> None:
        """Count, and forget who was met longer ago than an hour: the oldest stand first."""
        self._of[actor].append(at)
        self._all.append(at)
        self._met.pop((actor, person), None)
        self._met[actor, person] = at
        while self._met[oldest := next(iter(self._met))] <= at - HOUR:
            del self._met[oldest]


def _forget(instants: deque[float], before: float) -> None:
    while instants and instants[0] <= before:
        instants.popleft()
