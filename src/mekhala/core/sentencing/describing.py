"""Sentences by group as they are, nothing adjusted: means, medians, differences, intervals.

The people tried in one case are sentenced together, so spreads are those of cases, not people
(sandwich by cluster: Liang & Zeger 1986, *Biometrika* 73:13, with the G/(G-1) correction); the
median's interval is that of order statistics (Conover 1999, 3.2). Who belongs to a group of fewer
than ten people or cases is counted with those of whom the variable is not known, and so is a
larger group where all these are still fewer than ten (``hiding``): so nothing is told of a few,
and nothing can be taken from a total.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, stdtrit

from mekhala.core.sentencing.table import Defendant

FEWEST = 10  # people of a group, and cases, below which nothing is told of it


@dataclass(frozen=True, kw_only=True)
class Group:
    """One category: ``people`` with a known sentence to prison.

    Means and medians are months. ``difference`` is this group's mean less that of the group it
    is held against (the largest), with its interval; None for that group itself.
    """

    variable: str
    category: str
    people: int
    cases: int
    mean: float
    mean_low: float
    mean_high: float
    median: float
    median_low: float
    median_high: float
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    is_reference: bool = False


def sentenced(rows: Sequence[Defendant]) -> list[Defendant]:
    """Those who were sentenced to prison for a known time."""
    return [row for row in rows if row.months]


def by_group(rows: Sequence[Defendant], variable: str, *, level: float = 0.95) -> list[Group]:
    """Describe sentences to prison by the categories of ``variable``, the largest group first."""
    groups: dict[str, list[Defendant]] = {}
    for row in sentenced(rows):
        if variable in row.of:
            groups.setdefault(row.of[variable], []).append(row)
    told = sorted(
        ((name, members) for name, members in groups.items() if is_told(members)),
        key=lambda item: (-len(item[1]), item[0]),
    )
    return [_group(variable, name, members, told[0][1], level) for name, members in told]


def is_told(members: Sequence[Defendant]) -> bool:
    """Whether so many people, of so many cases, may be spoken of."""
    return len(members) >= FEWEST and len({m.complaint for m in members}) >= FEWEST


def _group(
    variable: str, name: str, members: list[Defendant], reference: list[Defendant],
    level: float,
) -> Group:  # fmt: skip
    mean, low, high = mean_by_case(members, level)
    median_low, median, median_high = _median([m.months or 0.0 for m in members], level)
    difference = (
        _difference(members, reference, level)
        if reference is not members else (None, None, None)
    )  # fmt: skip
    return Group(
        variable=variable, category=name, people=len(members),
        cases=len({m.complaint for m in members}), mean=mean, mean_low=low, mean_high=high,
        median=median, median_low=median_low, median_high=median_high,
        difference=difference[0], difference_low=difference[1], difference_high=difference[2],
        is_reference=reference is members,
    )  # fmt: skip


def mean_by_case(members: Sequence[Defendant], level: float) -> tuple[float, float, float]:
    """The mean of months and its interval, allowing for people tried together."""
    months = np.array([m.months for m in members], dtype=float)
    mean = float(months.mean())
    error, cases = _error(members, months - mean)
    half = float(stdtrit(cases - 1, (1 + level) / 2)) * error
    return mean, max(mean - half, 0.0), mean + half


def _difference(
    members: Sequence[Defendant], reference: Sequence[Defendant], level: float
) -> tuple[float, float, float]:
    """The difference of two means; a case with people in both counts in both, with its sign."""
    weights = [1 / len(members)] * len(members) + [-1 / len(reference)] * len(reference)
    means = [float(np.mean([m.months or 0.0 for m in side])) for side in (members, reference)]
    everybody = [*members, *reference]
    residuals = np.array(
        [(m.months or 0.0) - means[0] for m in members]
        + [(m.months or 0.0) - means[1] for m in reference]
    )
    sums: dict[int, float] = {}
    for one, weight, residual in zip(everybody, weights, residuals, strict=True):
        sums[one.complaint] = sums.get(one.complaint, 0.0) + weight * float(residual)
    cases = len(sums)
    error = math.sqrt(sum(s * s for s in sums.values()) * cases / (cases - 1))
    half = float(stdtrit(cases - 1, (1 + level) / 2)) * error
    found = means[0] - means[1]
    return found, found - half, found + half


def _error(members: Sequence[Defendant], residuals: NDArray[np.float64]) -> tuple[float, int]:
    sums: dict[int, float] = {}
    for one, residual in zip(members, residuals, strict=True):
        sums[one.complaint] = sums.get(one.complaint, 0.0) + float(residual)
    cases = len(sums)
    squares = sum(s * s for s in sums.values()) * cases / (cases - 1)
    return math.sqrt(squares) / len(members), cases


def _median(months: Sequence[float], level: float) -> tuple[float, float, float]:
    """The median between the order statistics that hold it with at least ``level``."""
    in_order, n = sorted(months), len(months)
    below = 0
    while bdtr(below, n, 0.5) <= (1 - level) / 2:
        below += 1
    middle = float(np.median(in_order))
    if below == 0:
        return in_order[0], middle, in_order[-1]
    return in_order[below - 1], middle, in_order[n - below]
