"""Words a form lacks: every label, hint, choice and message in every language it declares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mekhala.forms.outline import Entry, outline
from mekhala.forms.preview import said
from mekhala.forms.xform import PLAIN, Labels, XForm

_NAMED = re.compile(r"[^()]{1,80} \([a-z]{2,3}(?:-\w{2,8})?\)")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One missing text: of which question, which part of it, in which language.

    ``language`` is empty where the text stands once, for all languages.
    """

    path: str
    part: str  # label, hint, choice, constraint_message or required_message
    language: str
    choice: str = ""

    def __str__(self) -> str:
        """The gap in words, such as ``question “age”: no label in Khmer (km)``."""
        parts = {
            "label": _("label"), "hint": _("hint"), "constraint_message": _("constraint message"),
            "required_message": _("required message"),
            "choice": _("label of the choice “%(code)s”") % {"code": self.choice},
        }  # fmt: skip
        where = {"name": self.path, "part": parts[self.part], "language": self.language}
        if not self.language:
            return (
                _("question “%(name)s”: the %(part)s is written once, in no named language") % where
            )
        return _("question “%(name)s”: no %(part)s in %(language)s") % where


def gaps(form: XForm) -> list[Gap]:
    """Return what is missing in the order of the form; nothing where it has one language only."""
    if not form.languages:
        return []
    return [gap for entry in outline(form) for gap in _of(entry, form.languages)]


def languages_without_code(form: XForm) -> list[str]:
    """Return the languages not named as “Khmer (km)”: a phone cannot match those to its own."""
    return [name for name in form.languages if not _NAMED.fullmatch(name)]


def _of(entry: Entry, languages: Sequence[str]) -> Iterator[Gap]:
    texts = {
        "label": entry.labels, "hint": entry.hints,
        "constraint_message": entry.rules.constraint_words,
        "required_message": entry.rules.required_words,
    }  # fmt: skip
    for part, labels in texts.items():
        for language in _missing(labels, languages):
            yield Gap(path=entry.path, part=part, language=language)
    for code, labels in entry.choices.items():
        if not entry.list_file:
            for language in _missing(labels, languages):
                yield Gap(path=entry.path, part="choice", language=language, choice=code)


def _missing(labels: Labels, languages: Sequence[str]) -> list[str]:
    if list(labels) == [PLAIN]:
        return [PLAIN] if labels[PLAIN] else []
    return [each.language for each in said(labels, languages) if each.words is None]
