"""Each level and each blocking rule is defined once, and means the same in SQL and in Python."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.matching.linker.blocking import RULES, keys_of_row
from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.pairs import keys_sql
from mekhala.core.matching.linker.prepared import prepared
from mekhala.core.matching.linker.rows import row_of
from mekhala.core.matching.linker.tables import MADE, prepare, raw_of_records

from .invented import record, records, sample

COMPARED = [column for column in MADE if column != "bands"]


def made(written):
    """A connection on which these records are prepared."""
    con = duckdb.connect()
    raw_of_records(con, written)
    prepare(con)
    return con


def levels_in_sql(con):
    told = ", ".join(
        f"case when {c.unknown_sql} then null "
        + " ".join(
            f"when {level.condition()} then '{level.code}'" if level.sql else f"else '{level.code}'"
            for level in c.levels
        )
        + f" end as {c.field}"
        for c in COMPARISONS
    )
    both = ", ".join(f"a.{c} as {c}_l, b.{c} as {c}_r" for c in COMPARED)
    found = con.execute(
        f"select l, r, {told} from (select a.rec as l, b.rec as r, {both} "
        "from prepared as a, prepared as b where a.rec < b.rec) order by l, r"
    ).fetchall()
    return {(row[0], row[1]): row[2:] for row in found}


@settings(max_examples=12, deadline=None)
@given(st.lists(records, min_size=2, max_size=12))
def test_sql_and_python_put_a_pair_on_the_same_level(written):
    found = levels_in_sql(made(written))
    rows = [row_of(prepared(one)) for one in written]

    for (left, right), told in found.items():
        levels = [c.level_of(rows[left], rows[right]) for c in COMPARISONS]
        assert told == tuple(level and level.code for level in levels)


def test_sql_and_python_agree_on_the_invented_registers():
    written, _ = sample(60)
    found = levels_in_sql(made(written))
    rows = [row_of(prepared(one)) for one in written]
    seen = set()

    for (left, right), told in found.items():
        levels = tuple(
            (level := c.level_of(rows[left], rows[right])) and level.code for c in COMPARISONS
        )
        seen |= set(zip([c.field for c in COMPARISONS], levels, strict=True))
        assert told == levels
    assert len(seen) > 30


@settings(max_examples=12, deadline=None)
@given(st.lists(records, min_size=1, max_size=8))
def test_a_record_has_the_same_blocking_keys_in_sql_and_in_python(written):
    con = made(written)
    found = {number: set() for number in range(len(written))}
    for rule in RULES:
        for number, key in con.execute(keys_sql(rule, written=True)).fetchall():
            found[number].add(key)

    for number, one in enumerate(written):
        ready = prepared(one)
        assert found[number] == (set(keys_of_row(row_of(ready))) if ready.linkable else set())
    vague = con.execute("select vague from prepared order by rec").fetchall()
    assert vague == [(prepared(one).vague,) for one in written]


@settings(max_examples=12, deadline=None)
@given(st.lists(records, min_size=1, max_size=8))
def test_reading_distinct_values_gives_what_reading_one_record_gives(written):
    con = made(written)
    found = con.execute(f"select {', '.join(MADE)} from prepared order by rec").fetchall()

    for one, row in zip(written, found, strict=True):
        expected = row_of(prepared(one))
        told = [tuple(value) if isinstance(value, list) else value for value in row]
        assert dict(zip(MADE, told, strict=True)) == {c: expected[c] for c in MADE}


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.field)
@settings(max_examples=40, deadline=None)
@given(records, records)
def test_no_comparison_depends_on_which_record_comes_first(comparison, one, other):
    left, right = row_of(prepared(one)), row_of(prepared(other))

    assert comparison.level_of(left, right) == comparison.level_of(right, left)


def test_what_is_unknown_on_both_sides_agrees_with_nothing():
    empty = row_of(prepared(record()))

    told = {c.field: c.level_of(empty, empty) for c in COMPARISONS}

    assert {field for field, level in told.items() if level} == {"relatives"}
    assert told["relatives"].code == "none"
