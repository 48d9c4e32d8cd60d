"""Faults an author can mend, all at once: looked for on the sheets, before anything is converted.

The converter stops at its first complaint; here every row is read. What only the converter can
tell is left to it. Rules: xlsform.org reference; names and references as in pyxform.
"""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.forms import expressions
from mekhala.forms.faults import Fault, name_rule, not_among
from mekhala.forms.question_types import CONTROL, is_known, kinds, selects, word_of
from mekhala.forms.sheets import Cell, Row, Sheets, column_of
from mekhala.forms.slips import STRAIGHT, slips_in

EXPRESSIONS = ("relevant", "constraint", "calculation", "repeat_count", "choice_filter")
REFERRING = (*EXPRESSIONS, "label", "hint", "constraint_message", "required_message", "default",
             "required", "trigger")  # fmt: skip
NOT_VERIFIED = ("false", "no", "0")  # as spreadsheets write it
_SHEETS = ("survey", "choices", "settings")
MOST = {"form_id": 120, "version": 80, "form_title": 200, "title_in": 200, "based_on": 1000,
        "note": 1000}  # fmt: skip
_REFERENCE = re.compile(r"\$\{\s{0,9}(?:last-saved#)?([^{}]{1,200}?)\s{0,9}\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?")


def faults_in(sheets: Sheets) -> list[Fault]:
    """Return the faults in the order of sheets and rows, empty where none was found."""
    if not sheets.survey:
        return [_no_survey(sheets)]
    headless = list(_headings(sheets))
    if headless:
        return headless
    found = (
        *_types(sheets), *_names(sheets), *_nesting(sheets), *_references(sheets),
        *_expressions(sheets), *_choices(sheets), *_settings(sheets), *slips_in(sheets),
    )  # fmt: skip
    return sorted(found, key=_place)


def _place(fault: Fault) -> tuple[int, int]:
    """Where a fault stands: a sheet that is read by another name comes first."""
    order = _SHEETS.index(fault.sheet) if fault.sheet in _SHEETS else -1
    return order, fault.row or 0


def _no_survey(sheets: Sheets) -> Fault:
    found = ", ".join(f"“{name}”" for name in sheets.names)
    words = _("no rows on a sheet “survey”, expected the questions there")
    if found:
        words = _("%(words)s; the sheets of this file are %(found)s") % {
            "words": words, "found": found,
        }  # fmt: skip
    return Fault(words=words)


def _headings(sheets: Sheets) -> Iterator[Fault]:
    needed = {"survey": ("type", "name"), "choices": ("list_name", "name")}
    for sheet, columns in needed.items():
        headings = {column_of(h) for h in sheets.headings(sheet)}
        if sheet == "choices" and not sheets.choices:
            continue
        for column in columns:
            if headings and column not in headings:
                yield Fault(
                    sheet=sheet, row=1,
                    words=_("no column “%(column)s”, expected its heading in the first row")
                    % {"column": column},
                )  # fmt: skip


def _at(row: Row, cell: Cell | None, words: str, *, column: str = "") -> Fault:
    heading = cell.heading if cell else column
    return Fault(sheet=row.sheet, row=row.number, column=heading, words=words)


def _types(sheets: Sheets) -> Iterator[Fault]:
    lists = {row.text("list_name") for row in sheets.choices}
    for row in sheets.survey:
        kind = row.cell("type")
        if kind is None:
            if row.cell("name"):
                yield _at(row, None, _("the row has a name and no type"), column="type")
            continue
        select = selects(kind.text)
        if select is not None:
            yield from _list_of(row, kind, select, lists)
        elif not is_known(kind.text):
            words = not_among(kind.text, kinds(), _("no type of question"), like=word_of(kind.text))
            yield _at(row, kind, words)


def _list_of(row: Row, kind: Cell, written: str, lists: set[str]) -> Iterator[Fault]:
    """Look for the choices a question names behind its type."""
    name = written.split(maxsplit=1)[0] if written else ""
    from_file = re.match(r"select[ _](?:one|multiple)[ _]from[ _]file", kind.text)
    if not name:
        yield _at(row, kind, _("no list named behind the type, expected “select_one LIST”"))
    elif from_file or name.startswith("${") or name in lists or "external" in kind.text:
        return
    else:
        yield _at(
            row, kind,
            not_among(name, lists, _("no list on the sheet “choices”")),
        )  # fmt: skip


def _is_setting(row: Row) -> bool:
    from pyxform import aliases

    return row.text("type") in aliases.settings_header


def _given_names(sheets: Sheets) -> set[str]:
    return {row.text("name") for row in sheets.survey if row.cell("name") and not _is_setting(row)}


def _names(sheets: Sheets) -> Iterator[Fault]:
    unnamed = {"note", "audit"}
    for row in sheets.survey:
        kind, name = row.text("type"), row.cell("name")
        if not kind or (kind.startswith("end") and CONTROL.match(kind)) or _is_setting(row):
            continue
        if name is None and kind not in unnamed:
            yield _at(row, None, _("the question or group has no name"), column="name")
        elif name is not None and not _NAME.fullmatch(name.text):
            yield _at(row, name, _("“%(name)s” %(rule)s") % {
                "name": name.text[:60], "rule": name_rule()})  # fmt: skip


