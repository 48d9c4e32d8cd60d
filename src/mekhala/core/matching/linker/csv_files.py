"""CSV files of records read straight into DuckDB; what is odd in them is left to the exact reader.

DuckDB reads a million rows in a second or two but cannot say in one sentence what is wrong with one
of them. So a file it finds fault with, or in which an id is missing or twice, is read again by
``records.read_records``, which either reads it or names row and column.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mekhala.core.matching.records import COLUMNS, REQUIRED

if TYPE_CHECKING:
    import duckdb


def raw_of_files(con: "duckdb.DuckDBPyConnection", paths: Sequence[str]) -> bool:
    """Make the table ``raw`` of CSV files in order; False where they need the exact reader."""
    import duckdb

    try:
        for place, path in enumerate(paths):
            _add(con, path, first=place == 0)
    except duckdb.Error:
        con.execute("drop table if exists raw")
        return False
    odd = con.execute(
        "select count(*) filter (record_id = '' or source = ''), count(*), "
        "(select count(*) from (select distinct source, record_id from raw)) from raw"
    ).fetchall()[0]
    if odd[0] or not odd[1] or odd[1] != odd[2]:
        con.execute("drop table raw")
        return False
    return True


def _add(con: "duckdb.DuckDBPyConnection", path: str, *, first: bool) -> None:
    """Add the rows of a file, cells without spaces around them, empty rows left out."""
    file = con.read_csv(
        path, header=True, all_varchar=True, delimiter=",", quotechar='"', escapechar='"',
        null_padding=False, ignore_errors=False, encoding="utf-8",
    )  # fmt: skip
    if missing := [column for column in REQUIRED if column not in file.columns]:
        raise duckdb_error(f"no column {missing[0]}")
    cells = ", ".join(
        f"trim(coalesce({column}, ''), E' \\t\\r\\n') as {column}"
        if column in file.columns
        else f"'' as {column}"
        for column in COLUMNS
    )
    before = "" if first else "(select count(*) from raw) + "
    rows = f"select ({before}row_number() over () - 1)::int as rec, {cells} from file"
    con.execute(f"create table raw as {rows}" if first else f"insert into raw {rows}")


def duckdb_error(said: str) -> Exception:
    """Return an error of the kind DuckDB raises for a file it cannot read."""
    import duckdb

    return duckdb.InvalidInputException(said)
