"""What is wrong with an author's form: where it stands, and in the author's own words.

The converter's messages are told again with sheet, row and column: those of
``pyxform.errors.ErrorCode`` in words of our own, any other in its words, put in its place.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.forms.sheets import Sheets


LONGEST = 600  # characters of a converter's message that are looked at


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend: sheet, row as the spreadsheet counts it, heading of the column, words."""

    words: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """The place and the words: ``sheet “survey”, row 3, column “type”: …``."""
        places = [
            _("sheet “%(sheet)s”") % {"sheet": self.sheet} if self.sheet else "",
            _("row %(row)d") % {"row": self.row} if self.row else "",
            _("column “%(column)s”") % {"column": self.column} if self.column else "",
        ]
        place = ", ".join(part for part in places if part)
        return f"{place}: {self.words}" if place else self.words


class FaultyForm(WrongInput):
    """A form with faults: the sentence tells the first, ``faults`` all that were found."""

    def __init__(self, file_name: str, faults: Sequence[Fault]) -> None:
        """Keep the faults; ``file_name`` begins the sentence."""
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        rest = _(" (and %(number)d more)") % {"number": more} if more else ""
        super().__init__(f"{file_name}: {self.faults[0]}{rest}.")


def from_converter(error: Exception, sheets: "Sheets") -> Fault:
    """Return the converter's complaint as a fault in its place."""
    for code, pattern in _patterns().items():
        found = pattern.match(str(error)[:LONGEST])
        if found:
            return _with_code(code, found.groupdict())
    said = _joined(str(error).partition("Learn more:")[0]).rstrip(" .")
    row = re.match(r"\[row ?: ?(\d+)\]\s*", said)
    if row:
        return _with_row(said[row.end() :], int(row[1]), sheets)
    return _without_row(said, sheets)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return what the converter's message under each code looks like, made from its own words."""
    from pyxform.errors import ErrorCode

    return {code: _pattern(ErrorCode[code].value.msg) for code in _SAID}


def _pattern(template: str) -> re.Pattern[str]:
    """Return ``template`` as a pattern; a part in braces is a group, and short."""
    parts = re.split(r"\{(\w+)\}", template.replace("{{", "\0").replace("}}", "\1"))
    seen: set[str] = set()
    out = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            out.append(re.escape(part.replace("\0", "{").replace("\1", "}")))
        else:
            out.append(r".{0,60}?" if part in seen else rf"(?P<{part}>.{{0,60}}?)")
            seen.add(part)
    return re.compile("".join(out) + r"\s*\Z")


def _with_code(name: str, context: Mapping[str, Any]) -> Fault:
    sheet, column, say = _SAID[name]
    row = context.get("row")
    return Fault(
        sheet=str(context.get("sheet") or sheet), column=str(context.get("column") or column),
        row=int(row) if row else None, words=say(context),
    )  # fmt: skip


def _with_row(words: str, row: int, sheets: "Sheets") -> Fault:
    sheet = re.match(r"On the '(\w+)' sheet, ", words)
    words = words[sheet.end() :] if sheet else words
    column = re.match(
        r"the '([\w:() ]{1,80})' value (?:'.{0,80}' )?is (?:invalid|problematic)\.? ?", words
    )
    words = words[column.end() :] if column else words
    name = sheet[1] if sheet else "survey"
    return Fault(
        sheet=name, row=row, column=sheets.heading(name, column[1]) if column else "",
        words=_one_sentence(words) or _("the value is not valid"),
    )  # fmt: skip


def _without_row(said: str, sheets: "Sheets") -> Fault:
    unknown = re.match(r"Unknown question type '(.{1,80})'", said)
    if unknown:
        row = sheets.row_with("type", unknown[1])
        return Fault(sheet="survey", row=row, column="type", words=_one_sentence(said))
    unlabelled = re.match(r"The survey element named '(.{1,120}?)' has no label", said)
    if unlabelled:
        return Fault(
            sheet="survey", row=sheets.row_with("name", unlabelled[1]), column="label",
            words=_("the question “%(name)s” has no words, expected a label or a hint")
            % {"name": unlabelled[1]},
        )  # fmt: skip
    unnamed = re.search(r"survey element named '(.{1,120}?)'", said)
    if unnamed:
        row = sheets.row_with("name", unnamed[1])
        return Fault(sheet="survey", row=row, words=_one_sentence(said))
    return Fault(words=_one_sentence(said))


