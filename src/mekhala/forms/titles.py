"""What a form is called and rests on, in the language of who reads.

XLSForm knows one title. Ours stand in the same row of the settings sheet under ``title_in::Khmer
(km)``, ``based_on::Khmer (km)`` and ``note::Khmer (km)``, which other programs leave alone. What a
language lacks is said in the form's own words.
"""

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.utils.translation import get_language

from mekhala.forms.preview import code_of
from mekhala.forms.xform import language_named

if TYPE_CHECKING:
    from mekhala.forms.models import FormVersion

MOST_KEPT = 64
_TITLE = re.compile(r"(<(?:[\w.-]{1,40}:)?title(?:\s[^<>]{0,500})?>)[^<]*")


def title_of(version: "FormVersion", *codes: str) -> str:
    """Return the title in the first of these languages that has one, else the form's own.

    Without ``codes``: in the language of the page.
    """
    return _said(version, "title", codes) or version.form.title


def based_on_of(version: "FormVersion", *codes: str) -> str:
    """Return what the form rests on, likewise."""
    return _said(version, "based_on", codes) or version.based_on


def note_of(version: "FormVersion", *codes: str) -> str:
    """Return its author's remark, likewise."""
    return _said(version, "note", codes) or version.note


def in_each(version: "FormVersion", part: str) -> dict[str, str]:
    """Return title, based_on or note by the code of each language that has it."""
    said = ((code_of(name), words.get(part)) for name, words in version.in_languages.items())
    return {code: words for code, words in said if code and words}


def handed_text(version: "FormVersion", code: str) -> str:
    """Return the XForm with its title in this language; else exactly as it is kept.

    Collect shows the title that stands in the form. The language is that of the phone's card,
    which stays, so that the text and its digest do.
    """
    words = _said(version, "title", (code,))
    return _titled(version.sha256, version.xform, words) if words else version.xform


@lru_cache(maxsize=MOST_KEPT)
def _titled(sha256: str, xform: str, words: str) -> str:  # noqa: ARG001 - what it is kept by
    title = escape(words)
    return _TITLE.sub(lambda found: found[1] + title, xform, count=1)


def md5_of(text: str) -> str:
    """Return the digest OpenRosa asks for: MD5 of the exact bytes handed out, not a safeguard."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _said(version: "FormVersion", part: str, codes: tuple[str, ...]) -> str:
    """Return a part in the first language that has it; empty: its own words are wanted or all.

    The language the form is written in needs no translation: its code ends the search.
    """
    own = code_of(next(iter(version.languages), ""))
    for code in codes or (get_language() or "",):
        language = language_named(list(version.in_languages), code)
        words = version.in_languages[language].get(part, "") if language else ""
        if words or code == own:
            return str(words)
    return ""
