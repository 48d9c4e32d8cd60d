"""What pairs of records share of their lists: sounds of names, words of places, names of parents.

A database compares lists entry by entry in every condition that asks; that was most of the time of
weighing. Here entries are numbers, lists are rows of a table of numbers, and each question that the
levels ask (``[meet whole_l sounds_r]``) is answered once for a pair, many pairs at a time.
"""

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from mekhala.core.matching.linker.comparisons import COMPARISONS

if TYPE_CHECKING:
    import duckdb

ASKED = re.compile(r"\[(meet|shared) (\w+)_l (\w+)_r\]")
QUESTIONS = sorted(
    {found for c in COMPARISONS for level in c.levels for found in ASKED.findall(level.sql)}
)
LISTS = sorted({column for _, *two in QUESTIONS for column in two})
AT_ONCE = 65_536  # pairs: what is compared stays near the processor
SIGNS = 61  # a prime below 64: numbers that stand close together have signs of their own
NOTHING, NEITHER = -1, -2  # where a list has ended, on the left and on the right

type Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
type Truths = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
type Signs = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]


class Lists(NamedTuple):
    """One column's lists: a row of numbers for each record, and 64 signs of what is in it.

    Two lists without a sign in common share nothing, which is known without looking at them; a
    list that is unknown has no sign.
    """

    numbers: Numbers
    signs: Signs


def answered(sql: str) -> str:
    """Return the SQL of a level with its questions about lists as columns of ``shared_lists``."""
    return ASKED.sub(lambda found: "_".join(found.groups()), sql)


def share(con: "duckdb.DuckDBPyConnection", candidates: str) -> str:
    """Make the table ``shared_lists`` of candidates; return its name.

    ``left_rec, right_rec`` and a column per question (``meet_whole_sounds``), null where a list is
    unknown. Lists are those of ``linkable``.
    """
    lists = _lists(con)
    kinds = {"meet": "boolean", "shared": "utinyint"}
    asked = ", ".join(f"{'_'.join(question)} {kinds[question[0]]}" for question in QUESTIONS)
    con.execute(
        f"create or replace table shared_lists (left_rec integer, right_rec integer, {asked})"
    )
    pairs = con.sql(f"select left_rec, right_rec from {candidates}").to_arrow_reader(AT_ONCE)
    into = con.cursor()
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    with ThreadPoolExecutor(workers) as pool:
        for some in batched(pairs, 8 * workers):
            made = pool.map(lambda batch: _answers(batch, lists), some)
            into.register("some_shared", pa.Table.from_batches(made))
            into.execute("insert into shared_lists from some_shared")
            into.unregister("some_shared")
    into.close()
    return "shared_lists"


def _lists(con: "duckdb.DuckDBPyConnection") -> Mapping[str, Lists]:
    """Column → its lists, a row for each record by its number, NOTHING where a list ends.

    An entry has the same number in every column.
    """
    found = con.sql(f"select rec, {', '.join(LISTS)} from linkable").to_arrow_table()
    rows = found["rec"].to_numpy()
    columns = {name: found[name].combine_chunks() for name in LISTS}
    entries = pa.concat_arrays([column.flatten() for column in columns.values()])
    numbers = entries.dictionary_encode().indices.to_numpy()
    made, at = {}, 0
    for name, column in columns.items():
        counts = np.diff(column.offsets.to_numpy())
        counts[column.is_null().to_numpy(zero_copy_only=False)] = 0
        table = _table(rows, counts, numbers[at : at + counts.sum()])
        made[name] = Lists(table, _signs(table))
        at += counts.sum()
    return made


def _table(rows: Numbers, counts: Numbers, numbers: Numbers) -> Numbers:
    """Lists of so many numbers, one after the other, as the rows of a table."""
    size = int(rows.max()) + 1 if len(rows) else 0
    table = np.full((size, max(1, int(counts.max(initial=0)))), NOTHING, np.int32)
    starts = np.cumsum(counts) - counts
    places = np.arange(len(numbers)) - np.repeat(starts, counts)
    table[np.repeat(rows, counts), places] = numbers
    return table


def _signs(table: Numbers) -> Signs:
    """One sign of 64 for each number, those of a row together."""
    found = np.zeros(len(table), np.uint64)
    for column in table.T:
        signs = np.uint64(1) << (column.astype(np.uint64) % np.uint64(SIGNS))
        found |= np.where(column == NOTHING, np.uint64(0), signs)
    return found


def _answers(pairs: pa.RecordBatch, lists: Mapping[str, Lists]) -> pa.RecordBatch:
    """The answers to all questions for some pairs."""
    left, right = (column.to_numpy() for column in pairs.columns)
    signs = {name: (of.signs[left], of.signs[right]) for name, of in lists.items()}
    made = []
    for kind, one, other in QUESTIONS:
        ours, theirs = signs[one][0], signs[other][1]
        some = np.flatnonzero(ours & theirs)
        sides = lists[one].numbers[left[some]], lists[other].numbers[right[some]]
        entries = _counted(*sides) if kind == "shared" else _met(*sides)
        found = np.zeros(len(left), entries.dtype)
        found[some] = entries
        made.append(pa.array(found, mask=(ours == 0) | (theirs == 0)))
    names = ["left_rec", "right_rec", *map("_".join, QUESTIONS)]
    return pa.RecordBatch.from_arrays([*pairs.columns, *made], names=names)


def _met(left: Numbers, right: Numbers) -> Truths:
    """Whether a number stands in both rows."""
    found = np.zeros(len(left), np.bool_)
    for one, other in _columns(left, right):
        found |= one == other
    return found


def _counted(left: Numbers, right: Numbers) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """How many numbers stand in both rows; none stands twice in one."""
    found = np.zeros(len(left), np.uint8)
    for one, other in _columns(left, right):
        found += one == other
    return found


def _columns(left: Numbers, right: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Each column of the one with each of the other, as far as any row is filled."""
    ours, theirs = (np.ascontiguousarray(side.T) for side in (left, right))
    theirs[theirs == NOTHING] = NEITHER
    for one in ours:
        for other in theirs:
            yield one, other
