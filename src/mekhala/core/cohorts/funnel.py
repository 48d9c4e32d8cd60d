"""Where the accused of each cohort stand, with what is few withheld.

Everybody stands in exactly one place, so the rows of a year add to the people named in its
complaints; that is the table which is protected (``core.disclosure``). A share is withheld
where 1 to 9 people had reached the rung by then, or 1 to 9 had ended without it, and where with
it the places that are withheld could be told from one another.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mekhala.core.cohorts.history import TARGETS, History, Rung, Target, Where
from mekhala.core.cohorts.incidence import Incidence, incidence
from mekhala.core.disclosure.suppression import protect
from mekhala.core.disclosure.tables import cross

# Where those who have reached a rung stand. Of the places after it only some of them may.
_COURT = frozenset({
    Where.ACCUSED, Where.CONVICTED_NOT_FINAL, Where.CONVICTED, Where.ACQUITTED
})  # fmt: skip
_CONVICTED = frozenset({Where.CONVICTED_NOT_FINAL, Where.CONVICTED})
_DROPPED = frozenset({Where.DROPPED_BEFORE_CHARGE, Where.DROPPED_AFTER_CHARGE})
STANDS: dict[str, tuple[frozenset[Where], frozenset[Where]]] = {
    "charged": (_COURT | {Where.CHARGED, Where.DROPPED_AFTER_CHARGE}, frozenset()),
    "accused": (_COURT, frozenset({Where.DROPPED_AFTER_CHARGE})),
    "convicted_first": (_CONVICTED, frozenset({Where.ACQUITTED, Where.ACCUSED})),
    "convicted_final": (frozenset({Where.CONVICTED}), frozenset({Where.ACQUITTED, Where.ACCUSED})),
    "acquitted": (frozenset({Where.ACQUITTED}), frozenset({Where.ACCUSED})),
    "dropped": (_DROPPED, frozenset()),
}
FEWEST = 10  # people; a count below it and above 0 is not told
MONTHS = (6, 12, 24, 36)


@dataclass(frozen=True, kw_only=True)
class ShareThen:
    """The share that had reached a rung after ``months``; None in full where it is not told.

    ``why_not`` is ``few``, ``withheld`` or ``not_seen_so_long``.
    """

    months: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One rung in one cohort: the shares over time, and when half had come so far."""

    target: str
    then: tuple[ShareThen, ...]
    middle: int | None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """The people named in the complaints of one year; a count of None is withheld."""

    year: int
    people: int | None
    standing: dict[Where, int | None]
    reached: tuple[Reached, ...]


def cohorts(histories: Sequence[History], *, level: float = 0.95, seed: int = 1) -> list[Cohort]:
    """Return a cohort for each year of complaint, the earliest first."""
    if not histories:
        return []
    years = sorted({one.year for one in histories})
    counts: Counter[tuple[str, ...]] = Counter(
        (str(one.year), one.where.value) for one in histories
    )
    dimensions = {"year": [str(year) for year in years], "where": [w.value for w in Where]}
    safe = protect(cross(dimensions, counts), [("year", "where"), ("year",)], threshold=FEWEST)
    standing, totals = safe.table(("year", "where")), safe.table(("year",))
    return [
        _cohort(
            year, [one for one in histories if one.year == year], people=totals[str(year),],
            standing={where: standing[str(year), where.value] for where in Where},
            level=level, seed=seed,
        )
        for year in years
    ]  # fmt: skip


def _cohort(
    year: int, histories: Sequence[History], *, people: int | None,
    standing: dict[Where, int | None], level: float, seed: int,
) -> Cohort:  # fmt: skip
    hidden = frozenset(where for where, count in standing.items() if count is None)
    reached = _reached(histories, hidden, level, seed) if people is not None else ()
    return Cohort(year=year, people=people, standing=standing, reached=reached)


def tells_apart(
    target: str, hidden: frozenset[Where], moved: frozenset[Where] = frozenset()
) -> bool:
    """Whether a share of ``target`` would tell some of the withheld places from the others.

    ``moved`` are places where some stand who reached it and were convicted by a higher court.
    """
    surely, perhaps = STANDS[target]
    return bool(hidden & (perhaps | moved)) or (hidden & surely) not in (frozenset(), hidden)


def _moved(histories: Sequence[History], target: Target) -> frozenset[Where]:
    """Return where those stand who reached an acquittal and are convicted now."""
    if target.rungs != {Rung.ACQUITTED}:
        return frozenset()
    reached = [one for one in histories if one.months_to(target.rungs) is not None]
    return frozenset(one.where for one in reached) & _CONVICTED


def _reached(
    histories: Sequence[History], hidden: frozenset[Where], level: float, seed: int
) -> tuple[Reached, ...]:
    found = ((t, incidence(histories, t, level=level, seed=seed)) for t in TARGETS)
    return tuple(
        _untold(t.code) if tells_apart(t.code, hidden, _moved(histories, t)) else Reached(
            target=t.code, then=tuple(share_then(one, months) for months in MONTHS),
            middle=one.middle if one.middle is None or not _few(one, one.middle) else None,
        )
        for t, one in found
    )  # fmt: skip


def _untold(code: str) -> Reached:
    then = tuple(ShareThen(months=months, why_not="withheld") for months in MONTHS)
    return Reached(target=code, then=then, middle=None)


def share_then(one: Incidence, months: int) -> ShareThen:
    """The share after so many months, or why it is not told."""
    told = one.at(months)
    if told is None:
        return ShareThen(months=months, why_not="not_seen_so_long")
    if _few(one, months):
        return ShareThen(months=months, why_not="few")
    share, low, high = told
    return ShareThen(months=months, share=share, low=low, high=high)


def _few(one: Incidence, months: int) -> bool:
    last = min(months, len(one.reached) - 1)
    counted = (one.reached[last], one.ended[last])
    return one.people < FEWEST or any(0 < count < FEWEST for count in counted)
