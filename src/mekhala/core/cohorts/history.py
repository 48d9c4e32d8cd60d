"""One accused of a cohort, as far as counting needs it: rungs and months, nobody by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile


class Rung(StrEnum):
    """How far a complaint can come; in the order of the ladder."""

    NAMED = "named"
    SUSPECT = "suspect"
    CHARGED = "charged"
    ACCUSED = "accused"
    CONVICTED_NOT_FINAL = "convicted_not_final"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DROPPED = "case_dropped"


ENDS = frozenset({Rung.CONVICTED, Rung.ACQUITTED, Rung.DROPPED})
CONVICTIONS = frozenset({Rung.CONVICTED_NOT_FINAL, Rung.CONVICTED})


class Where(StrEnum):
    """Where an accused stands: each in exactly one."""

    NAMED = "named"
    SUSPECT = "suspect"
    CHARGED = "charged"
    ACCUSED = "accused"
    CONVICTED_NOT_FINAL = "convicted_not_final"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DROPPED_BEFORE_CHARGE = "dropped_before_charge"
    DROPPED_AFTER_CHARGE = "dropped_after_charge"


@dataclass(frozen=True, kw_only=True)
class History:
    """One accused: the year of the complaint, its rungs with months since it, months observed.

    ``complaint`` tells which accused stand in one complaint, and nothing else about it.
    ``rungs`` are in the order they were reached; one may be reached twice (a retrial).
    """

    year: int
    complaint: int
    rungs: tuple[tuple[Rung, int], ...]
    observed: int

    def months_to(self, rungs: Iterable[Rung]) -> int | None:
        """Months from the complaint until the first of ``rungs`` was reached; None: not yet."""
        wanted = frozenset(rungs)
        return min((months for rung, months in self.rungs if rung in wanted), default=None)

    @property
    def ended(self) -> int | None:
        """Months until the last rung, where that is an end; None while it goes on.

        An acquittal that a higher court repeats ended it on its first day.
        """
        if not self.rungs or self.rungs[-1][0] not in ENDS:
            return None
        same = takewhile(lambda step: step[0] is self.rungs[-1][0], reversed(self.rungs))
        return [months for _rung, months in same][-1]

    @property
    def where(self) -> Where:
        """Where the accused stands at the end of observation."""
        last = self.rungs[-1][0] if self.rungs else Rung.NAMED
        if last is Rung.DROPPED:
            charged = self.months_to([Rung.CHARGED]) is not None
            return Where.DROPPED_AFTER_CHARGE if charged else Where.DROPPED_BEFORE_CHARGE
        return Where(last.value)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A rung that is waited for; what ends the wait without it competes with it."""

    code: str
    rungs: frozenset[Rung]


TARGETS = (
    Target(code="charged", rungs=frozenset({Rung.CHARGED})),
    Target(code="accused", rungs=frozenset({Rung.ACCUSED})),
    Target(code="convicted_first", rungs=CONVICTIONS),
    Target(code="convicted_final", rungs=frozenset({Rung.CONVICTED})),
    Target(code="acquitted", rungs=frozenset({Rung.ACQUITTED})),
    Target(code="dropped", rungs=frozenset({Rung.DROPPED})),
)


def waits(histories: Sequence[History], target: Target) -> list[tuple[int, int]]:
    """For each accused: months, and 1 reached, 2 ended without it, 0 still waiting then."""
    return [_wait(one, target) for one in histories]


def _wait(one: History, target: Target) -> tuple[int, int]:
    reached = one.months_to(target.rungs)
    if reached is not None:
        return reached, 1
    return (one.ended, 2) if one.ended is not None else (one.observed, 0)
