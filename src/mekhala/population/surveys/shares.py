"""Totals and coverage of one round, from the figures of its posts and days; what a share is.

The share is of those about whom it could be said: who refused, was missed, or could not be
graded is unknown, and is never counted as a no. What they could change is told beside it as
bounds (Manski 1989): the share if none, and if all, of them had indications.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mekhala.population.surveys.day_figures import NAMES, DayFigures
from mekhala.population.surveys.grades import POSITIVE, Missing, Way

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate

LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums over days. ``people``: None where it was counted on no day.

    ``counted_on``: on how many of the ``days`` each was counted. ``refusal`` and ``miss``:
    shares of those approached; None unless both were counted on every day.
    """

    days: int
    people: Mapping[str, int | None]
    counted_on: Mapping[str, int]
    refusal: float | None
    miss: float | None

    @property
    def told(self) -> int:
        """People about whom it could be said: screened and graded."""
        return (self.people["screened"] or 0) - (self.people["unclear"] or 0)

    @property
    def refused(self) -> int | None:
        """People who refused; None where it was not counted on every day."""
        return self.people["refused"] if self.counted_on["refused"] == self.days else None

    @property
    def is_counted_throughout(self) -> bool:
        """Whether it is known on every day how many were approached."""
        return self.counted_on["approached"] == self.days


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of those graded with its interval, and what those not graded could change.

    ``kind`` is ``strong``, ``any`` (strong or some), or ``confirmed`` (of all screened, what both
    phases together tell). ``way`` says how ``found`` was worked out, ``missing`` what the design
    of the round would have needed; None: nothing. ``unweighted``, beside a weighted share, is the
    one in which everybody counts the same. ``clusters`` is how many posts' days it rests on; where
    ``is_pooled``, days withheld from the reader are taken together. ``bounds``: shares of all
    approached, weighted like ``found``, if none, or all, of those not graded had indications;
    None where it is not known how many were approached.
    """

    kind: str
    found: "Estimate"
    way: Way
    clusters: int
    bounds: tuple[float, float] | None
    missing: Missing | None = None
    unweighted: "Estimate | None" = None
    is_pooled: bool = False


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How much of the frame and of the plan was reached; shares, None where not known.

    ``found_a_day``: people with strong or some indications for each post's day worked.
    """

    of_frame: float | None
    posts_planned: int
    posts_worked: int
    days_planned: int
    days_worked: int
    found_a_day: float | None


def totals(days: Iterable[DayFigures]) -> Totals:
    """Add the figures of days up."""
    rows = list(days)
    counted = {name: [n for f in rows if (n := getattr(f, name)) is not None] for name in NAMES}
    return Totals(
        days=len(rows),
        people={name: sum(found) if found else None for name, found in counted.items()},
        counted_on={name: len(found) for name, found in counted.items()},
        refusal=_of_approached(rows, "refused"),
        miss=_of_approached(rows, "missed"),
    )


def _of_approached(rows: Sequence[DayFigures], name: str) -> float | None:
    parts, wholes = [getattr(f, name) for f in rows], [f.approached for f in rows]
    if None in parts or None in wholes or not any(wholes):
        return None
    return float(sum(parts) / sum(whole or 0 for whole in wholes))


def positive(figures: DayFigures, kind: str) -> int:
    """Return how many people of a day the kind counts."""
    return sum(getattr(figures, grade) for grade in POSITIVE[kind])


def coverage(
    rows: Mapping[int, Sequence[DayFigures]], planned: Mapping[int, int], size: int | None
) -> Coverage:
    """Return how much was reached: ``rows`` days by post, ``planned`` days by post, frame size."""
    days = [figures for of_post in rows.values() for figures in of_post]
    screened = sum(figures.screened for figures in days)
    return Coverage(
        of_frame=screened / size if size else None,
        posts_planned=len(planned),
        posts_worked=sum(1 for of_post in rows.values() if of_post),
        days_planned=sum(planned.values()),
        days_worked=len(days),
        found_a_day=sum(positive(f, "any") for f in days) / len(days) if days else None,
    )
