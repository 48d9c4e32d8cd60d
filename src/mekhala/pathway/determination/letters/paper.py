"""Papers as PDF: tagged for screen readers (PDF/UA-1), to be kept (PDF/A-2a), always the same.

Typst breaks Khmer and Thai lines between words, with the fonts we ship and no others; it
refuses a text with a sign that none of them holds, so that no paper goes out with empty boxes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from mekhala.pathway.determination.letters.errors import CannotBePrinted

LETTER = Path(__file__).with_name("letter.typ")
FONTS = "pdf-fonts"
_NO_GLYPH = "could not be displayed"


def letter_pdf(content: Mapping[str, Any]) -> bytes:
    """Return a letter as PDF. Raises ``CannotBePrinted`` for a sign in none of our fonts."""
    return paper(LETTER, {"letter": json.dumps(content, ensure_ascii=False, sort_keys=True)})


def paper(template: Path, inputs: dict[str, str]) -> bytes:
    """Return the paper a Typst template makes of ``inputs``: the same bytes for the same ones."""
    import typst

    try:
        made: bytes | None = typst.compile(
            template, font_paths=fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"],
        )  # fmt: skip
    except typst.TypstError as wrong:
        if _NO_GLYPH not in str(wrong):
            raise
        raise CannotBePrinted from None  # the text itself goes into no log
    assert isinstance(made, bytes)
    return made


def fonts() -> list[Path]:
    """Return the folder of the shipped fonts; those of the machine are never used."""
    return [settings.BUILT / FONTS]
