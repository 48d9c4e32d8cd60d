"""Numbers for strata (sex, age, form, nationality, province, year) that add up.

Each stratum's log of unseen over seen people, by the pairs of lists the whole chose, is pooled with
the others' (``pooling``), so that a small stratum leans on them; a stratum in which lists share
nobody shows nothing of its own and takes what the others say. The total is their sum: where strata
differ in how easily people are found, the whole table by itself gives too few (Sekar & Deming
1949). On request strata are made to sum to the whole's own number instead, by ratio in every draw
(one of the constrained estimators of Datta, Ghosh, Steorts & Maples 2011, Test 20: 574-588).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.bounds import DEFAULT, Bounds
from mekhala.core.estimation.design import Design, Floats, counts_in, design_for
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.existence import exists
from mekhala.core.estimation.interval_draws import draws_of
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.poisson import Model, fit, information
from mekhala.core.estimation.pooling import Pooled, pool
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import OverlapTable, from_counts
from mekhala.core.wrong_input import WrongInput

DRAWS = 4000
BORROWED = 0.5  # less than half of its own number


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """One stratum: ``kept`` is how much of its own number stays, from 0 (all borrowed) to 1."""

    name: str
    estimate: Estimate
    kept: float


@dataclass(frozen=True, kw_only=True)
class Strata:
    """The ``total``, and strata that sum to it with those ``suppressed`` (too few people seen).

    ``whole`` is the number of all people in one table; ``spread`` the standard deviation, on the
    log scale, of how strata differ.
    """

    column: str
    total: Estimate
    whole: Estimate
    strata: tuple[Stratum, ...]
    suppressed: tuple[str, ...]
    spread: float | None
    warnings: tuple[Warned, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON; people to one decimal place."""
        return {
            "strata_by": self.column, "total": self.total.to_dict(),
            "whole": self.whole.to_dict(),
            "strata": [
                {"stratum": s.name, "kept": round(s.kept, 3), **s.estimate.to_dict()}
                for s in self.strata
            ],
            "suppressed": list(self.suppressed),
            "spread": self.spread and round(self.spread, 4),
            "warnings": [asdict(w) for w in self.warnings],
        }  # fmt: skip


def by_stratum(
    tables: Mapping[str, OverlapTable],
    method: Callable[..., Estimate] = stepwise,
    *,
    column: str = "stratum",
    to_whole: bool = False,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    bounds: Bounds = DEFAULT,
) -> Strata:
    """Estimate the people in all of each stratum, and a total that is their sum.

    ``tables`` hold the same lists; nobody may be in two. ``method`` is asked about the whole and
    chooses the pairs of lists; with ``to_whole`` strata are made to sum to its number. Strata with
    fewer people seen than ``bounds.smallest_stratum`` are left out, and as many more as keep them
    from being worked out.
    """
    names = sorted(tables)
    table = _whole(tables)
    whole = method(table, level=level, bootstrap=bootstrap, seed=seed)
    parts = [tables[name] for name in names]
    pooled = _pooled(table, parts, whole, seed)
    if pooled is None:
        return Strata(column=column, total=whole, whole=whole, strata=(), suppressed=(),
                      spread=None, warnings=(_no_strata(),))  # fmt: skip
    seen = np.array([part.observed for part in parts], dtype=float)
    points, draws = seen * (1 + np.exp(pooled.mean)), seen * (1 + np.exp(pooled.draws))
    apart = points.sum() / (whole.estimate or math.nan)
    if to_whole:
        points, draws = _shared_out(whole, seen, points, draws, seed)
    small = _suppressed(names, seen, bounds.smallest_stratum)
    strata = tuple(
        Stratum(
            name=name, kept=float(pooled.kept[s]),
            estimate=_answer(parts[s], whole, points[s], draws[:, s], kept=pooled.kept[s]),
        )
        for s, name in enumerate(names) if name not in small
    )  # fmt: skip
    total = whole if to_whole else _answer(table, whole, points.sum(), draws.sum(axis=1), kept=1)
    return Strata(
        column=column, total=total, whole=whole, strata=strata, suppressed=small,
        spread=pooled.tau, warnings=tuple(_warned(apart, small, bounds)),
    )  # fmt: skip


def _whole(tables: Mapping[str, OverlapTable]) -> OverlapTable:
    if not tables:
        raise WrongInput("strata: there are none; expected one table for each")
    lists = {frozenset(table.lists) for table in tables.values()}
    if len(lists) > 1:
        raise WrongInput("strata: have different lists; expected the same lists in every stratum")
    counts: Counter[tuple[int, ...]] = Counter()
    for table in (table.in_order() for table in tables.values()):
        counts.update(dict(zip(table.histories, table.counts, strict=True)))
    return from_counts(sorted(next(iter(lists))), counts)


