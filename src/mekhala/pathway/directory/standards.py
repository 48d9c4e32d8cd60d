"""The Minimum Standards of 2009 and 2014, standard by standard, as the inspection form words them.

The form that goes out to phones and the page here ask the same, in the same words: both are read
from ``forms/instruments/shelter_inspection.md``. The wording is this project's own; see there.
"""

from functools import cache
from importlib import resources

ASKS = "select_one met"  # how the form marks the questions that are standards
COLUMN = {"en": "label::English (en)", "km": "label::Khmer (km)", "vi": "label::Vietnamese (vi)",
          "th": "label::Thai (th)"}  # fmt: skip


@cache
def standards() -> dict[str, dict[str, str]]:
    """Return each standard's words by language, by code, in the order of the form."""
    text = resources.files("mekhala.forms.instruments").joinpath("shelter_inspection.md")
    head: list[str] = []
    found: dict[str, dict[str, str]] = {}
    for line in text.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        cells = [cell for cell in cells if cell] if not head else cells
        if "type" in cells[:3] and not head:
            head = ["", *cells[cells.index("type") :]]
        elif head and len(cells) > 1 and cells[1] == ASKS:
            row = dict(zip(head, cells, strict=False))
            found[row["name"]] = {code: row[column] for code, column in COLUMN.items()}
    return found


def standard_words(code: str, language: str) -> str:
    """Return a standard in the reader's language; the code itself if the form has none such."""
    words = standards().get(code, {})
    return words.get(language.split("-", maxsplit=1)[0]) or words.get("en", code)
