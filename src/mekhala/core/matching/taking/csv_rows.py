"""Rows of a CSV file: a quote that is never closed costs its own row and no other."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from mekhala.core.matching.taking.lines import DAMAGED, Line

MOST_LINES = 50  # of one row; a quote still open then was never meant to hold them
MOST_SIGNS = 1 << 20


class RawRow(NamedTuple):
    """One row: its number (from 1, empty ones counted), its cells, why it cannot be read.

    ``ended``: its last line had an end; a file cut in the middle of a row has one that has not.
    """

    row: int
    cells: list[str]
    fault: str = ""
    ended: bool = True
    column: int | None = None  # the place of the cell that is at fault, where one is


class _Feed:
    """Lines for the CSV reader, one row at a time; what a row did not need is given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines, self.back = lines, deque[Line]()
        self.taken: list[Line] = []
        self.ran_out = False

    def next_line(self) -> Line | None:
        """Return the line a row begins with, None at the end."""
        self.taken, self.ran_out = [], False
        return self._take()

    def texts(self, first: Line) -> Iterator[str]:
        """Return the text of a row's lines, as many as its quotes ask for."""
        yield first.text + "\n"
        signs = len(first.text)
        while len(self.taken) < MOST_LINES and signs < MOST_SIGNS:
            line = self._take()
            if line is None:
                break
            signs += len(line.text)
            yield line.text + "\n"
        self.ran_out = True

    def give_back(self) -> None:
        """Give back all lines but the first."""
        self.back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def _take(self) -> Line | None:
        line = self.back.popleft() if self.back else next(self.lines, None)
        if line is not None:
            self.taken.append(line)
        return line


def csv_rows(lines: Iterator[Line], delimiter: str) -> Iterator[RawRow]:
    """Return every row but the empty ones, in order."""
    feed, number = _Feed(lines), 0
    while (line := feed.next_line()) is not None:
        number += 1
        if '"' in line.text and not line.fault:
            made = _quoted(feed, line, number, delimiter)
        else:
            made = _read(number, line.text.split(delimiter), line.fault, line.ended)
        if made.fault or any(map(str.strip, made.cells)):
            yield made


def _quoted(feed: _Feed, first: Line, number: int, delimiter: str) -> RawRow:
    fault = ""
    try:
        cells = next(csv.reader(feed.texts(first), delimiter=delimiter), [])
    except csv.Error as error:
        fault, cells = ("too_long" if "limit" in str(error) else "quote"), []
    if feed.ran_out:
        fault = "quote"
    if fault:
        feed.give_back()
        return RawRow(number, first.text.split(delimiter), fault, first.ended)
    fault = next((line.fault for line in feed.taken if line.fault), "")
    return _read(number, cells, fault, feed.taken[-1].ended)


def _read(number: int, cells: list[str], fault: str, ended: bool) -> RawRow:
    """A row with the cell in which bytes are no text, where that is its fault."""
    at = next((n for n, cell in enumerate(cells) if DAMAGED in cell), None) if fault else None
    return RawRow(number, cells, fault, ended, at)
