"""Practice: a form's twin, whose answers carry in themselves that they were filled to learn.

The twin is the form as it is handed out, under an id of its own (``practice-card``) and a title
that says so. Whichever way its answers come, sealed, in parts, late, they name that id.
"""

import re
from functools import lru_cache

from mekhala.forms.answers import PREFIX
from mekhala.forms.models import FormVersion
from mekhala.forms.safe_xml import CONVERTED
from mekhala.forms.titles import handed_text
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


def practice_xform(version: FormVersion, code: str = "") -> str | None:
    """Return the text of a version's twin; None where its id stands where none is found.

    Its title is in the language with this code, as in ``handed_text``.
    """
    return _twin(handed_text(version, code), version.form.form_id)


@lru_cache(maxsize=MOST_KEPT)
def _twin(xform: str, form_id: str) -> str | None:
    text = _ID.sub(rf"\g<1>{PREFIX}", xform, count=1)
    text = _TITLE.sub(rf"\g<1>{TITLE}", text, count=1)
    read = read_xform(text.encode(), file_name=form_id, bounds=CONVERTED)
    return text if read.form_id == practice_id(form_id) else None
