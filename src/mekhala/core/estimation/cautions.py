"""What a reader must be told about a table of overlaps and an estimate made from it.

Where a caution begins is a setting (``bounds.Bounds``).
"""

from collections.abc import Iterator

from mekhala.core.estimation.bounds import DEFAULT, Bounds
from mekhala.core.estimation.estimate import Warned
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.tables import OverlapTable


def of_table(table: OverlapTable, bounds: Bounds = DEFAULT) -> Iterator[Warned]:
    """Warnings that follow from the overlaps alone."""
    yield Warned(
        code="not_identified_without_assumption",
        because="people on no list are seen by nobody, so the number rests on an assumption about "
        "them that these data cannot test",
    )
    if len(table.lists) < 3:
        yield Warned(
            code="fewer_than_three_lists",
            because=f"with {len(table.lists)} lists nothing shows whether being on one list "
            "makes being on the other more or less likely",
            values={"lists": len(table.lists)},
        )
    yield from _sparse(table, bounds.fewest_shared)
    yield from _nested(table)


def refusals(table: OverlapTable) -> Iterator[Warned]:
    """Reasons why no method may give a number for this table, whatever it computes."""
    if all(sum(history) < 2 for history in table.histories):
        yield Warned(
            code="nobody_seen_twice",
            because="nobody is on two lists, so the data say nothing about how many were missed",
        )


def _sparse(table: OverlapTable, fewest: int) -> Iterator[Warned]:
    """Pairs of lists that share nobody, and lists that share hardly anybody."""
    places = range(len(table.lists))
    names = table.lists
    empty = [
        f"{names[i]}:{names[j]}" for i in places for j in places if i < j and not table.on_all(i, j)
    ]
    thin = [names[i] for i in places if shared(table, i) < fewest]
    nobody = f"pairs of lists that share nobody: {', '.join(empty)}"
    few = f"lists that share fewer than {fewest} people with all others: {', '.join(thin)}"
    if empty and thin:
        yield Warned(
            code="sparse_overlap", because=f"{nobody}; {few}",
            values={"pairs": empty, "lists": thin, "fewest": fewest},
        )  # fmt: skip
    elif empty:
        yield Warned(code="sparse_overlap", because=nobody, values={"pairs": empty})
    elif thin:
        yield Warned(code="sparse_overlap", because=few, values={"lists": thin, "fewest": fewest})


def shared(table: OverlapTable, place: int) -> int:
    """Return how many people on the list at ``place`` are on another list too."""
    rows = zip(table.histories, table.counts, strict=True)
    return sum(n for history, n in rows if history[place] and sum(history) > 1)


def _nested(table: OverlapTable) -> Iterator[Warned]:
    """A list every member of which is on another: it tells nothing new about who is missed."""
    places = range(len(table.lists))
    for i in places:
        size = table.on_all(i)
        if not size:
            name = table.lists[i]
            yield Warned(
                code="empty_list", because=f"nobody is on list {name}", values={"list": name}
            )
            continue
        for j in places:
            if i != j and table.on_all(i, j) == size:
                yield Warned(
                    code="list_nested_in",
                    because=f"everybody on list {table.lists[i]} is also on {table.lists[j]}",
                    values={"list": table.lists[i], "other": table.lists[j]},
                )


def of_estimate(
    observed: int, total: float, interval: Interval | None, bounds: Bounds = DEFAULT
) -> Iterator[Warned]:
    """Warnings that follow from the estimate and its replicates."""
    if interval is None:
        yield Warned(
            code="no_finite_estimate",
            because="cells that the model needs hold nobody, so no one finite number fits best",
            values={"people": observed},
        )
        return
    if total > bounds.far * observed:
        yield Warned(
            code="estimate_far_outside_observed",
            because=f"the estimate is {total / observed:.1f} times the {observed} people seen",
            values={"times": round(float(total / observed), 1), "people": observed},
        )
    if interval.unbounded:
        yield Warned(
            code="replicates_without_finite_estimate",
            because=f"{interval.unbounded:.1%} of the bootstrap replicates have no finite estimate",
            values={"share": round(float(interval.unbounded), 3)},
        )
    if interval.kind == "percentile":
        yield Warned(
            code="one_person_decides",
            because="without one of the people seen there is no finite estimate, so the interval "
            "is the plain percentile interval",
        )
    if interval.other_models > bounds.unsteady:
        yield Warned(
            code="model_choice_unsteady",
            because=f"{interval.other_models:.0%} of the bootstrap replicates choose another model",
            values={"share": round(float(interval.other_models), 2)},
        )
