"""Judging one row: the record it tells of, or the column and the reason it is kept apart for."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from mekhala.core.matching.exact_keys import sex_of
from mekhala.core.matching.mapping import ColumnMapping
from mekhala.core.matching.taking.csv_rows import RawRow
from mekhala.core.matching.taking.dates import read_date
from mekhala.core.matching.taking.lines import DAMAGED
from mekhala.core.names.ages import span_of_text
from mekhala.core.names.dates import read_birth
from mekhala.core.names.normal import normal_text
from mekhala.core.table_cells import harmless
from mekhala.core.wrong_input import WrongInput

LONGEST_CELL = 300  # characters
DATES = ("birth_date", "age_on", "event_date")
REASONS: Mapping[str, str] = MappingProxyType({
    "not_text": "bytes that are no text in the file's encoding",
    "control": "control characters",
    "quote": "a quote that is not closed",
    "too_long": f"more than {LONGEST_CELL} characters in a cell, or a line without an end",
    "too_many_cells": "more cells than the header",
    "cut_off": "the file ends in the middle of the row",
    "empty": "nothing where something is needed",
    "formula": "a formula",
    "error": "an error of a spreadsheet where a value was",
    "merged": "cells merged over one another",
    "other_list": "a record of another list",
    "duplicate": "a record id that was there before",
})  # fmt: skip
UNREAD: Mapping[str, str] = MappingProxyType({
    "order": "day and month cannot be told apart in this file; the year alone was read",
    "no_day": "no day of the calendar",
    "not_read": "not read; kept as text, unknown when compared",
})  # fmt: skip
WHAT_TO_DO: Mapping[str, str] = MappingProxyType(
    {
        "not_text": "save the file as CSV UTF-8, or name its encodings in the mapping",
        "control": "take them out of the cell",
        "quote": 'close it; a quote inside a cell is written twice: ""',
        "too_long": "leave the story out; check for a line end or quote that is missing",
        "too_many_cells": "put cells that hold the separator between quotes",
        "cut_off": "have the whole file sent again",
        "empty": "fill it in",
        "formula": "write the value, not the formula",
        "error": "write the value, or leave the cell empty",
        "merged": "take the merging back and fill each cell",
        "other_list": "send it with its own list",
        "duplicate": "give each record an id of its own, or take the repetition out",
        "order": "write dates as 1991-03-05",
        "no_day": "correct the date",
        "not_read": "write a day as 1991-03-05, a year of four digits, an age, female or male",
    }
)
_ERROR = re.compile(
    r"#(N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)|ERR:\d{3}",
    re.IGNORECASE,
)  # "####": a column was too narrow to show what it held
_WRONG = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff{DAMAGED}]")
_LOOK = re.compile(rf"[\x00-\x08\x0b-\x1f\n\x7f\ud800-\udfff{DAMAGED}]")
_BARE = re.compile(r"[\d\s().,/+\-\u2212]*")  # a telephone number begins with + and runs nothing


class Judged(NamedTuple):
    """One row: accepted with its record, or kept apart for ``reason`` in ``column``.

    ``record`` has the columns that say something; ``unread`` are (column, why) of cells that
    compare as unknown; ``month`` is that of the event, "2025-03", or "".
    """

    row: int
    record: dict[str, str] | None
    reason: str = ""
    column: str = ""
    unread: tuple[tuple[str, str], ...] = ()
    month: str = ""


class Judge:
    """Judges the rows of one file: how its columns are read stands fast before the first row."""

    def __init__(
        self, header: Sequence[str], mapping: ColumnMapping, source: str,
        orders: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Keep which cell is which column; ``orders`` is in which order each column has dates.

        An empty ``source``: each row says itself of which list it is.
        """
        self.header, self.mapping, self.source = list(header), mapping, source
        self.places = mapping.places(header)
        self.orders = orders

    def judged(self, raw: RawRow) -> Judged:
        """Return the row accepted or kept apart; never raises."""
        if raw.fault:
            return Judged(raw.row, None, raw.fault, self._head(raw.column))
        cells, heads = raw.cells, len(self.header)
        if len(cells) > heads and any(map(str.strip, cells[heads:])):
            return Judged(raw.row, None, "too_many_cells")
        if not raw.ended and len(cells) < heads:
            return Judged(raw.row, None, "cut_off")
        if heads > len(cells):
            cells = [*cells, *[""] * (heads - len(cells))]
        record: dict[str, str] = dict(self.mapping.constants)
        for column, place in self.places.items():
            if cell := cells[place].strip():
                if reason := _fault(cell):
                    return Judged(raw.row, None, reason, self._head(place))
                record[column] = self.mapping.value(column, " ".join(cell.split()))
        return self._whole(raw.row, record)

    def _whole(self, row: int, record: dict[str, str]) -> Judged:
        if self.mapping.number_rows:
            record.setdefault("record_id", str(row))
        if self.source and record.setdefault("source", self.source) != self.source:
            return Judged(row, None, "other_list", self._called("source"))
        for column in ("record_id", "source", *self.mapping.required):
            if not record.get(column):
                return Judged(row, None, "empty", self._called(column))
        unread = [*self._dates(record), *_others(record)]
        event = record.get("event_date", "")
        month = event[:7] if len(event) == 10 and event[4] == "-" else ""
        return Judged(row, record, unread=tuple(unread), month=month)

    def _dates(self, record: dict[str, str]) -> list[tuple[str, str]]:
        """Write dates in one form; return those that are not read whole."""
        unread = []
        for column in DATES:
            if text := record.get(column):
                said, why = read_date(text, self.orders.get(column, self.mapping.dates))
                why = why or ("" if _is_read(said) else "not_read")
                if why:
                    unread.append((column, why))
                record[column] = said
        return unread

    def _head(self, place: int | None) -> str:
        """Return what the sender calls a column."""
        there = place is not None and 0 <= place < len(self.header)
        return " ".join(self.header[place or 0].split())[:60] if there else ""

    def _called(self, column: str) -> str:
        return self._head(self.places.get(column)) or column


