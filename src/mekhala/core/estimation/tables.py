"""Overlap tables: how many people are on exactly which lists.

Two forms are read: one 0/1 column per list and a last column ``count`` (one row per
history), or one row per person and no ``count``. Nobody who is on no list can be in it.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mekhala.core.table_cells import csv_text
from mekhala.core.table_text import rows_of
from mekhala.core.wrong_input import WrongInput

History = tuple[int, ...]
MOST_LISTS = 10  # 2**10 - 1 cells; beyond it every model of pairs has more cells than people


@dataclass(frozen=True, kw_only=True)
class OverlapTable:
    """Counts of people by the exact set of lists they are on.

    ``lists`` holds t names; ``histories`` are 0/1 tuples of length t, each once, none all
    zero; ``counts`` are whole numbers of people, one for each history.
    """

    lists: tuple[str, ...]
    histories: tuple[History, ...]
    counts: tuple[int, ...]

    @property
    def observed(self) -> int:
        """How many people are on at least one list."""
        return sum(self.counts)

    def on_all(self, *positions: int) -> int:
        """How many people are on every one of the lists at ``positions``."""
        rows = zip(self.histories, self.counts, strict=True)
        return sum(n for history, n in rows if all(history[i] for i in positions))

    def in_order(self) -> "OverlapTable":
        """The same table with lists by name and histories sorted.

        Estimates start from it, so that the order of columns or rows never matters.
        """
        order = sorted(range(len(self.lists)), key=lambda i: self.lists[i])
        moved = {
            tuple(h[i] for i in order): n for h, n in zip(self.histories, self.counts, strict=True)
        }
        return from_counts(tuple(self.lists[i] for i in order), moved)

    def used(self) -> "OverlapTable":
        """The same table in order, without the lists nobody is on."""
        table = self.in_order()
        kept = [i for i in range(len(table.lists)) if table.on_all(i)]
        rows = zip(table.histories, table.counts, strict=True)
        return from_counts(
            [table.lists[i] for i in kept], {tuple(h[i] for i in kept): n for h, n in rows}
        )

    def data_hash(self) -> str:
        """SHA-256 of the table in order: equal for equal data, whatever file it came in."""
        table = self.in_order()
        return hashlib.sha256(
            repr((table.lists, table.histories, table.counts)).encode()
        ).hexdigest()


def from_counts(lists: Sequence[str], counts: Mapping[History, int]) -> OverlapTable:
    """Build a table from ``{history: people}``; histories nobody has are left out."""
    rows = sorted((history, n) for history, n in counts.items() if n)
    return OverlapTable(
        lists=tuple(lists),
        histories=tuple(history for history, _ in rows),
        counts=tuple(n for _, n in rows),
    )


def write_overlaps(table: OverlapTable) -> str:
    """The table as CSV text that ``read_overlaps`` reads back: a column per list, then count."""
    counts = zip(table.histories, table.counts, strict=True)
    rows = [[*history, people] for history, people in counts]
    return csv_text([[*table.lists, "count"], *rows], line_end="\n")


def read_overlaps(text: str, name: str = "lists") -> OverlapTable:
    """Read an overlap table from the text of a CSV file called ``name``.

    Raises ``WrongInput`` naming row and column. Rows of the same history are added up.
    """
    rows = rows_of(text, name)
    if not rows:
        raise WrongInput(f"{name}: is empty; expected a header of list names and rows of 0 and 1")
    lists, counted = list_names(rows[0][1], name)
    counts: Counter[History] = Counter()
    for number, row in rows[1:]:
        history, people = people_of(row, lists, counted, f"{name}: row {number}")
        counts[history] += people
    if not sum(counts.values()):
        raise WrongInput(f"{name}: holds no people; expected at least one row with a count above 0")
    return from_counts(lists, counts)


def list_names(heads: list[str], name: str) -> tuple[tuple[str, ...], bool]:
    """Return the list names of a header, and whether a last column ``count`` follows them.

    Raises ``WrongInput`` naming the column.
    """
    counted = heads[-1].lower() == "count"
    lists = heads[:-1] if counted else heads
    for column, head in enumerate(lists, start=1):
        if not head:
            raise WrongInput(f"{name}: row 1, column {column}: has no name; expected a list name")
        if head.lower() == "count":
            raise WrongInput(f"{name}: row 1, column {column}: `count` must be the last column")
        if head in lists[: column - 1]:
            raise WrongInput(f"{name}: row 1, column {column}: list {head!r} is named twice")
    if not 2 <= len(lists) <= MOST_LISTS:
        raise WrongInput(
            f"{name}: row 1: names {len(lists)} lists; expected 2 to {MOST_LISTS} columns"
        )
    return tuple(lists), counted


def people_of(
    cells: list[str], lists: tuple[str, ...], counted: bool, where: str
) -> tuple[History, int]:
    """Return one row as its history and the people who have it; ``WrongInput`` names ``where``."""
    wanted = len(lists) + counted
    if len(cells) != wanted:
        raise WrongInput(f"{where}: has {len(cells)} columns; expected {wanted}")
    for head, cell in zip(lists, cells, strict=False):
        if cell not in ("0", "1"):
            raise WrongInput(f"{where}, column {head}: {cell!r} is neither 0 nor 1")
    history = tuple(int(cell) for cell in cells[: len(lists)])
    if not any(history):
        raise WrongInput(f"{where}: is on no list; expected a 1 in at least one column")
    return history, _count(cells[-1], where) if counted else 1


def _count(cell: str, where: str) -> int:
    """A whole number of people, not negative."""
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 12):
        raise WrongInput(
            f"{where}, column count: {cell!r} is not a whole number of people, 0 or more"
        )
    return int(cell)
