"""The number on the way to the lists as they are: how it moves as they fill up.

Each entry of a list is kept with the same chance. That makes every list find fewer people and
leaves the population, and which lists depend on each other, as they were: a path that is still
climbing at its end says that lists a little fuller would give another number again (estimates
along such paths: Binette & Steorts 2022, arXiv 2112.01594).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.tables import OverlapTable, from_counts
from mekhala.core.estimation.totals import Estimator, stepwise_totals, totals_of
from mekhala.core.wrong_input import WrongInput

SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, kw_only=True)
class Thinned:
    """Tables with ``share`` of the entries of every list: quartiles of their people in all.

    ``none`` is the share of the tables without a finite number; a quartile among them is None.
    """

    share: float
    low: float | None
    median: float | None
    high: float | None
    none: float


def thinning(
    table: OverlapTable,
    by: Estimator | None = None,
    *,
    shares: Sequence[float] = SHARES,
    draws: int = 40,
    seed: int = 0,
) -> list[Thinned]:
    """Return the numbers of ``draws`` thinned tables for each of ``shares`` (above 0, up to 1).

    ``by``: default stepwise. Deterministic for a ``seed``.
    """
    if not all(0 < share <= 1 for share in shares):
        raise WrongInput(f"shares: {tuple(shares)} are not all above 0 and at most 1")
    design, counts = design_for(table)
    rng = np.random.default_rng(seed)
    return [
        _spread(share, _numbers(design, _thinned(design, counts, share, many, rng), by))
        for share, many in ((share, draws if share < 1 else 1) for share in shares)
    ]


def _thinned(
    design: Design, counts: Floats, share: float, many: int, rng: np.random.Generator
) -> Floats:
    """M x W: every cell's people spread over the cells that thinning may leave them in, or none."""
    on = design.on_list
    within = on @ (1 - on).T == 0  # v holds no list that w does not: within[v, w]
    length = on.sum(axis=1)
    left = np.zeros((many, len(counts)))
    for w in np.flatnonzero(counts):
        inside = np.flatnonzero(within[:, w])
        chance = share ** length[inside] * (1 - share) ** (length[w] - length[inside])
        gone = max(1 - chance.sum(), 0.0)
        spread = rng.multinomial(int(counts[w]), [*chance, gone], size=many)
        left[:, inside] += spread[:, :-1]
    return left


def _numbers(design: Design, rows: Floats, by: Estimator | None) -> list[float | None]:
    if by is None:
        return stepwise_totals(design, rows)
    cells = [tuple(map(int, cell)) for cell in design.on_list]
    tables = [
        from_counts(design.lists, dict(zip(cells, map(int, row), strict=True))) for row in rows
    ]
    return totals_of(tables, by)


def _spread(share: float, totals: list[float | None]) -> Thinned:
    known = np.sort([math.inf if total is None else total for total in totals])
    low, median, high = (float(known[int(q * (len(known) - 1))]) for q in (0.25, 0.5, 0.75))
    return Thinned(
        share=share, low=_finite(low), median=_finite(median), high=_finite(high),
        none=float(np.isinf(known).mean()),
    )  # fmt: skip


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