def _fault(cell: str) -> str:
    """Return why a cell is not taken, "" where it is."""
    if len(cell) > LONGEST_CELL:
        return "too_long"
    if cell.isalnum():
        return ""
    if cell[0] in "#Ee" and _ERROR.fullmatch(cell):
        return "error"
    if _LOOK.search(cell) and (wrong := _WRONG.search(cell)):
        return "not_text" if wrong[0] == DAMAGED else "control"
    if cell[0].isalnum() or _BARE.fullmatch(cell):
        return ""
    return "formula" if harmless(cell).startswith("'") and not cell.startswith("'") else ""


def _others(record: Mapping[str, str]) -> list[tuple[str, str]]:
    unread = []
    if (sex := record.get("sex")) and not _is_sex(sex):
        unread.append(("sex", "not_read"))
    if (age := record.get("age")) and not _is_age(age):
        unread.append(("age", "not_read"))
    if (year := record.get("birth_year")) and not _is_read(year):
        unread.append(("birth_year", "not_read"))
    return unread


@lru_cache(maxsize=1 << 17)
def _is_read(text: str) -> bool:
    """Tell whether a date, a year or words about one are read, or stand for unknown."""
    if read_birth(text) or normal_text(text) is None:
        return True
    try:
        return span_of_text(text) is not None
    except (WrongInput, ValueError, OverflowError):
        return False


@lru_cache(maxsize=1 << 12)
def _is_sex(text: str) -> bool:
    return sex_of(text) is not None or normal_text(text) is None


@lru_cache(maxsize=1 << 12)
def _is_age(text: str) -> bool:
    plain = normal_text(text)
    found = re.search(r"\d{1,3}", plain or "")
    return plain is None or (found is not None and int(found[0]) <= 120)
