"""Averaging over every decomposable graph of dependence between three to six lists."""

import math
from typing import TYPE_CHECKING

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Progress
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.estimate import NO_MODEL, Estimate, Warned
from mekhala.core.estimation.graphs import MOST
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.tables import OverlapTable

if TYPE_CHECKING:
    from mekhala.core.estimation.averaging import Posterior

DECOMPOSABLE = Method(
    name="decomposable",
    assumption="How lists depend on each other is one of the decomposable graphs, each as likely "
    "as any other beforehand, everybody has some chance of being on a list, and nobody enters or "
    "leaves during the period.",
    reference="Madigan & York 1997, Biometrika 84: 19-31",
)
SURE = 0.5  # a pair of lists is named where graphs that join it have more than half the weight


def decomposable(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 0,
    seed: int = 0,
    missing: Floats | None = None,
    progress: Progress | None = None,  # noqa: ARG001 - well under a second
) -> Estimate:
    """Return the posterior median and credible interval of the people in all.

    Exact sums: no replicates, no seed; both are kept to repeat a panel. ``missing`` is a grid of
    people on no list, for comparing with other software. Two lists, or more than six: no estimate.
    """
    from mekhala.core.estimation.averaging import posterior

    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, seed=seed)
    full, table = table, table.used()
    if not 3 <= len(table.lists) <= MOST:
        return answered(
            full, DECOMPOSABLE, settings, total=math.inf, interval=None, covers=Covers.GRAPHS,
            model=NO_MODEL, warnings=(_number_of_lists(table),),
        )  # fmt: skip
    found = posterior(by_mask(table), len(table.lists), missing=missing)
    low, middle, high = (
        table.observed + found.quantile(q) for q in ((1 - level) / 2, 0.5, (1 + level) / 2)
    )
    pairs = _pairs(table, found)
    return answered(
        full, DECOMPOSABLE, settings, total=middle, pairs=pairs, covers=Covers.GRAPHS,
        interval=Interval(kind="credible", low=low, high=high),
        model=f"average over {len(found.share)} decomposable graphs; the likeliest has "
        f"{found.share.max():.0%} of the weight", warnings=(_cut(),) if found.cut else (),
    )  # fmt: skip


def by_mask(table: OverlapTable) -> Floats:
    """Return counts (2**t) by bit mask of the lists, the first list the lowest bit."""
    counts = np.zeros(2 ** len(table.lists))
    for history, people in zip(table.histories, table.counts, strict=True):
        counts[sum(bit << place for place, bit in enumerate(history))] = people
    return counts


def _pairs(table: OverlapTable, found: "Posterior") -> tuple[tuple[str, str], ...]:
    """Return the pairs of lists joined in graphs with more than half of the weight."""
    names = table.lists
    every = [(names[i], names[j]) for i in range(len(names)) for j in range(i + 1, len(names))]
    joined = found.share @ found.graphs > SURE
    return tuple(pair for pair, sure in zip(every, joined, strict=True) if sure)


def _number_of_lists(table: OverlapTable) -> Warned:
    return Warned(
        code="not_for_so_many_lists",
        because=f"averaging over graphs needs 3 to {MOST} lists; there are {len(table.lists)}",
        values={"fewest": 3, "most": MOST, "lists": len(table.lists)},
    )


def _cut() -> Warned:
    return Warned(
        code="tail_cut_off",
        because="the posterior still has weight at a thousand times the people seen: the upper end "
        "is too low",
    )
