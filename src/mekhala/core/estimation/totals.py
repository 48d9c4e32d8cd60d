"""The people in all for many tables at once, by any method or, by default, the stepwise choice."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from mekhala.core.estimation.choice import choose
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.tables import OverlapTable

Estimator = Callable[[OverlapTable], Estimate]


def totals_of(tables: Sequence[OverlapTable], by: Estimator | None = None) -> list[float | None]:
    """Return the people in all for each of ``tables``; None: no number.

    Without ``by`` the stepwise choice, made at once for all tables of as many lists: it knows lists
    by their order alone.
    """
    if by is not None:
        return [by(table).estimate if table.observed else None for table in tables]
    found: list[float | None] = [None] * len(tables)
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for place, table in enumerate(tables):
        alike[len(table.used().lists)].append(place)
    for places in (held for many, held in alike.items() if many):
        rows = [design_for(tables[place]) for place in places]
        totals = stepwise_totals(rows[0][0], np.stack([counts for _, counts in rows]))
        for place, total in zip(places, totals, strict=True):
            found[place] = total
    return found


def stepwise_totals(design: Design, counts: Floats) -> list[float | None]:
    """Return the same for each row of ``counts`` (B x W) in the cells of ``design``."""
    totals = np.full(len(counts), np.inf)
    held = np.flatnonzero(counts.sum(axis=1))
    if len(held):
        found = choose(design, counts[held], pairs=True)
        totals[held] = counts[held].sum(axis=1) + found.unseen
    return [float(total) if math.isfinite(total) else None for total in totals]