def _pooled(
    table: OverlapTable, parts: list[OverlapTable], whole: Estimate, seed: int
) -> Pooled | None:
    """Log of unseen over seen people by stratum, pooled; None where no stratum shows any."""
    if whole.estimate is None or whole.estimate <= whole.observed:
        return None
    design, _ = design_for(table)
    counts = np.stack([counts_in(design, part) for part in parts])
    shown, variance = _shown(design, counts, whole.pairs)
    return pool(shown, variance, draws=DRAWS, seed=seed) if np.isfinite(variance).any() else None


def _shown(
    design: Design, counts: Floats, pairs: tuple[tuple[str, str], ...]
) -> tuple[Floats, Floats]:
    """log(unseen / seen) of each row and its variance, infinite where the model has no estimate.

    Given the people seen, ``var log(u/n) = var b0 - 1/n``: b0 and log n have covariance 1/n.
    """
    wanted = {frozenset(pair) for pair in pairs}
    chosen = [frozenset(design.pair_name(k)) in wanted for k in range(len(design.pairs))]
    model = Model(pairs=np.repeat([chosen], len(counts), axis=0))
    shown, variance = np.zeros(len(counts)), np.full(len(counts), np.inf)
    good = np.flatnonzero(exists(design, counts, model))
    if len(good):
        model = Model(pairs=model.pairs[good])
        fitted, seen = fit(design, counts[good], model), counts[good].sum(axis=1)
        joined = information(design, fitted.mu, model.columns(design, counts[good]))
        error = np.linalg.inv(joined)[:, 0, 0] - 1 / seen
        shown[good] = np.log(fitted.unseen / seen)
        variance[good] = np.where(fitted.settled, np.maximum(error, 1e-9), np.inf)
    return shown, variance


def _shared_out(
    whole: Estimate, seen: Floats, points: Floats, draws: Floats, seed: int
) -> tuple[Floats, Floats]:
    """People in all of each stratum (S), and draws of them (D x S), each summing to the whole."""
    missed = (whole.estimate or math.nan) - whole.observed
    drawn = draws_of(whole, len(draws), seed) - whole.observed
    unseen, unseen_draws = points - seen, draws - seen
    moved = drawn[:, None] * unseen_draws / unseen_draws.sum(axis=1, keepdims=True)
    return seen + missed * unseen / unseen.sum(), seen + moved


def _answer(
    table: OverlapTable, whole: Estimate, point: float, draws: Floats, *, kept: float
) -> Estimate:
    """One stratum, or the sum of all, by the method of the ``whole``."""
    tail = (1 - whole.level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], method="higher")
    settings = Settings.now(level=whole.level, bootstrap=whole.bootstrap, seed=whole.seed)
    method = Method(
        name=whole.method,
        assumption=whole.assumption + " Strata differ from each other like draws from one normal "
        "law of the log of unseen over seen people, and nobody is in two strata.",
        reference=f"{whole.reference}; Gelman et al., Bayesian Data Analysis, section 5.4",
    )
    return answered(
        table, method, settings, total=float(point), pairs=whole.pairs, borrows=True,
        interval=Interval(kind="pooled", low=float(low), high=float(high)),
        covers="sampling and differences between strata, taking the model as given; not errors "
        "of linkage",
        model=f"{whole.model}, strata pooled", warnings=tuple(_borrowed(kept)),
    )  # fmt: skip


def _borrowed(kept: float) -> Iterator[Warned]:
    if kept < BORROWED:
        yield Warned(
            code="borrowed_from_other_strata",
            because=f"only {kept:.0%} of the number is the stratum's own, the rest is what the "
            "other strata say",
        )


def _suppressed(names: list[str], seen: Floats, fewest: int) -> tuple[str, ...]:
    """Strata not to be shown: the small ones, and more until subtraction tells of nobody few."""
    rising = sorted(range(len(names)), key=lambda s: (seen[s], names[s]))
    many = sum(people < fewest for people in seen)
    while 0 < many < len(names) and (many < 2 or seen[rising[:many]].sum() < fewest):
        many += 1
    return tuple(sorted(names[s] for s in rising[:many]))


def _warned(apart: float, small: tuple[str, ...], bounds: Bounds) -> Iterator[Warned]:
    if not 1 / bounds.one_number_within <= apart <= bounds.one_number_within:
        yield Warned(
            code="strata_disagree_with_whole",
            because=f"by themselves the strata sum to {apart:.2f} times the number of the whole",
        )
    if small:
        yield Warned(
            code="small_strata_suppressed",
            because=f"{len(small)} strata are not shown: fewer than {bounds.smallest_stratum} "
            "people seen, or needed to keep such from being worked out",
        )


def _no_strata() -> Warned:
    return Warned(
        code="no_strata",
        because="the whole, or every one of its strata, has no finite number to share out",
    )
