"""The texts of the instruments as they lie in this folder, and as a workbook to change."""

import hashlib
import io
import re
from importlib import resources

CARD, SCREENING = "card", "screening"
CHECKLIST = "checklist"
_FIRST = (CARD, CHECKLIST, SCREENING)  # met first; the others by name
_VERSION = re.compile(r"(?<=\| )(\d{10})(?= \|)")
_WIDEST = 60  # characters of a column of the workbook


def _ids() -> tuple[str, ...]:
    names = (file.name for file in resources.files(__package__).iterdir())
    found = {name.removesuffix(".md") for name in names if name.endswith(".md")}
    return (*_FIRST, *sorted(found - set(_FIRST)))


INSTRUMENTS = _ids()


def instrument_text(form_id: str) -> str:
    """Return the XLSForm of one instrument (one of ``INSTRUMENTS``) as Markdown text."""
    return resources.files(__package__).joinpath(f"{form_id}.md").read_text(encoding="utf-8")


def renumbered(text: str) -> str:
    """Return a text under its version and a mark of its content: other words, another version."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    settings = text.rindex("| settings |")
    return text[:settings] + _VERSION.sub(rf"\1.{mark}", text[settings:], count=1)


def as_workbook(form_id: str) -> bytes:
    """Return one instrument as .xlsx: a sheet each for questions, choices and settings."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    for name, rows in _tables(instrument_text(form_id)).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
        sheet.freeze_panes = "A2"
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            letter = column[0].column_letter
            sheet.column_dimensions[letter].width = min(max(longest, 8), _WIDEST)
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            column[0].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tables(text: str) -> dict[str, list[list[str]]]:
    """Return the tables of a Markdown XLSForm: name of the sheet → rows, headings first."""
    tables: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        name, *cells = (cell.strip() for cell in line.split("|")[1:-1])
        if name:
            rows = tables.setdefault(name, [])
        else:
            rows.append(cells)
    return tables