def _joined(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _one_sentence(words: str) -> str:
    return re.sub(r"\.\s+(?=[A-Z])", "; ", words).strip().rstrip(" .")


def not_among(said: str, known: Iterable[str], what: str, *, like: str = "") -> str:
    """Say that ``said`` is not ``what``, with the one that is nearest to it, or to ``like``."""
    near = nearest(like or said[:60], known, cutoff=CLEARLY_A_SLIP)
    words = _("%(shown)s is %(what)s") % {"shown": f"“{said[:60]}”", "what": what}
    if near:
        return _("%(words)s; the nearest is “%(near)s”") % {"words": words, "near": near}
    return words


def name_rule() -> str:
    """Return what a name must be, in words."""
    return _(
        "is no name; expected a letter or “_” first, then letters, digits, “_”, “-” or “.”, "
        "without spaces"
    )


def _opened(context: Mapping[str, Any]) -> str:
    words = _("“begin_%(type)s” of “%(name)s” is never ended, expected “end_%(type)s” after it")
    return words % {"type": context.get("type"), "name": context.get("name")}


def _ended(context: Mapping[str, Any]) -> str:
    return _("“end_%(type)s” ends nothing here, expected “begin_%(type)s” before it") % {
        "type": context.get("type")
    }


_Say = Callable[[Mapping[str, Any]], str]
_SAID: dict[str, tuple[str, str, _Say]] = {
    "HEADER_002": ("", "", lambda c: _(
        "sheet “%(sheet)s”: “%(one)s” and “%(other)s” name the same column; keep one"
        ) % {"sheet": c.get("sheet_name"), "one": c.get("other"), "other": c.get("header")}),
    "HEADER_003": ("", "", lambda c: _(
        "sheet “%(sheet)s”: no column %(missing)s in its first row") % {
        "sheet": c.get("sheet_name"), "missing": c.get("missing")}),
    "HEADER_004": ("choices", "", lambda _c: _("the heading is empty or holds spaces")),
    "LABEL_001": ("choices", "label", lambda _c: _("the choice has no words, expected a label")),
    "NAMES_001": ("survey", "name", lambda c: _(
        "“%(name)s” is used twice in the same group; every question needs a name of its own"
        ) % {"name": c.get("value")}),
    "NAMES_003": ("survey", "name", lambda c: _(
        "a repeat may not be named “%(name)s” as the form itself is") % {"name": c.get("value")}),
    "NAMES_004": ("survey", "name", lambda c: _(
        "another repeat is named “%(name)s” too") % {"name": c.get("value")}),
    "NAMES_005": ("survey", "name", lambda _c: _("“meta” is kept for the form itself")),
    "NAMES_006": ("choices", "name", lambda _c: _("the choice has no name")),
    "NAMES_007": ("choices", "name", lambda _c: _("this list has a choice of that name already")),
    "NAMES_008": ("survey", "name", lambda _c: name_rule()),
    "PYREF_001": ("survey", "", lambda _c: _(
        "a reference is not written as ${name}, with both braces")),
    "PYREF_003": ("survey", "", lambda c: _(
        "${%(name)s} names no question of this form") % {"name": c.get("q")}),
    "PYREF_004": ("survey", "", lambda c: _(
        "${%(name)s} could be several questions; give each a name of its own"
        ) % {"name": c.get("q")}),
    "RANGE_001": ("survey", "parameters", lambda c: _(
        "“%(name)s” of a range must be a number") % {"name": c.get("name")}),
    "SURVEY_001": ("survey", "type", _ended),
    "SURVEY_002": ("survey", "type", _opened),
    "SURVEY_004": ("survey", "parameters", lambda _c: _("expected key=value, a space between two")),
    "SURVEY_005": ("survey", "parameters", lambda c: _(
        "“%(rejected)s” is not known for this type; expected %(accepted)s"
        ) % {"rejected": c.get("rejected"), "accepted": c.get("accepted")}),
}  # fmt: skip
