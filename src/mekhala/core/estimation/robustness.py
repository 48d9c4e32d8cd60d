"""What the number owes to one list, one pair of lists, one person, and to how much was seen.

Sharifi Far, King, Bird et al. (2021) on leaving out and joining lists; Binette & Steorts (2022,
arXiv 2112.01594) on taking one list for the known truth. Without another method the stepwise
choice is used, for all tables of one kind at once.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import History, OverlapTable, from_counts
from mekhala.core.estimation.thinning import Thinned, thinning
from mekhala.core.estimation.totals import Estimator, totals_of


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


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """Everything this module asks of one table."""

    without_a_list: tuple[Changed, ...]
    joined_pairs: tuple[Changed, ...]
    without_a_person: tuple[Changed, ...]
    list_as_truth: tuple[Recovered, ...]
    thinning: tuple[Thinned, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON; people to one decimal place."""
        told = {name: [_plain(asdict(part)) for part in parts] for name, parts in _parts(self)}
        for one, of in zip(told["list_as_truth"], self.list_as_truth, strict=True):
            one["holds"] = of.holds
        return told


def robustness(
    table: OverlapTable, by: Estimator | None = None, *, draws: int = 40, seed: int = 0
) -> Robustness:
    """Return what each list, pair, person and share of the entries does to the number.

    ``by`` (default stepwise) is asked for points alone, save for each list as truth; ``draws`` is
    how many thinned tables there are for each share.
    """
    table = table.in_order()
    return Robustness(
        without_a_list=tuple(without_each_list(table, by)),
        joined_pairs=tuple(joined_pairs(table, by)),
        without_a_person=tuple(without_one_person(table, by)),
        list_as_truth=tuple(each_list_as_truth(table, by)),
        thinning=tuple(thinning(table, by, draws=draws, seed=seed)),
    )


def without_each_list(table: OverlapTable, by: Estimator | None = None) -> list[Changed]:
    """Return the number without each list in turn; who was on it alone is unseen then.

    Without one of two lists nothing is left to compare, so there is no number.
    """
    names = table.lists
    changes = [f"without {name}" for name in names]
    if len(names) < 3:
        return [Changed(change=change, estimate=None) for change in changes]
    places = range(len(names))
    return _changed(changes, [_kept(table, [i for i in places if i != out]) for out in places], by)


def joined_pairs(table: OverlapTable, by: Estimator | None = None) -> list[Changed]:
    """Return the number with each two lists read as one; nothing for two lists."""
    pairs = list(combinations(range(len(table.lists)), 2)) if len(table.lists) > 2 else []
    named = [tuple(table.lists[i] for i in pair) for pair in pairs]
    changes = [f"{first} and {second} as one" for first, second in named]
    return _changed(changes, [_joined(table, i, j) for i, j in pairs], by)


def without_one_person(table: OverlapTable, by: Estimator | None = None) -> list[Changed]:
    """Return the number with one person fewer in each cell: what one wrong link may do."""
    whole = dict(zip(table.histories, table.counts, strict=True))
    changes, tables = [], []
    for history in table.histories:
        names = ", ".join(n for n, on in zip(table.lists, history, strict=True) if on)
        changes.append(f"one person fewer on {names}")
        tables.append(from_counts(table.lists, whole | {history: whole[history] - 1}))
    return _changed(changes, tables, by)


def each_list_as_truth(table: OverlapTable, by: Estimator | None = None) -> list[Recovered]:
    """Take each list for a known population and find its size from the other lists.

    Without ``by``: stepwise with the model's own interval.
    """
    by = by or (lambda inside: stepwise(inside, bootstrap=0))
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


def _changed(
    changes: Sequence[str], tables: list[OverlapTable], by: Estimator | None
) -> list[Changed]:
    numbers = totals_of(tables, by)
    return [Changed(change=c, estimate=n) for c, n in zip(changes, numbers, strict=True)]


def _parts(found: Robustness) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, getattr(found, name)) for name in found.__dataclass_fields__]


def _plain(part: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 1 if name not in ("share", "none") else 3)
        if isinstance(value, float) else value
        for name, value in part.items()
    }  # fmt: skip


def _kept(table: OverlapTable, places: list[int]) -> OverlapTable:
    names = tuple(table.lists[i] for i in places)
    return _mapped(table, names, lambda h: tuple(h[i] for i in places))


def _joined(table: OverlapTable, i: int, j: int) -> OverlapTable:
    """The table with the lists at ``i`` and ``j`` read as one, named last."""
    rest = [k for k in range(len(table.lists)) if k not in (i, j)]
    names = (*(table.lists[k] for k in rest), f"{table.lists[i]}+{table.lists[j]}")
    return _mapped(table, names, lambda h: (*(h[k] for k in rest), int(h[i] or h[j])))


def _mapped(
    table: OverlapTable, names: tuple[str, ...], to: Callable[[History], History]
) -> OverlapTable:
    counts: Counter[History] = Counter()
    for history, people in zip(table.histories, table.counts, strict=True):
        counts[to(history)] += people
    return from_counts(names, {h: n for h, n in counts.items() if any(h)})
