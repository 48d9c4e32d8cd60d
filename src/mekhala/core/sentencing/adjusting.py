"""Whether sentences of groups still differ where what is known about their cases is alike.

Least squares on the logarithm of months (statsmodels), so that a coefficient is a ratio: 1.20 is
a sentence a fifth longer. Errors are those of cases, not people (cluster sandwich with its
small-sample correction, t with cases less one). Three models one after the other: the group
alone, with the offence and how it was tried, with everything the table holds; a gap that closes
from one to the next is told by what was added.

What it cannot do: it sees the sentenced only, so who was never charged is not in it; what the
table does not hold (harm done, role, record, money for a lawyer or a bribe) is not adjusted for;
an offence charged is itself a decision that may differ by group. It asks for reasons. It accuses
nobody and says nothing about one sentence.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekhala.core.sentencing.describing import FEWEST, is_told, sentenced
from mekhala.core.sentencing.table import VARIABLES, Defendant

PER_COEFFICIENT = 10  # people for each coefficient, at least (Harrell 2015, 4.4)
FEWEST_CASES = 20  # below, errors by cluster are too small (Cameron & Miller 2015)
OF_THE_CASE = ("offence", "tried", "counsel")
LIMITS = ("sentenced_only", "not_held", "charge_is_a_decision", "asks_for_reasons")


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How a category's sentences compare with those of ``against``: a ratio and its interval."""

    category: str
    against: str
    people: int
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model of one variable: what it adjusts for, on whom, what came out.

    ``left_out`` counts those who were sentenced and whose category of some variable is unknown or
    shared with fewer than ten. ``refused`` says why there is no result: ``few_people``,
    ``few_cases``, ``one_category``, ``cannot_tell_apart``.
    """

    variable: str
    adjusted_for: tuple[str, ...]
    people: int
    cases: int
    left_out: int
    ratios: tuple[Ratio, ...] = ()
    refused: str = ""


def models(
    rows: Sequence[Defendant], variable: str, *, level: float = 0.95
) -> tuple[Model, Model, Model]:
    """The group alone, with what is known of the case, with everything the table holds."""
    held = _held(rows)
    others = [name for name in held if name != variable]
    of_case = [name for name in others if name in OF_THE_CASE]
    return (
        model(rows, variable, (), level=level),
        model(rows, variable, tuple(of_case), level=level),
        model(rows, variable, tuple(others), level=level),
    )


def _held(rows: Sequence[Defendant]) -> list[str]:
    """Variables of which the sentenced have two categories of ten or more, mostly known."""
    known = sentenced(rows)
    found = []
    for name in VARIABLES:
        counts = Counter(row.of[name] for row in known if name in row.of)
        large = [category for category, n in counts.items() if n >= FEWEST]
        if len(large) >= 2 and counts.total() * 2 >= len(known):
            found.append(name)
    return found


def model(
    rows: Sequence[Defendant], variable: str, adjusted_for: tuple[str, ...], *,
    level: float = 0.95,
) -> Model:  # fmt: skip
    """Fit one model, or say why not."""
    known = sentenced(rows)
    names = (variable, *adjusted_for)
    used = _complete(known, names)
    told = {
        "variable": variable, "adjusted_for": adjusted_for, "people": len(used),
        "cases": len({row.complaint for row in used}), "left_out": len(known) - len(used),
    }  # fmt: skip
    kinds = {name: _categories(used, name) for name in names}
    columns = 1 + sum(len(found) - 1 for found in kinds.values())
    refused = _refusal(used, kinds[variable], columns)
    if refused:
        return Model(**told, refused=refused)  # type: ignore[arg-type]
    design = _design(used, kinds)
    if np.linalg.matrix_rank(design) < columns:
        return Model(**told, refused="cannot_tell_apart")  # type: ignore[arg-type]
    ratios = _fitted(design, used, kinds[variable], variable, level)
    return Model(**told, ratios=ratios)  # type: ignore[arg-type]


def _complete(known: Sequence[Defendant], names: Sequence[str]) -> list[Defendant]:
    """Those whose every category is known and shared by ten people and cases or more."""
    used = [row for row in known if all(name in row.of for name in names)]
    while True:
        groups: dict[tuple[str, str], list[Defendant]] = {}
        for row in used:
            for name in names:
                groups.setdefault((name, row.of[name]), []).append(row)
        small = {key for key, members in groups.items() if not is_told(members)}
        if not small:
            return used
        used = [row for row in used if not any((name, row.of[name]) in small for name in names)]


def _categories(used: Sequence[Defendant], name: str) -> list[str]:
    """The categories, the largest first: the others are held against it."""
    counts = Counter(row.of[name] for row in used)
    return sorted(counts, key=lambda category: (-counts[category], category))


def _refusal(used: Sequence[Defendant], categories: Sequence[str], columns: int) -> str:
    if len(categories) < 2:
        return "one_category"
    if len(used) < PER_COEFFICIENT * columns:
        return "few_people"
    return "few_cases" if len({row.complaint for row in used}) < FEWEST_CASES else ""


def _design(used: Sequence[Defendant], kinds: dict[str, list[str]]) -> NDArray[np.float64]:
    columns = [np.ones(len(used))]
    for name, categories in kinds.items():
        columns += [
            np.array([row.of[name] == category for row in used], dtype=float)
            for category in categories[1:]
        ]
    return np.column_stack(columns)


def _fitted(
    design: NDArray[np.float64], used: Sequence[Defendant], categories: Sequence[str],
    variable: str, level: float,
) -> tuple[Ratio, ...]:  # fmt: skip
    from statsmodels.regression.linear_model import OLS

    months = np.log([row.months or 1.0 for row in used])
    fit = OLS(months, design).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.array([row.complaint for row in used])},
        use_t=True,
    )
    ends = np.asarray(fit.conf_int(alpha=1 - level))
    counts = Counter(row.of[variable] for row in used)
    return tuple(
        Ratio(
            category=category, against=categories[0], people=counts[category],
            ratio=float(np.exp(fit.params[place])), low=float(np.exp(ends[place, 0])),
            high=float(np.exp(ends[place, 1])),
        )
        for place, category in enumerate(categories[1:], start=1)
    )  # fmt: skip
