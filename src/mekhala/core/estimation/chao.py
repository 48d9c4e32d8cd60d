"""At least so many: a lower bound from people seen once and twice (Chao 1987)."""

import math

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.choice import Chosen, Progress
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.intervals import Interval, wald_log
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.poisson import Model, fit
from mekhala.core.estimation.tables import OverlapTable

CHAO = Method(
    name="chao",
    assumption="People differ in how easily they are found, the easier the more on every list; "
    "the number is then at least this. Nobody enters or leaves during the period.",
    reference="Chao 1987, Biometrics 43: 783-791; lists of unequal size: Rivest & Baillargeon "
    "2007, Biometrics 63: 999-1006",
)


def chao(
    table: OverlapTable,
    *,
    level: float = 0.95,
    bootstrap: int = 0,
    seed: int = 0,
    progress: Progress | None = None,  # noqa: ARG001 - one fit
) -> Estimate:
    """Return a lower bound of the people in all, from those on exactly one and exactly two lists.

    Lists may differ in size: independence is fitted to these cells alone, so whoever is seen three
    times or more says nothing. The interval has no upper end. ``bootstrap`` is not used.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    settings = Settings.now(level=level, seed=seed)
    design, counts = once_or_twice(*design_for(table))
    model = Model(pairs=np.zeros((1, len(design.pairs)), dtype=bool))
    total, low = math.inf, math.inf
    if exists(design, counts[None], model)[0]:
        fitted = fit(design, counts[None], model)
        chosen = Chosen(pairs=model.pairs, unseen=fitted.unseen)
        total = float(table.observed + fitted.unseen[0])
        low = table.observed + wald_log(design, counts, chosen, level).low - float(counts.sum())
    return answered(
        table, CHAO, settings, total=total, covers=Covers.AT_LEAST,
        interval=Interval(kind="lower_bound", low=low, high=math.inf),
        model=" + ".join(design.lists) + ", people on one or two lists", warnings=(_at_least(),),
    )  # fmt: skip


def seen_once_and_twice(table: OverlapTable) -> tuple[int, int]:
    """Return f1 and f2: how many people are on exactly one, and on exactly two lists."""
    rows = list(zip(table.histories, table.counts, strict=True))
    once, twice = (sum(n for history, n in rows if sum(history) == k) for k in (1, 2))
    return once, twice


def equal_lists(table: OverlapTable) -> float:
    """Return n + f1 (f1 - 1) / (2 (f2 + 1)): the bound where lists are alike (Chao 1987)."""
    once, twice = seen_once_and_twice(table)
    return table.observed + once * (once - 1) / (2 * (twice + 1))


def once_or_twice(design: Design, counts: Floats) -> tuple[Design, Floats]:
    """Return the design and counts (W) of the cells on one or two lists alone."""
    rows = design.on_list.sum(axis=1) <= 2
    smaller = Design(
        lists=design.lists, pairs=design.pairs, x=design.x[rows], in_pair=design.in_pair[rows],
    )  # fmt: skip
    return smaller, counts[rows]


def _at_least() -> Warned:
    return Warned(
        code="lower_bound_only", because="read it as: at least so many; how many more is not said"
    )
