"""The sheets of an XLSForm as its author sees them: rows counted as there, headings as written.

Headings have other spellings (pyxform's own): “relevance” is “relevant”, ``label::Khmer (km)`` is
the label in one language. Here they are asked for by one name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_OTHER_NAMES = {
    "relevance": "relevant", "calculate": "calculation", "caption": "label", "tag": "name",
    "value": "name", "command": "type", "readonly": "read_only", "count": "repeat_count",
    "jr:count": "repeat_count", "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message", "id_string": "form_id", "set_form_id": "form_id",
    "set_form_title": "form_title", "title": "form_title",
}  # fmt: skip
_LEADING = ("bind::", "control::", "body::", "media::", "bind:", "body:", "media:")

_LANGUAGE = re.compile(r"::|:(?!constraint|required|count)")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell with something in it, under its heading as written."""

    heading: str
    text: str

    @property
    def column(self) -> str:
        """The name of the column whatever its spelling and language."""
        return column_of(self.heading)

    @property
    def language(self) -> str:
        """The language the heading names, as written; empty where it names none."""
        parts = _LANGUAGE.split(self.heading.strip(), maxsplit=1)
        return parts[1].strip() if len(parts) > 1 else ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row with something in it; its number is the spreadsheet's, the heading being row 1."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: str) -> Cell | None:
        """Return the first cell of ``column``, in whatever language, None where it is empty."""
        return next((cell for cell in self.cells if cell.column == column), None)

    def text(self, column: str) -> str:
        """Return what stands in ``column``, empty where nothing does."""
        found = self.cell(column)
        return found.text if found else ""

    def plain(self, column: str) -> str:
        """Return what stands in ``column`` under a heading that names no language."""
        of_none = (c.text for c in self.cells if c.column == column and not c.language)
        return next(of_none, "")

    def in_languages(self, column: str) -> dict[str, str]:
        """Return what stands in ``column`` in each language its headings name."""
        return {c.language: c.text for c in self.cells if c.column == column and c.language}


class Sheets:
    """A workbook as the converter reads it (``read``: sheet → rows of heading → text)."""

    def __init__(self, read: Mapping[str, Any]) -> None:
        """Keep what was read; nothing is changed."""
        self.read = read

    @cached_property
    def survey(self) -> tuple[Row, ...]:
        """The rows with the questions."""
        return tuple(self._rows("survey"))

    @cached_property
    def choices(self) -> tuple[Row, ...]:
        """The rows with the choices."""
        return tuple(self._rows("choices"))

    @cached_property
    def settings(self) -> tuple[Row, ...]:
        """The rows with the settings; the first counts."""
        return tuple(self._rows("settings"))

    @property
    def names(self) -> list[str]:
        """The names of all sheets as the author gave them."""
        return list(self.read.get("sheet_names") or [])

    def headings(self, sheet: str) -> list[str]:
        """Return the headings of a sheet as written."""
        heads = self.read.get(f"{sheet}_header") or [{}]
        return list(heads[0])

    def heading(self, sheet: str, column: str) -> str:
        """Return the heading of ``column`` as its author wrote it, the name itself if unknown."""
        wanted = column_of(column)
        return next((h for h in self.headings(sheet) if column_of(h) == wanted), column)

    def row_with(self, column: str, value: str) -> int | None:
        """Return the row of the survey sheet that holds ``value`` in ``column``."""
        found = (row.number for row in self.survey if row.text(column) == value)
        return next(found, None)

    def _rows(self, sheet: str) -> Iterator[Row]:
        for number, row in enumerate(self.read.get(sheet) or (), start=2):
            cells = tuple(
                Cell(heading=str(heading), text=str(text).strip())
                for heading, text in row.items()
                if heading and text is not None and str(text).strip()
            )
            if cells:
                yield Row(sheet=sheet, number=number, cells=cells)


def column_of(heading: str) -> str:
    """Return the name of a column: ``label::Khmer (km)`` and ``Caption`` are both “label”."""
    plain = heading.strip().lower()
    for leading in _LEADING:
        plain = plain.removeprefix(leading)
    without_language = _LANGUAGE.split(plain)[0]
    plain = "_".join(without_language.split())
    return _OTHER_NAMES.get(plain, plain)
