"""Overlap tables of several strata out of one file: a column says which stratum a row is of."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from mekhala.core.estimation.tables import (
    History,
    OverlapTable,
    from_counts,
    list_names,
    people_of,
)
from mekhala.core.table_text import rows_of
from mekhala.core.wrong_input import WrongInput

UNKNOWN = "unknown"  # an empty cell: nobody said, which is a stratum of its own and no other


def read_strata(
    text: str, name: str, column: str, *, ignored: Sequence[str] = ()
) -> dict[str, OverlapTable]:
    """Read the table of each value of ``column`` from the text of a CSV file called ``name``.

    The other columns are as ``read_overlaps`` takes them, but for those ``ignored``. An empty cell
    is the stratum "unknown". Every table has every list. Raises ``WrongInput`` naming row and
    column.
    """
    rows = rows_of(text, name)
    heads = rows[0][1] if rows else []
    for wanted in (column, *ignored):
        if heads.count(wanted) != 1:
            raise WrongInput(
                f"{name}: row 1: has {heads.count(wanted)} columns named {wanted!r}; expected one"
            )
    place, out = heads.index(column), {heads.index(other) for other in (column, *ignored)}
    lists, counted = list_names(_without(heads, out), name)
    strata: defaultdict[str, Counter[History]] = defaultdict(Counter)
    for number, row in rows[1:]:
        where = f"{name}: row {number}"
        if len(row) != len(heads):
            raise WrongInput(f"{where}: has {len(row)} columns; expected {len(heads)}")
        history, people = people_of(_without(row, out), lists, counted, where)
        strata[row[place] or UNKNOWN][history] += people
    found = {of: from_counts(lists, counts) for of, counts in sorted(strata.items())}
    found = {of: table for of, table in found.items() if table.observed}
    if not found:
        raise WrongInput(f"{name}: holds no people; expected at least one row with a count above 0")
    return found


def _without(cells: list[str], out: set[int]) -> list[str]:
    return [cell for place, cell in enumerate(cells) if place not in out]
