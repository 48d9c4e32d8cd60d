"""Practice: a form's twin, whose answers carry in themselves that they were filled to learn.

The twin is the form as it is handed out, under an id of its own (``practice-card``) and a title
that says so. Whichever way its answers come, sealed, in parts, late, they name that id.
"""

import hashlib
import re
from functools import lru_cache

from mekhala.forms.answers import PREFIX
from mekhala.forms.models import FormVersion
from mekhala.forms.safe_xml import CONVERTED
from mekhala.forms.xform import read_xform

TITLE = "PRACTICE · ហ្វឹកហាត់: "  # in both languages at once: a title cannot be switched
MOST_KEPT = 64
_ID = re.compile(
    r"(<(?:[\w.-]{1,40}:)?instance(?:\s[^<>]{0,500})?>\s{0,1000}<[\w.:-]{1,200}(?=\s)[^<>]{0,1000}?"
    r"\sid\s?=\s?[\"'])"
)
_TITLE = re.compile(r"(<(?:[\w.-]{1,40}:)?title(?:\s[^<>]{0,500})?>)")


def practice_id(form_id: str) -> str:
    """Return the id of the twin of a form."""
    return PREFIX + form_id


def practice_xform(version: FormVersion) -> str | None:
    """Return the text of a version's twin; None where its id stands where none is found."""
    return _twin(version.sha256, version.xform, version.form.form_id)


@lru_cache(maxsize=MOST_KEPT)
def _twin(sha256: str, xform: str, form_id: str) -> str | None:  # noqa: ARG001 - what it is kept by
    text = _ID.sub(rf"\g<1>{PREFIX}", xform, count=1)
    text = _TITLE.sub(rf"\g<1>{TITLE}", text, count=1)
    read = read_xform(text.encode(), file_name=form_id, bounds=CONVERTED)
    return text if read.form_id == practice_id(form_id) else None


def practice_md5(version: FormVersion) -> str:
    """Return the digest OpenRosa asks for of the twin's text, empty where there is none."""
    text = practice_xform(version) or ""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest() if text else ""
