"""Slips the converter passes over in silence, so that a form would ask something else than meant.

A misspelt heading is read as a column of the author's own, a misspelt sheet as one of notes; a
filter by a column that is not there shows no choice to anybody. Told only where it is clear.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.forms import expressions
from mekhala.forms.faults import Fault, not_among
from mekhala.forms.sheets import Row, Sheets, column_of

READ = ("survey", "choices", "settings", "external_choices", "entities", "osm")
# What an author looks for by these names; other headings are columns of the author's own.
HEADINGS = (
    "type", "name", "label", "hint", "guidance_hint", "relevant", "constraint",
    "constraint_message", "required", "required_message", "default", "calculation", "appearance",
    "choice_filter", "parameters", "repeat_count", "read_only", "trigger", "image", "audio",
    "video", "big-image", "autoplay", "save_to",
)  # fmt: skip
_TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message",
               "image", "audio", "video", "big-image")  # fmt: skip
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_REFERENCE = re.compile(r"\$\{[^{}]{1,200}\}")
STRAIGHT = str.maketrans(
    "‘’“”", "''\"\""
)  # a word processor's quotes; the converter mends them too
_ASKED = ("relevant", "constraint", "calculation", "repeat_count", "required", "read_only")


def slips_in(sheets: Sheets) -> Iterator[Fault]:
    """Yield each slip: sheets, headings, the language shown first, filters, words alone."""
    yield from _sheets(sheets)
    yield from _headings(sheets)
    yield from _first_language(sheets)
    yield from _filters(sheets)
    yield from _alone(sheets)


def _sheets(sheets: Sheets) -> Iterator[Fault]:
    there = {name.lower() for name in sheets.names}
    for name in sheets.names:
        if name.lower() in READ or name.startswith("_"):
            continue
        near = nearest(name, READ, cutoff=CLEARLY_A_SLIP)
        if near and near not in there:
            words = _("no form is read from a sheet of this name; the nearest is “%(near)s”")
            yield Fault(sheet=name[:60], words=words % {"near": near})


def _headings(sheets: Sheets) -> Iterator[Fault]:
    known = _known_headings()
    there = {column_of(heading) for heading in sheets.headings("survey")}
    for heading in sheets.headings("survey"):
        column = column_of(heading)
        near = nearest(column, HEADINGS, cutoff=CLEARLY_A_SLIP)
        if column in known or not near or (near in there and not _of_a_language(heading)):
            continue
        shown = {"heading": heading[:60], "near": near}
        words = _("“%(heading)s” is no column of a form; the nearest is “%(near)s”") % shown
        yield Fault(sheet="survey", row=1, column=heading[:60], words=words)


def _known_headings() -> set[str]:
    from pyxform import aliases

    return {column_of(name) for name in aliases.survey_header} | set(HEADINGS)


def _of_a_language(heading: str) -> bool:
    return "::" in heading


def _first_language(sheets: Sheets) -> Iterator[Fault]:
    row = next(iter(sheets.settings), None)
    said = row.cell("default_language") if row else None
    languages = _languages(sheets)
    if row is None or said is None or not languages or said.text in languages:
        return
    yield Fault(
        sheet=row.sheet, row=row.number, column=said.heading,
        words=not_among(said.text, languages, _("no language of this form")),
    )  # fmt: skip


def _languages(sheets: Sheets) -> list[str]:
    """The languages the headings name; none where words stand in no named one as well."""
    found: list[str] = []
    for sheet in ("survey", "choices"):
        for heading in sheets.headings(sheet):
            if column_of(heading) not in _TRANSLATED:
                continue
            if not _of_a_language(heading):
                return []
            found.append(heading.rpartition("::")[2].strip())
    return list(dict.fromkeys(found))


def _filters(sheets: Sheets) -> Iterator[Fault]:
    columns = {column_of(h) for h in sheets.headings("choices")}
    columns |= {h.strip() for h in sheets.headings("choices")}
    lists = {row.text("list_name") for row in sheets.choices}
    for row in sheets.survey:
        cell = row.cell("choice_filter")
        if cell is None or not lists & set(_list_named(row)):
            continue
        for name in _names_in(cell.text):
            if name not in columns:
                words = not_among(name, columns, _("no column of the sheet “choices”"))
                yield Fault(sheet=row.sheet, row=row.number, column=cell.heading, words=words)


def _list_named(row: Row) -> list[str]:
    """The words of the type of a question that is answered from the sheet of choices."""
    kind = row.text("type")
    return [] if "from_file" in kind or "external" in kind else kind.split()[1:]


def _names_in(expression: str) -> list[str]:
    """The columns a filter names; none where it walks through other parts of the form."""
    try:
        found = expressions.tokens(_REFERENCE.sub(" '' ", expression.translate(STRAIGHT)))
    except expressions.Malformed:
        return []  # told of apart
    if {"/", "//", "[", "::", ".."} & {text for kind, text in found if kind == "sign"}:
        return []
    after = [text for _kind, text in found[1:]] + [""]
    names = (
        text
        for (kind, text), following in zip(found, after, strict=True)
        if kind == "name" and following != "(" and text not in _OPERATORS
    )
    return list(dict.fromkeys(names))


def _alone(sheets: Sheets) -> Iterator[Fault]:
    """Names without ``${}`` and words without quotes: a phone reads them as a way to nothing."""
    from pyxform import aliases

    names = {row.text("name") for row in sheets.survey}
    for row in sheets.survey:
        for cell in row.cells:
            if cell.column not in _ASKED or cell.text in aliases.yes_no:
                continue
            for name in _names_in(cell.text):
                yield Fault(
                    sheet=row.sheet, row=row.number, column=cell.heading,
                    words=_as_meant(name, names),
                )  # fmt: skip


def _as_meant(name: str, names: set[str]) -> str:
    if name in names:
        return _("“%(name)s” stands alone; an answer is asked for as “%(as)s”") % {
            "name": name[:60], "as": f"${{{name[:60]}}}",
        }  # fmt: skip
    return _("“%(name)s” stands alone; a word is written in quotes, as “%(as)s”") % {
        "name": name[:60], "as": f"'{name[:60]}'",
    }  # fmt: skip
