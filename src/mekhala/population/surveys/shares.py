"""Totals, coverage and shares of one round, from the figures of its posts and days.

The share is of those about whom it could be said: who refused, was missed, or could not be
graded is unknown, and is never counted as a no. What they could change is told beside it as
bounds (Manski 1989): the share if none, and if all, of them had indications.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mekhala.population.surveys.day_figures import NAMES, DayFigures
from mekhala.population.surveys.grades import GRADES, POSITIVE

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
    def is_counted_throughout(self) -> bool:
        """Whether it is known on every day how many were approached."""
        return self.counted_on["approached"] == self.days


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of those graded with its interval, and what those not graded could change.

    ``kind`` is ``strong`` or ``any`` (strong or some). ``clusters`` is how many posts' days it
    rests on. ``bounds``: shares of all approached if none, or all, of those not graded had
    indications; None where it is not known how many were approached.
    """

    kind: str
    found: "Estimate"
    clusters: int
    bounds: tuple[float, float] | None


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


def share(days: Sequence[DayFigures], kind: str, level: float = LEVEL) -> Share | None:
    """Return the share of a kind among those graded; None if nobody was.

    People found at one post on one day are a cluster: they are alike, and the interval is the
    wider for it (design effect; see ``mekhala.core.estimation.proportion``).
    """
    from mekhala.core.estimation.clusters import Cluster
    from mekhala.core.estimation.proportion import proportion

    summed = totals(days)
    if not summed.told:
        return None
    clusters = [
        Cluster(cluster=str(n), positive=positive(f, kind), screened=f.screened - f.unclear)
        for n, f in enumerate(days, start=1) if f.screened > f.unclear
    ]  # fmt: skip
    refused = summed.people["refused"] if summed.counted_on["refused"] == summed.days else None
    found = proportion(
        positive=sum(c.positive for c in clusters), screened=summed.told, refused=refused,
        clusters=clusters, level=level,
    )  # fmt: skip
    return Share(kind=kind, found=found, clusters=len(clusters), bounds=_bounds(summed, found))


def positive(figures: DayFigures, kind: str) -> int:
    """Return how many people of a day the kind counts."""
    return sum(getattr(figures, grade) for grade in POSITIVE[kind])


def _bounds(summed: Totals, found: "Estimate") -> tuple[float, float] | None:
    asked = summed.people["approached"]
    if not summed.is_counted_throughout or not asked:
        return None
    positive = found.diagnostics["positive"]
    return positive / asked, (positive + asked - summed.told) / asked


def confirmed(days: Iterable[DayFigures], level: float = LEVEL) -> "dict[str, Estimate | None]":
    """Return by grade the share of those examined again whom the second phase confirmed.

    None for a grade of which nobody was examined.
    """
    from mekhala.core.estimation.proportion import proportion

    people = totals(days).people
    told: dict[str, Estimate | None] = {}
    for grade in GRADES:
        examined, of_them = people[f"{grade}_examined"], people[f"{grade}_confirmed"]
        told[grade] = (
            proportion(positive=of_them or 0, screened=examined, level=level) if examined else None
        )
    return told


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
