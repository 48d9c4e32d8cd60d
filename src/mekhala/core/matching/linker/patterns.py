"""Pairs of records counted by how they agree: the level of each piece of evidence, in SQL."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.levels import Comparison

if TYPE_CHECKING:
    import duckdb


def patterns(
    con: "duckdb.DuckDBPyConnection", pairs: str
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the patterns of the pairs of a table (``left_rec, right_rec``), and their counts.

    A pattern has a number for each of ``COMPARISONS``: that of its level, -1 for unknown.
    """
    told = ", ".join(f"{_number(c)} as {c.field}" for c in COMPARISONS)
    fields = ", ".join(c.field for c in COMPARISONS)
    found = con.execute(
        f"select {fields}, count(*) as n from (select {told} from ({sides_sql(con, pairs)})) "
        "group by all order by all"
    ).fetchnumpy()
    columns = [np.asarray(found[c.field], dtype=np.int64) for c in COMPARISONS]
    return np.stack(columns, axis=1), np.asarray(found["n"], dtype=np.float64)


def sides_sql(con: "duckdb.DuckDBPyConnection", pairs: str) -> str:
    """Return SQL of the pairs with the compared columns of either side, ``_l`` and ``_r``."""
    names = [row[0] for row in con.execute("describe prepared").fetchall()]
    read = " ".join(c.unknown_sql + " ".join(level.sql for level in c.levels) for c in COMPARISONS)
    used = [name for name in names if f"{name}_l" in read]
    both = ", ".join(f"a.{c} as {c}_l, b.{c} as {c}_r" for c in used)
    return (
        f"select left_rec, right_rec, {both} from {pairs} "
        "join prepared as a on a.rec = left_rec join prepared as b on b.rec = right_rec"
    )


def _number(comparison: Comparison) -> str:
    cases = [
        f"when {level.condition()} then {number}" if level.sql else f"else {number}"
        for number, level in enumerate(comparison.levels)
    ]
    return f"case when {comparison.unknown_sql} then -1 {' '.join(cases)} end"
