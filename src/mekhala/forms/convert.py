"""An author's file in, an XForm out; what is wrong with it is said in one sentence.

XLSForms go through pyxform; XForms are taken as they are. Bounds on files: R-50, R-53.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Never

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import expressions
from mekhala.forms.safe_xml import CONVERTED, SENT, text_of
from mekhala.forms.xform import XForm, read_xform
from mekhala.safeguards.uploads import LARGEST
from mekhala.safeguards.uploads.archives import check_workbook
from mekhala.safeguards.uploads.names import plain_name

_BEGINS = {".xlsx": b"PK\x03\x04", ".xls": b"\xd0\xcf\x11\xe0"}
KINDS = (".xlsx", ".xls", ".md", ".xml")


@dataclass(frozen=True, kw_only=True)
class Converted:
    """An XForm ready to be handed out: its exact text, and the same, read."""

    text: str
    form: XForm


def to_xform(content: bytes, file_name: str) -> Converted:
    """Return the XForm in or made from ``content``, whose kind is told by ``file_name``.

    Raises ``WrongInput``: one sentence for the author naming file, sheet, row or column.
    """
    kind = PurePath(plain_name(file_name)).suffix.lower()
    if kind not in KINDS:
        _wrong(file_name, _("expected a file ending in %(kinds)s") % {"kinds": ", ".join(KINDS)})
    if len(content) > LARGEST:
        _wrong(file_name, _("larger than 10 MB"))
    if kind == ".xml":
        text, bounds = text_of(content, file_name=file_name), SENT
    else:
        text, bounds = _from_sheets(content, file_name, kind), CONVERTED
    form = read_xform(text.encode(), file_name=file_name, bounds=bounds)
    _check_lengths(form, file_name)
    _check_expressions(form, file_name)
    return Converted(text=text, form=form)


def _wrong(file_name: str, what: str) -> Never:
    raise WrongInput(f"{file_name}: {what}.")


def _from_sheets(content: bytes, file_name: str, kind: str) -> str:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    sheets = _sheets(content, file_name, kind)
    try:
        return str(convert(sheets).xform)
    except PyXFormError as error:
        _wrong(file_name, _one_sentence(str(error), sheets))
    except Exception as error:  # a form no converter foresaw is still the author's to mend
        raise WrongInput(
            _("%(file)s: the form could not be converted (%(why)s), expected an XLSForm.")
            % {"file": file_name, "why": _joined(str(error))[:120] or type(error).__name__}
        ) from error


def _sheets(content: bytes, file_name: str, kind: str) -> dict[str, Any]:
    """Return the sheets as pyxform reads them, the file's name standing in for a missing id."""
    from pyxform.xls2json_backends import get_xlsform

    if not content.startswith(_BEGINS.get(kind, b"")):
        _wrong(
            file_name, _("the content is not that of a file ending in %(kind)s") % {"kind": kind}
        )
    if kind == ".xlsx":
        check_workbook(content, file_name=file_name)
    try:
        read = get_xlsform(content, file_type=kind)
    except Exception as error:  # the workbook readers raise whatever a broken byte leads to
        raise WrongInput(
            _("%(file)s: cannot be read as %(kind)s, expected one that opens without repair.")
            % {"file": file_name, "kind": kind}
        ) from error
    sheets = {name: getattr(read, name) for name in read.__dataclass_fields__}
    if not sheets.get("survey"):
        _wrong(file_name, _("no rows on a sheet “survey”, expected the questions there"))
    return sheets | {"fallback_form_name": _id_from(file_name)}


def _id_from(file_name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", PurePath(file_name).stem) or "form"


def _one_sentence(message: str, sheets: dict[str, Any]) -> str:
    """Return the converter's message as part of one sentence that names sheet and row."""
    said = _joined(message.partition("Learn more:")[0]).rstrip(" .")
    said = re.sub(r"\.\s+(?=[A-Z])", "; ", said)
    row = re.match(r"\[row : (\d+)\]\s*", said)
    if row:
        words = said[row.end() :]
        sheet = re.match(r"On the '(\w+)' sheet, ", words)
        words = words[sheet.end() :] if sheet else words
        return _at(sheet[1] if sheet else "survey", int(row[1]), words)
    unknown = re.match(r"Unknown question type '(.+)'", said)
    if unknown:
        return _at("survey", _row_with("type", unknown[1], sheets), said)
    unnamed = re.search(r"survey element named '(.+?)'", said)
    return _at("survey", _row_with("name", unnamed[1], sheets), said) if unnamed else said


def _joined(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _at(sheet: str, row: int | None, words: str) -> str:
    if row is None:
        return _("sheet “%(sheet)s”: %(words)s") % {"sheet": sheet, "words": words}
    return _("sheet “%(sheet)s”, row %(row)d: %(words)s") % {
        "sheet": sheet, "row": row, "words": words,
    }  # fmt: skip


def _row_with(column: str, value: str, sheets: dict[str, Any]) -> int | None:
    """Return the row of the survey sheet as a spreadsheet counts it, the heading being row 1."""
    rows = enumerate(sheets["survey"], start=2)
    return next((n for n, row in rows if str(row.get(column, "")).strip() == value), None)


def _check_expressions(form: XForm, file_name: str) -> None:
    for path, column, text in form.expressions():
        try:
            expressions.check(text)
        except expressions.Malformed as error:
            _wrong(
                file_name,
                _("question “%(name)s”, column “%(column)s”: the expression is not well formed "
                  "near “%(near)s”") % {"name": path, "column": column, "near": error},
            )  # fmt: skip


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
