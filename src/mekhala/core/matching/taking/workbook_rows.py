"""Rows of a workbook (.xlsx): one sheet that shows, values as they stand, nothing calculated.

Cells with a formula, and cells another cell was merged over, make their row one that is kept
apart: what the sender saw there is not what the file says. Sheets that are hidden are not read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from mekhala.core.matching.taking.csv_rows import RawRow
from mekhala.core.wrong_input import WrongInput

MOST_UNPACKED = 2 << 30  # bytes of all parts together
MOST_STRINGS = 256 << 20  # bytes of the one part that is held in memory
MOST_PARTS = 1000
MERGED = re.compile(r'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
PIECE, OVERLAP = 1 << 20, 80
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError,
    RuntimeError, NotImplementedError, AttributeError, IndexError, SyntaxError,
)  # fmt: skip


def sheet_to_read(file: BinaryIO, wanted: str, name: str) -> str:
    """Return the title of the sheet to read: ``wanted``, or the only one that shows.

    Raises ``WrongInput``: a broken workbook, one that unpacks into too much, no such sheet,
    several that show where none is named.
    """
    with _opened(file, name) as book:
        showing = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    if wanted and wanted not in showing:
        raise WrongInput(f"{name}: shows no sheet {wanted!r}; expected one of {', '.join(showing)}")
    if not wanted and len(showing) != 1:
        raise WrongInput(
            f"{name}: shows {len(showing)} sheets; expected one, or its name as file.sheet of the "
            "mapping"
        )
    return wanted or showing[0]


def workbook_rows(file: BinaryIO, sheet: str, name: str) -> Iterator[RawRow]:
    """Return every row of a sheet but the empty ones, with its number in the sheet."""
    with _opened(file, name) as book:
        there = book[sheet]
        merged = _merged_over(file, there)
        for number, cells in enumerate(_rows_of(there, name), start=1):
            texts = [_text(cell.value) for cell in cells]
            covered = merged.get(number)
            if not any(texts) and not covered:
                continue
            yield _row(number, cells, texts, covered)


def _row(number: int, cells: Any, texts: list[str], covered: int | None) -> RawRow:
    if covered is not None:
        return RawRow(number, texts, "merged", column=covered)
    formula = next((n for n, cell in enumerate(cells) if cell.data_type == "f"), None)
    return RawRow(number, texts, "formula" if formula is not None else "", column=formula)


def _rows_of(there: Any, name: str) -> Iterator[Any]:
    there.reset_dimensions()  # what a sheet says of its own size may lie
    try:
        yield from there.iter_rows()
    except _BROKEN as error:
        raise WrongInput(f"{name}: breaks off inside ({type(error).__name__})") from None


@contextmanager
def _opened(file: BinaryIO, name: str) -> Iterator[Any]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    file.seek(0)
    try:
        _check_sizes(file, name)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except WrongInput:
        raise
    except _BROKEN:
        raise WrongInput(f"{name}: is no workbook that opens; expected .xlsx or CSV") from None
    try:
        yield book
    finally:
        book.close()


def _check_sizes(file: BinaryIO, name: str) -> None:
    """Refuse a workbook that unpacks into too much; its own word for it is checked by unpacking."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
            raise WrongInput(f"{name}: unpacks into more than 2 GB; expected a table")
        for part in parts:
            if "sharedstrings" in part.filename.lower():
                with packed.open(part) as inside:
                    left = MOST_STRINGS
                    while piece := inside.read(PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise WrongInput(f"{name}: holds more than 256 MB of texts; send CSV")
    file.seek(0)


def _merged_over(file: BinaryIO, there: Any) -> dict[int, int]:
    """Return for each row with a cell another was merged over the first such place."""
    found: dict[int, int] = {}
    with zipfile.ZipFile(file) as packed, packed.open(there._worksheet_path) as inside:
        tail = ""
        while piece := inside.read(PIECE):
            looked_at = tail + piece.decode("latin-1")
            for left, top, right, bottom in MERGED.findall(looked_at):
                first, last = int(top), min(int(bottom), int(top) + 100_000)
                if left != right:
                    found.setdefault(first, _place(left) + 1)
                for row in range(first + 1, last + 1):
                    found.setdefault(row, _place(left))
            tail = looked_at[-OVERLAP:]
    return found


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _text(value: object) -> str:
    """Return a cell's value as text: days as 1991-03-05, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
