"""From what a method found to one ``Estimate``."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mekhala import __version__
from mekhala.core.estimation import cautions
from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.tables import OverlapTable


@dataclass(frozen=True, kw_only=True)
class Method:
    """What a method is called, what it takes for granted, and where it comes from."""

    name: str
    assumption: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a method was asked: level of the interval, replicates (0: none), seed, and when."""

    level: float
    bootstrap: int
    seed: int
    started: float

    @classmethod
    def now(cls, *, level: float, bootstrap: int = 0, seed: int = 0) -> "Settings":
        """Return settings that begin to count the seconds now."""
        return cls(level=level, bootstrap=bootstrap, seed=seed, started=time.perf_counter())


def answered(
    table: OverlapTable,
    method: Method,
    settings: Settings,
    *,
    total: float,
    interval: Interval | None,
    covers: str,
    model: str,
    pairs: tuple[tuple[str, str], ...] = (),
    warnings: tuple[Warned, ...] = (),
    diagnostics: Mapping[str, Any] | None = None,
    borrows: bool = False,
) -> Estimate:
    """Return the estimate with what follows from the table itself; ``total`` may be infinite.

    ``borrows``: the number rests on more than this table, which then need not carry one alone.
    """
    refused = () if borrows else tuple(cautions.refusals(table))
    found = interval if math.isfinite(total) and not refused else None
    total = total if found else math.inf
    return Estimate(
        method=method.name, observed=table.observed, estimate=_finite(total),
        low=_finite(found.low) if found else None,
        high=_finite(found.high) if found else None,
        level=settings.level, interval=found.kind if found else "none",
        covers=str(covers if found else Covers.NOTHING), model=model, pairs=pairs,
        assumption=method.assumption, exists=found is not None,
        warnings=(
            *refused,
            *cautions.of_table(table.in_order()),
            *cautions.of_estimate(table.observed, total, found),
            *warnings,
        ),
        seconds=time.perf_counter() - settings.started,
        bootstrap=settings.bootstrap, seed=settings.seed, data_hash=table.data_hash(),
        version=__version__, reference=method.reference,
        diagnostics=dict(diagnostics or {}),
    )  # fmt: skip


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
