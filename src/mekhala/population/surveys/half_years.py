"""Coverage and yield of screening by post and half-year, of all rounds of a frame.

Coverage: of those who were approached, how many were screened; who refused and who was missed
stand beside it. Yield: of those graded, how many had strong or some indications. Both with
intervals in which a post's days are clusters, as people who come together are alike. Days graded
with another questionnaire stand in a row of their own: their yields are not one number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mekhala.population.surveys import queries
from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.models import Round, SamplingFrame
from mekhala.population.surveys.shares import LEVEL, Totals, positive, totals

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate
    from mekhala.population.surveys.queries import CountedRound
    from mekhala.safeguards.access.models import Officer


@dataclass(frozen=True, order=True, kw_only=True)
class Cell:
    """A post in one half of a year, with one version of one questionnaire."""

    post: str
    year: int
    half: int
    tool: str


@dataclass(frozen=True, kw_only=True)
class HalfYear:
    """What was reached and found there; ``totals`` None: too few to be told to the reader.

    ``coverage``: None too where it is not known on every day how many were approached; ``found``:
    None where nobody was graded. ``of_those_who_come``: of the people who come on so many open
    days, as far as the frame says how many.
    """

    cell: Cell
    days: int
    totals: Totals | None
    coverage: "Estimate | None" = None
    found: "Estimate | None" = None
    of_those_who_come: float | None = None


@dataclass(kw_only=True)
class _Days:
    rows: list[DayFigures] = field(default_factory=list)
    size: int | None = None
    is_told: bool = True


def by_half_year(frame: SamplingFrame, officer: "Officer") -> list[HalfYear]:
    """Return every post and half-year in which days were worked, in their order.

    A row is told where each of its days may be read by the officer, so that nothing follows from
    it that does not stand on the page of a round.
    """
    rounds = list(queries.rounds_for(officer).filter(frame=frame))
    cells: defaultdict[Cell, _Days] = defaultdict(_Days)
    for one in queries.counted_of(rounds):
        _add(cells, one, queries.shown_to(one, officer).days)
    return [_told(cell, cells[cell]) for cell in sorted(cells)]


def _add(cells: Mapping[Cell, _Days], one: "CountedRound", may: Iterable[tuple[int, date]]) -> None:
    readable = set(may)
    for planned in one.posts:
        for on, figures in sorted(one.figures[planned.pk].items()):
            kept = cells[_cell(one.round, planned.post.name, on)]
            kept.rows.append(figures)
            kept.size = planned.post.size
            kept.is_told &= (planned.pk, on) in readable


def _cell(of: Round, post: str, on: date) -> Cell:
    return Cell(
        post=post, year=on.year, half=1 if on.month <= 6 else 2, tool=f"{of.tool} {of.tool_version}"
    )


def _told(cell: Cell, kept: _Days) -> HalfYear:
    if not kept.is_told:
        return HalfYear(cell=cell, days=len(kept.rows), totals=None)
    summed = totals(kept.rows)
    come = kept.size * len(kept.rows) if kept.size else None
    return HalfYear(
        cell=cell, days=len(kept.rows), totals=summed,
        coverage=_coverage(kept.rows, summed), found=_found(kept.rows, summed),
        of_those_who_come=(summed.people["screened"] or 0) / come if come else None,
    )  # fmt: skip


def _coverage(rows: Iterable[DayFigures], summed: Totals) -> "Estimate | None":
    """Return the share screened of those approached; unknown unless counted on every day."""
    if not (summed.is_counted_throughout and summed.people["approached"]):
        return None
    return _share((f.screened, f.approached or 0) for f in rows)


def _found(rows: Iterable[DayFigures], summed: Totals) -> "Estimate | None":
    if not summed.told:
        return None
    return _share((positive(f, "any"), f.screened - f.unclear) for f in rows)


def _share(parts: Iterable[tuple[int, int]]) -> "Estimate":
    from mekhala.core.estimation.clusters import Cluster
    from mekhala.core.estimation.proportion import proportion

    counted = [(found, of) for found, of in parts if of]
    clusters = [
        Cluster(cluster=str(n), positive=found, screened=of)
        for n, (found, of) in enumerate(counted, start=1)
    ]
    return proportion(
        positive=sum(found for found, _of in counted), screened=sum(of for _found, of in counted),
        clusters=clusters, level=LEVEL,
    )  # fmt: skip
