"""Whether a table of overlaps can carry a number at all, before any method is asked.

The reasons to refuse are those the literature on trafficking gives: too few lists or overlaps
(Sharifi Far, King, Bird et al. 2021), no estimate that exists and is unique (Fienberg & Rinaldo
2012; Chan, Silverman & Vincent 2021). A refused table still has its panel, but no single number; a
doubt leaves the panel's range.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

import numpy as np

from mekhala.core.estimation import cautions
from mekhala.core.estimation.alike import Alike, met_often, would_show
from mekhala.core.estimation.bounds import DEFAULT, Bounds
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.estimate import Warned
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.poisson import Model
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.wrong_input import WrongInput


class Standing(StrEnum):
    """Whether a log-linear model has one finite estimate of the people on no list."""

    EXISTS = "exists"
    DOES_NOT_EXIST = "does not exist"
    NOT_IDENTIFIABLE = "not identifiable"


@dataclass(frozen=True, kw_only=True)
class Period:
    """The closed period the lists stand for: first and last day, both within it."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise WrongInput(
                f"period: ends on {self.last_on}, before it begins on {self.first_on}; expected "
                "the first day, then the last"
            )

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What a table can carry: ``reasons`` refuse any number, ``doubts`` a single one.

    ``overlaps`` is t x t: people on both lists, on the diagonal people on the list. ``sizes`` is
    its diagonal by name; ``seen_twice`` the share of the people seen who are on two lists or more.
    ``often``: people on three lists or more, found and foretold; None with fewer lists.
    ``standing``: independence, each single pair, and all pairs, each with whether it has an
    estimate. ``period`` None: not known.
    """

    passes: bool
    reasons: tuple[Warned, ...]
    doubts: tuple[Warned, ...]
    warnings: tuple[Warned, ...]
    lists: tuple[str, ...]
    overlaps: tuple[tuple[int, ...], ...]
    sizes: tuple[tuple[str, int], ...]
    observed: int
    seen_twice: float
    often: Alike | None
    standing: tuple[tuple[str, Standing], ...]
    period: Period | None
    bounds: Bounds

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        found = asdict(self)
        period = self.period and {
            "first_on": self.period.first_on.isoformat(), "last_on": self.period.last_on.isoformat()
        }  # fmt: skip
        return found | {
            "overlaps": [list(row) for row in self.overlaps], "sizes": dict(self.sizes),
            "standing": {model: str(how) for model, how in self.standing},
            "seen_twice": round(self.seen_twice, 4), "period": period, "lists": list(self.lists),
            "reasons": [asdict(w) for w in self.reasons],
            "doubts": [asdict(w) for w in self.doubts],
            "warnings": [asdict(w) for w in self.warnings],
        }  # fmt: skip


def gate(table: OverlapTable, bounds: Bounds = DEFAULT, *, period: Period | None = None) -> Gate:
    """Say whether one number can be defended from ``table``, and if not, every reason.

    ``period``: the days the lists stand for; None where nobody says, which is warned of.
    """
    table = table.in_order()
    places = range(len(table.lists))
    standing = tuple(_standings(table))
    often = met_often(table) if table.observed else None
    reasons = (*cautions.refusals(table), *_too_little(table, bounds), *_no_model(standing))
    return Gate(
        passes=not reasons, reasons=reasons, doubts=tuple(_differ(table, often, bounds)),
        lists=table.lists, observed=table.observed,
        warnings=(
            *cautions.of_table(table, bounds), *_rare(table, bounds), *_of_period(period, bounds)
        ),
        overlaps=tuple(tuple(table.on_all(i, j) for j in places) for i in places),
        sizes=tuple((table.lists[i], table.on_all(i)) for i in places),
        seen_twice=_seen_twice(table), often=often, standing=standing, period=period, bounds=bounds,
    )  # fmt: skip


def model_standing(table: OverlapTable, pairs: tuple[tuple[str, str], ...]) -> Standing:
    """Return whether the model with these pairs of list names has one finite estimate.

    By rank first, then by linear programme; pairs that share nobody are at minus infinity.
    """
    design, counts = design_for(table)
    wanted = {frozenset(pair) for pair in pairs}
    chosen = [frozenset(design.pair_name(k)) in wanted for k in range(len(design.pairs))]
    if sum(chosen) != len(wanted):
        raise WrongInput(f"pairs: {pairs} are not all pairs of the lists {', '.join(design.lists)}")
    return _standing(design, counts, Model(pairs=np.array([chosen])))


def _standing(design: Design, counts: Floats, model: Model) -> Standing:
    alive = model.alive(design, counts[None])[0]
    columns = model.columns(design, counts[None])[0]
    if np.linalg.matrix_rank(design.x[alive][:, columns]) < columns.sum():
        return Standing.NOT_IDENTIFIABLE
    found = exists(design, counts[None], model)[0]
    return Standing.EXISTS if found else Standing.DOES_NOT_EXIST


def _standings(table: OverlapTable) -> Iterator[tuple[str, Standing]]:
    if not table.observed:
        return
    design, counts = design_for(table)
    many = len(design.pairs)
    rows = np.vstack([np.zeros((1, many)), np.eye(many), np.ones((1, many))]).astype(bool)
    names = [":".join(design.pair_name(k)) for k in range(many)]
    if many == 1:  # two lists: the one pair is all of them
        rows, names = rows[:2], []
    for name, row in zip(["independence", *names, "all pairs"], rows, strict=True):
        yield name, _standing(design, counts, Model(pairs=row[None]))


def _no_model(standing: tuple[tuple[str, Standing], ...]) -> Iterator[Warned]:
    smaller = standing[:-1]
    if all(how is not Standing.EXISTS for _, how in smaller):
        yield Warned(
            code="no_identifiable_model",
            because="neither independent lists nor lists of which one pair depends on each other "
            "have one finite estimate",
        )


def _differ(table: OverlapTable, often: Alike | None, bounds: Bounds) -> Iterator[Warned]:
    """People who differ in how easily they are found make every log-linear number too low."""
    if often is None:
        return
    if often.beyond > bounds.beyond:
        yield Warned(
            code="people_differ",
            because=f"{often.found} people are on three lists or more and {often.foretold:.1f} "
            "would be if all were as easy to find, so some are harder to find and the number of "
            "methods that take all as alike is too low",
            values={"found": often.found, "foretold": round(often.foretold, 1)},
        )
    elif often.foretold < bounds.fewest_foretold:
        yield Warned(
            code="differences_cannot_show",
            because=f"{often.foretold:.1f} people on three lists or more are foretold, fewer than "
            f"{bounds.fewest_foretold:g}: whether some people are harder to find cannot show",
            values={"foretold": round(often.foretold, 1), "fewest": bounds.fewest_foretold},
        )
    elif (shown := would_show(table, bounds.hidden) or 0.0) < bounds.beyond:
        yield Warned(
            code="differences_cannot_show",
            because="if some people were so much harder to find that the number were "
            f"{bounds.hidden:g} times too low, the overlaps would be {shown:.1f} standard errors "
            f"off on average; expected {bounds.beyond:g} or more, or it cannot show",
            values={"hidden": bounds.hidden, "shown": round(shown, 1), "beyond": bounds.beyond},
        )


def _too_little(table: OverlapTable, bounds: Bounds) -> Iterator[Warned]:
    """Fewer usable lists than needed, or lists that fall apart into two groups."""
    usable = [
        name for i, name in enumerate(table.lists)
        if table.on_all(i) and cautions.shared(table, i) >= bounds.fewest_shared
        and not any(_same(table, i, j) for j in range(i))
    ]  # fmt: skip
    if len(usable) < bounds.fewest_lists:
        yield Warned(
            code="fewer_than_three_lists",
            because=f"{len(usable)} of {len(table.lists)} lists can be used ({_named(usable)}); "
            f"expected {bounds.fewest_lists} that share {bounds.fewest_shared} people or more with "
            "the others and are not the same list twice",
            values={
                "usable": len(usable), "lists": len(table.lists), "names": usable,
                "wanted": bounds.fewest_lists, "fewest": bounds.fewest_shared,
            },
        )  # fmt: skip
    for group, people in _cut_off(table, bounds.fewest_shared):
        yield Warned(
            code="lists_hardly_linked",
            because=f"{_named(group)} and the other lists share {people} people; expected "
            f"{bounds.fewest_shared} or more",
            values={"names": group, "people": people, "fewest": bounds.fewest_shared},
        )


def _named(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _same(table: OverlapTable, i: int, j: int) -> bool:
    return table.on_all(i) == table.on_all(j) == table.on_all(i, j)


def _cut_off(table: OverlapTable, fewest: int) -> Iterator[tuple[list[str], int]]:
    """The smallest groups of lists that share fewer than ``fewest`` people with the rest."""
    rows = list(zip(table.histories, table.counts, strict=True))
    places = [i for i in range(len(table.lists)) if table.on_all(i)]  # an empty one cuts nothing
    told: list[set[int]] = []
    for size in range(1, len(places) // 2 + 1):
        for group in combinations(places, size):
            if any(known <= set(group) for known in told):
                continue
            rest = [i for i in places if i not in group]
            if set(rest) in told:
                continue
            people = sum(n for h, n in rows if any(h[i] for i in group) and any(h[i] for i in rest))
            if people < fewest:
                told.append(set(group))
                yield [table.lists[i] for i in group], people


def _seen_twice(table: OverlapTable) -> float:
    rows = zip(table.histories, table.counts, strict=True)
    return sum(n for history, n in rows if sum(history) > 1) / max(table.observed, 1)


def _rare(table: OverlapTable, bounds: Bounds) -> Iterator[Warned]:
    share = _seen_twice(table)
    if share < bounds.fewest_seen_twice:
        yield Warned(
            code="few_seen_twice",
            because=f"{share:.1%} of the people seen are on two lists or more; wrong links may "
            "be as many as right ones",
            values={"share": round(share, 3)},
        )


def _of_period(period: Period | None, bounds: Bounds) -> Iterator[Warned]:
    if period is None:
        yield Warned(
            code="period_not_given",
            because="nobody says which days the lists stand for, so people may have come or gone "
            "between one list and another",
        )
    elif period.days > bounds.longest_days:
        yield Warned(
            code="period_long",
            because=f"the lists stand for {period.days} days; within more than "
            f"{bounds.longest_days} people come, go and die, and the number is of no one day",
            values={"days": period.days, "longest": bounds.longest_days},
        )
