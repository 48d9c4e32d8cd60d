"""A form as it is filled in by pen: numbered questions, boxes for choices, lines to write on.

Keyed in later by the same form, so that the numbers here are the order of its questions.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from mekhala.forms.outline import CALCULATION, GROUP, NOTE, REPEAT, outline
from mekhala.forms.preview import Shown, language_for, preview
from mekhala.forms.xform import XForm

MOST_CHOICES = 60  # a longer list is written out by hand
_NAMES = re.compile(r"[\w./-]+")


class Space(StrEnum):
    """What is left free for the pen."""

    NONE = "none"
    BOXES = "boxes"  # any number of choices
    CIRCLES = "circles"  # one choice
    LINE = "line"
    LINES = "lines"
    FRAME = "frame"  # a picture or a sketch


@dataclass(frozen=True, kw_only=True)
class Line:
    """One part of the sheet; ``number`` None: nothing is answered there."""

    shown: Shown
    space: Space
    number: int | None = None
    is_heading: bool = False
    is_repeated: bool = False

    @property
    def only_if(self) -> str:
        """When it is asked, in words; empty: always, or no plain wording."""
        title = _("Asked only if")
        return next((rule.words for rule in self.shown.rules if rule.title == title), "")


def sheet(form: XForm, language: str) -> Iterator[Line]:
    """Yield the parts of the sheet in the form's ``language``, a code such as ``km``.

    Words that are shown by what a phone works out are left out: nobody works it out on paper.
    """
    worked_out = {entry.name for entry in outline(form) if entry.kind == CALCULATION}
    number = 0
    for shown in preview(
        form, page_language=language, only=language_for(form, language), most_choices=MOST_CHOICES
    ):
        kind = shown.entry.kind
        if kind == CALCULATION or (kind == NOTE and _hangs_on(shown, worked_out)):
            continue
        if shown.entry.is_question:
            number += 1
            yield Line(shown=shown, space=_space(shown), number=number)
        else:
            yield Line(
                shown=shown, space=Space.NONE,
                is_heading=kind in (GROUP, REPEAT), is_repeated=kind == REPEAT,
            )  # fmt: skip


def _hangs_on(shown: Shown, worked_out: Collection[str]) -> bool:
    steps = (text.rpartition("/")[2] for text in _NAMES.findall(shown.entry.rules.relevant))
    return any(step in worked_out for step in steps)


def _space(shown: Shown) -> Space:
    entry = shown.entry
    if entry.kind == "upload":
        return Space.FRAME
    if not shown.choices or shown.more_choices:
        return Space.LINE if entry.rules.type in ("int", "decimal", "date") else Space.LINES
    return Space.CIRCLES if entry.kind == "select1" else Space.BOXES