def _nesting(sheets: Sheets) -> Iterator[Fault]:
    """Look for groups ended twice or never, and for names used twice in one group."""
    opened: list[Row] = []
    seen: list[dict[str, int]] = [{}]
    for row in sheets.survey:
        control = CONTROL.match(row.text("type"))
        if control and control[1] == "end":
            if not opened:
                yield _at(row, row.cell("type"), _("ends a group, and none is open here"))
                continue
            yield from _other_end(row, opened.pop(), control[2])
            seen.pop()
            continue
        yield from _used_twice(row, seen[-1])
        if control:
            opened.append(row)
            seen.append({})
    for row in opened:
        yield _at(row, row.cell("type"), _("the group begins here and is never ended"))


def _other_end(row: Row, begun: Row, ends: str) -> Iterator[Fault]:
    begins = (CONTROL.match(begun.text("type")) or ["", "", ""])[2]
    if begins != ends:
        yield _at(
            row, row.cell("type"),
            _("ends a %(ends)s where a %(begins)s of row %(row)d is open")
            % {"ends": ends, "begins": begins, "row": begun.number},
        )  # fmt: skip


def _used_twice(row: Row, seen: dict[str, int]) -> Iterator[Fault]:
    name = row.cell("name")
    if name is None or _is_setting(row):
        return
    if name.text in seen:
        yield _at(
            row, name,
            _("“%(name)s” is used in row %(row)d of the same group already")
            % {"name": name.text[:60], "row": seen[name.text]},
        )  # fmt: skip
    seen.setdefault(name.text, row.number)


def _references(sheets: Sheets) -> Iterator[Fault]:
    names = _given_names(sheets)
    for row in sheets.survey:
        for cell in row.cells:
            if cell.column not in REFERRING:
                continue
            for name in dict.fromkeys(_REFERENCE.findall(cell.text)):
                if name not in names:
                    shown = f"${{{name[:60]}}}"
                    near = nearest(name, names, cutoff=CLEARLY_A_SLIP)
                    words = _("%(shown)s names no question of this form") % {"shown": shown}
                    if near:
                        words = _("%(words)s; the nearest is “%(near)s”") % {
                            "words": words, "near": f"${{{near}}}",
                        }  # fmt: skip
                    yield _at(row, cell, words)


def _expressions(sheets: Sheets) -> Iterator[Fault]:
    for row in sheets.survey:
        for cell in row.cells:
            if cell.column in EXPRESSIONS:
                words = said_of(_REFERENCE.sub(" a ", cell.text.translate(STRAIGHT)))
                if words:
                    yield _at(row, cell, words.replace(" a ", "${…}"))


def said_of(expression: str) -> str:
    """Return what is wrong with an expression, in words; empty where nothing is."""
    try:
        expressions.check(expression)
        unknown = expressions.unknown_function(expression)
    except expressions.Malformed as error:
        return _("the expression is not well formed near “%(near)s”") % {"near": error}
    if not unknown:
        return ""
    near = nearest(unknown, expressions.FUNCTIONS, cutoff=CLEARLY_A_SLIP)
    words = _("“%(name)s()” is no function of forms") % {"name": unknown[:60]}
    if near:
        words = _("%(words)s; the nearest is “%(near)s”") % {"words": words, "near": f"{near}()"}
    return words


def _choices(sheets: Sheets) -> Iterator[Fault]:
    several = {
        (selects(row.text("type")) or "?").split()[0]
        for row in sheets.survey
        if "multiple" in row.text("type") or "all that apply" in row.text("type")
    }
    seen: Counter[tuple[str, str]] = Counter()
    may_repeat = any(
        r.text("allow_choice_duplicates").lower() in ("yes", "true") for r in sheets.settings
    )
    for row in sheets.choices:
        listed, name = row.text("list_name"), row.cell("name")
        if not listed:
            continue  # a row of notes; the converter leaves it out as well
        if name is None:
            yield _at(row, None, _("the choice has no name"), column="name")
            continue
        seen[listed, name.text] += 1
        if seen[listed, name.text] > 1 and not may_repeat:
            yield _at(row, name, _("the list “%(list)s” has “%(name)s” already") % {
                "list": listed, "name": name.text[:60]})  # fmt: skip
        if " " in name.text and listed in several:
            yield _at(row, name, _("“%(name)s” holds a space, which parts two answers") % {
                "name": name.text[:60]})  # fmt: skip


def _settings(sheets: Sheets) -> Iterator[Fault]:
    for row in sheets.settings[:1]:
        for cell in row.cells:
            most = MOST.get(cell.column)
            if most and len(cell.text) > most:
                yield _at(row, cell, _("longer than %(most)d characters") % {"most": most})
            if cell.column == "form_title" and cell.language:
                yield _at(
                    row, cell,
                    _("a title in one language stands under “title_in::%(language)s”: other "
                      "programs stumble over this heading") % {"language": cell.language},
                )  # fmt: skip
        said = row.cell("verified")
        if said and said.text.lower() not in NOT_VERIFIED:
            yield _at(
                row, said,
                _("expected “false”: that an authority adopted a form is recorded on its page"),
            )  # fmt: skip
