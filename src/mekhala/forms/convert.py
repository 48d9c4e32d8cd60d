"""An author's file in, an XForm out; what is wrong with it is said in one sentence.

XLSForms go through pyxform; XForms are taken as they are. Bounds on files: R-50, R-53.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Never

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.author_checks import faults_in, said_of
from mekhala.forms.faults import Fault, FaultyForm, from_converter
from mekhala.forms.loops import loop_in
from mekhala.forms.safe_xml import CONVERTED, SENT, text_of
from mekhala.forms.sheets import Row, Sheets
from mekhala.forms.xform import XForm, read_xform
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.archives import check_workbook
from mekhala.safeguards.uploads.names import plain_name

_BEGINS = {".xlsx": b"PK\x03\x04", ".xls": b"\xd0\xcf\x11\xe0"}
_TRANSLATED = {"title": "title_in", "based_on": "based_on", "note": "note"}  # see titles.py
KINDS = (".xlsx", ".xls", ".md", ".xml")


@dataclass(frozen=True, kw_only=True)
class Converted:
    """An XForm ready to be handed out: its exact text, the same, read, and what it rests on.

    ``based_on`` and ``note`` stand on the settings sheet, and so does what the form is called and
    rests on ``in_languages`` (see ``titles.py``); an XForm has none.
    """

    text: str
    form: XForm
    based_on: str = ""
    note: str = ""
    in_languages: dict[str, dict[str, str]] = field(default_factory=dict)


def to_xform(content: bytes, file_name: str) -> Converted:
    """Return the XForm in or made from ``content``, whose kind is told by ``file_name``.

    Raises ``WrongInput``: one sentence for the author naming file, sheet, row or column.
    """
    kind = PurePath(plain_name(file_name)).suffix.lower()
    if kind not in KINDS:
        _wrong(file_name, _("expected a file ending in %(kinds)s") % {"kinds": ", ".join(KINDS)})
    if len(content) > LARGEST:
        _wrong(file_name, _("larger than 10 MB"))
    told: dict[str, Any] = {}
    sheets = None
    if kind == ".xml":
        text, bounds = text_of(content, file_name=file_name), SENT
    else:
        sheets = read_sheets(content, file_name)
        text, bounds, told = _from_sheets(sheets, file_name), CONVERTED, _told(sheets)
    form = read_xform(text.encode(), file_name=file_name, bounds=bounds)
    _check_lengths(form, file_name)
    _check_expressions(form, file_name)
    _check_loops(form, file_name, sheets)
    return Converted(text=text, form=form, **told)


def _wrong(file_name: str, what: str) -> Never:
    raise WrongInput(f"{file_name}: {what}.")


def _told(sheets: Sheets) -> dict[str, Any]:
    """Return what the settings sheet says of the form itself, plain and in its languages."""
    if not sheets.settings:
        return {}
    row = sheets.settings[0]
    told: dict[str, Any] = {column: row.plain(column) for column in ("based_on", "note")}
    return told | {"in_languages": _in_languages(row)}


def _in_languages(row: Row) -> dict[str, dict[str, str]]:
    """Return language → part → words; only what is there."""
    found: dict[str, dict[str, str]] = {}
    for part, column in _TRANSLATED.items():
        for language, words in row.in_languages(column).items():
            found.setdefault(language, {})[part] = words
    return found


def _from_sheets(sheets: Sheets, file_name: str) -> str:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    faults = faults_in(sheets)
    if faults:
        raise FaultyForm(file_name, faults)
    try:
        return str(convert({**sheets.read, "fallback_form_name": _id_from(file_name)}).xform)
    except PyXFormError as error:
        raise FaultyForm(file_name, [from_converter(error, sheets)]) from error
    except Exception as error:  # a form no converter foresaw is still the author's to mend
        raise WrongInput(
            _("%(file)s: the form could not be converted (%(why)s), expected an XLSForm.")
            % {"file": file_name, "why": " ".join(str(error).split())[:120] or type(error).__name__}
        ) from error


def read_sheets(content: bytes, file_name: str) -> Sheets:
    """Return the sheets of a workbook or Markdown table; ``WrongInput`` where it is none."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    kind = PurePath(file_name).suffix.lower()
    if not content.startswith(_BEGINS.get(kind, b"")):
        _wrong(
            file_name, _("the content is not that of a file ending in %(kind)s") % {"kind": kind}
        )
    if kind == ".xlsx":
        check_workbook(content, file_name=file_name)
    try:
        read = get_xlsform(content, file_type=kind)
    except Exception as error:  # the workbook readers raise whatever a broken byte leads to
        twice = re.match(r"Duplicate column header: (.{1,80})", str(error))
        if twice and isinstance(error, PyXFormError):
            raise FaultyForm(file_name, [_headed_twice(twice[1])]) from error
        raise WrongInput(
            _("%(file)s: cannot be read as %(kind)s, expected one that opens without repair.")
            % {"file": file_name, "kind": kind}
        ) from error
    return Sheets({name: getattr(read, name) for name in read.__dataclass_fields__})


def _headed_twice(heading: str) -> Fault:
    words = _("two columns of one sheet have the heading “%(heading)s”; keep one")
    return Fault(row=1, words=words % {"heading": heading})


def _id_from(file_name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", PurePath(file_name).stem) or "form"


def _check_expressions(form: XForm, file_name: str) -> None:
    for path, column, text in form.expressions():
        words = said_of(text)
        if words:
            _wrong(
                file_name,
                _("question “%(name)s”, column “%(column)s”: %(words)s")
                % {"name": path, "column": column, "words": words},
            )


def _check_loops(form: XForm, file_name: str, sheets: Sheets | None) -> None:
    """Refuse a form ODK Collect would not open; told at the question where the loop begins."""
    way = loop_in(form)
    if not way:
        return
    names = [path.rpartition("/")[2] for path in way]
    words = _("“%(name)s” depends on itself: %(way)s. Phones do not open such a form") % {
        "name": names[0], "way": ", ".join(names),
    }  # fmt: skip
    if sheets is None:
        raise FaultyForm(file_name, [Fault(words=words)])
    columns = [column for path, column, _text in form.expressions() if path == way[0]]
    told = Fault(
        words=words, sheet="survey", row=sheets.row_with("name", names[0]),
        column="relevant" if "relevant" in columns else "calculation",
    )  # fmt: skip
    raise FaultyForm(file_name, [told])


def _check_lengths(form: XForm, file_name: str) -> None:
    for column, value, most in (
        ("form_id", form.form_id, 120),
        ("version", form.version, 80),
        ("form_title", form.title, 200),
    ):
        if len(value) > most:
            _wrong(
                file_name,
                _("sheet “settings”, column “%(column)s”: longer than %(most)d characters")
                % {"column": column, "most": most},
            )
