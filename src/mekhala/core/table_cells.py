"""Tables for spreadsheets: written through one function, so that no cell is ever run as a formula.

A text that begins with = + - @ or a control character, or with a sign a spreadsheet takes for one
of them, is a formula to it, whatever stands unseen before it. Such a cell begins with an apostrophe
here. Rule: OWASP, CSV Injection; ASVS 5.0, 1.2.10. Numbers stay numbers.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

STARTS = frozenset("=+-@\u2212\u2795\u2796")  # after NFKC, which folds full-width forms
UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Mn", "Me")  # categories of Unicode
# letters and signs that are drawn as nothing: Hangul fillers, braille blank
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")  # all but the end of a line


def csv_text(rows: Iterable[Sequence[object]], *, line_end: str = "\r\n") -> str:
    """Return the rows as CSV; a number as it is, None as nothing, text as ``harmless`` makes it."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(
        [_cell(value) for value in row] for row in rows
    )
    return text.getvalue()


def harmless(text: str) -> str:
    """Return ``text`` as a cell that every spreadsheet shows and none runs.

    Control characters become spaces. What is not seen at the front is taken away only where a
    formula would begin behind it.
    """
    if NUMBER.fullmatch(text) or _plainly_harmless(text):
        return text
    kept = CONTROL.sub(" ", text)
    bare = kept.lstrip("".join({c for c in kept if _unseen(c)}))
    starts = unicodedata.normalize("NFKC", bare[:1])[:1]
    front = text[: len(text) - len(text.lstrip("".join({c for c in text if _unseen(c)})))]
    if starts in STARTS or set(front) & set("\t\r\n\0"):
        return f"'{bare}" if bare else ""
    return kept


def _plainly_harmless(text: str) -> bool:
    """Tell of most cells, in little time, that nothing in them is hidden or begins a formula."""
    return text[:1].isalnum() and text[0] not in BLANK and text.isprintable()


def _cell(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, int | float) else harmless(str(value))


def _unseen(character: str) -> bool:
    """Tell whether nothing is drawn for it by itself: controls, spaces, marks, blanks."""
    return unicodedata.category(character) in UNSEEN or character in BLANK
