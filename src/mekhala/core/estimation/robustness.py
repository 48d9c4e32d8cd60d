"""What the number owes to one list, one pair of lists, one person.

Sharifi Far, King, Bird et al. (2021) on leaving out and joining lists; Binette & Steorts (2022) on
taking one list for the known truth.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.tables import History, OverlapTable, from_counts

Estimator = Callable[[OverlapTable], Estimate]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The number after one change of the table; ``estimate`` None where none is finite."""

    change: str
    estimate: float | None


@dataclass(frozen=True, kw_only=True)
class Recovered:
    """How well the other lists find the size of a list that is known: ``true`` people on it."""

    of_list: str
    true: int
    estimate: float | None
    low: float | None
    high: float | None

    @property
    def holds(self) -> bool | None:
        """Return whether the interval holds the truth; None without an interval."""
        if self.low is None:
            return None
        return self.low <= self.true <= (math.inf if self.high is None else self.high)


def without_each_list(table: OverlapTable, by: Estimator) -> list[Changed]:
    """Return the number without each list in turn; who was on it alone is unseen then."""
    places = range(len(table.lists))
    return [
        Changed(change=f"without {table.lists[out]}",
                estimate=by(_kept(table, [i for i in places if i != out])).estimate)
        for out in places
    ]  # fmt: skip


def joined_pairs(table: OverlapTable, by: Estimator) -> list[Changed]:
    """Return the number with each two lists read as one."""
    names, found = table.lists, []
    for i, j in combinations(range(len(names)), 2):
        rest = [k for k in range(len(names)) if k not in (i, j)]
        joined = _mapped(
            table, (*(names[k] for k in rest), f"{names[i]}+{names[j]}"),
            lambda h, i=i, j=j, rest=rest: (*(h[k] for k in rest), int(h[i] or h[j])),
        )  # fmt: skip
        found.append(
            Changed(change=f"{names[i]} and {names[j]} as one", estimate=by(joined).estimate)
        )
    return found


def without_one_person(table: OverlapTable, by: Estimator) -> list[Changed]:
    """Return the number with one person fewer in each cell: what one wrong link may do."""
    found = []
    for history in table.histories:
        counts = dict(zip(table.histories, table.counts, strict=True))
        counts[history] -= 1
        names = ", ".join(n for n, on in zip(table.lists, history, strict=True) if on)
        changed = by(from_counts(table.lists, counts)).estimate
        found.append(Changed(change=f"one person fewer on {names}", estimate=changed))
    return found


def each_list_as_truth(table: OverlapTable, by: Estimator) -> list[Recovered]:
    """Take each list for a known population and find its size from the other lists."""
    found = []
    for known, name in enumerate(table.lists):
        others = [i for i in range(len(table.lists)) if i != known]
        inside = {h: n for h, n in zip(table.histories, table.counts, strict=True) if h[known]}
        true = sum(inside.values())
        seen = _kept(from_counts(table.lists, inside), others)
        answer = by(seen) if seen.observed and len(others) > 1 else None
        found.append(Recovered(
            of_list=name, true=true, estimate=answer.estimate if answer else None,
            low=answer.low if answer else None, high=answer.high if answer else None,
        ))  # fmt: skip
    return found


def _kept(table: OverlapTable, places: list[int]) -> OverlapTable:
    names = tuple(table.lists[i] for i in places)
    return _mapped(table, names, lambda h: tuple(h[i] for i in places))


def _mapped(
    table: OverlapTable, names: tuple[str, ...], to: Callable[[History], History]
) -> OverlapTable:
    counts: Counter[History] = Counter()
    for history, people in zip(table.histories, table.counts, strict=True):
        counts[to(history)] += people
    return from_counts(names, {h: n for h, n in counts.items() if any(h)})
