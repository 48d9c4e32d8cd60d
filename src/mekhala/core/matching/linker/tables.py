"""Records as a table in DuckDB, then prepared: each distinct value read once and joined back."""

from collections.abc import Callable, Iterable, Mapping
from itertools import batched
from typing import TYPE_CHECKING

from mekhala.core.matching.linker.places import ADDRESS
from mekhala.core.matching.linker.reading import AT_ONCE, GROUPS, Group, read
from mekhala.core.matching.records import COLUMNS

if TYPE_CHECKING:
    import duckdb

MADE = tuple(column for group in GROUPS for column in group.makes if not column.startswith("told_"))
PLACES = ("village", "commune", "district", "province")
TELLING = (
    "(born_first is not null or district is not null or commune is not null or village is not null "
    f"or coalesce(len(tokens) >= {ADDRESS}, false) or number is not null or phone is not null)"
)
LINKABLE = f"(whole is not null or native is not null) and ({TELLING} or tokens is not null)"
VAGUE = f"not {TELLING}"  # two of these are never compared


def raw_of_records(con: "duckdb.DuckDBPyConnection", records: Iterable[Mapping[str, str]]) -> None:
    """Make the table ``raw`` of records: ``rec`` counts from 0 in their order, the rest is text."""
    import pyarrow as pa

    schema = pa.schema([("rec", pa.int32()), *((name, pa.string()) for name in COLUMNS)])
    con.register("no_records", schema.empty_table())
    con.execute("create table raw as from no_records")
    for batch in batched(enumerate(records), AT_ONCE):
        numbers = pa.array([number for number, _ in batch], pa.int32())
        texts = [
            pa.array([record.get(c) or "" for _, record in batch], pa.string()) for c in COLUMNS
        ]
        con.register("some_records", pa.table([numbers, *texts], schema=schema))
        con.execute("insert into raw from some_records")
        con.unregister("some_records")
    con.unregister("no_records")


def prepare(con: "duckdb.DuckDBPyConnection", told: Callable[[str], None] | None = None) -> None:
    """Make the table ``prepared`` from ``raw``: ``rec, source``, ``MADE``, ``linkable, vague``."""
    for group in GROUPS:
        if told:
            told(group.name)
        _read_group(con, group)
    joins = [f"left join read_{group.name} as {group.name} on {_on(group)}" for group in GROUPS]
    columns = [(group.name, column) for group in GROUPS for column in group.makes]
    made = ", ".join(
        f"{_place(column)} as {column}" if column in PLACES else f"{table}.{column}"
        for table, column in columns
        if not column.startswith("told_")
    )
    con.execute(
        f"create table prepared as select *, {LINKABLE} as linkable, {VAGUE} as vague from "
        f"(select raw.rec, raw.source, births.told_unread as unread_birth, {made} "
        f"from raw {' '.join(joins)})"
    )
    for group in GROUPS:
        con.execute(f"drop table read_{group.name}")


def unread_counts(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Return per column how many records hold something that could not be read."""
    columns = {"sex": "sex", "national_id": "number", "phone": "phone"}
    told = ", ".join(
        f"count(*) filter (raw.{column} <> '' and prepared.{made} is null)"
        for column, made in columns.items()
    )
    counts = con.execute(
        f"select {told}, count(*) filter (unread_birth) from raw join prepared using (rec)"
    ).fetchall()[0]
    names = [*columns, "birth_date"]
    return {name: int(count) for name, count in zip(names, counts, strict=True) if count}


def _place(level: str) -> str:
    """The code, or what the text tells where the province is the same (``places``)."""
    fits = "coalesce(codes.province, texts.told_province) = texts.told_province"
    return (
        f"case when {fits} then coalesce(codes.{level}, texts.told_{level}) else codes.{level} end"
    )


def _on(group: Group) -> str:
    return " and ".join(f"{group.name}.of_{column} = raw.{column}" for column in group.reads)


def _read_group(con: "duckdb.DuckDBPyConnection", group: Group) -> None:
    """Read the distinct values of a group's columns into a table."""
    distinct = con.sql(f"select distinct {', '.join(group.reads)} from raw").to_arrow_table()
    con.register("just_read", read(group, distinct))
    con.execute(f"create table read_{group.name} as from just_read")
    con.unregister("just_read")
