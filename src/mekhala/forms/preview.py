"""A form as people read it before it is used: every language side by side, rules in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mekhala.forms.expression_words import in_words
from mekhala.forms.outline import CALCULATION, GROUP, NOTE, REPEAT, Entry, in_language, outline
from mekhala.forms.xform import PLAIN, Labels, XForm, language_named

MANY = ("select", "rank")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words in one language: the name of the language, its code for browsers, None for a gap."""

    language: str
    code: str
    words: str | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule in words; ``raw`` instead where it has no plain wording."""

    title: str
    words: str
    raw: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice: its code and its words in each language."""

    code: str
    said: list[Said]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entry of a form, ready to be shown."""

    entry: Entry
    title: str
    kind: str
    said: list[Said]
    hints: list[Said] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    more_choices: int = 0
    files: list[str] = field(default_factory=list)


class Words:
    """What a form calls its questions and choices, in one language: for rules in words."""

    def __init__(self, entries: Sequence[Entry], language: str) -> None:
        """Keep the entries by path."""
        self._by_path = {entry.path: entry for entry in entries}
        self._language = language

    def label(self, path: str) -> str:
        """Return the words of a question, the name of a calculation, empty for neither."""
        entry = self._by_path.get(path)
        return in_language(entry.labels, self._language) or entry.name if entry else ""

    def choice(self, path: str, code: str) -> str:
        """Return the words of a choice, empty where the question has no such choice."""
        entry = self._by_path.get(path)
        return in_language(entry.choices.get(code, {}), self._language) if entry else ""

    def has_many(self, path: str) -> bool:
        """Whether several choices can be taken."""
        entry = self._by_path.get(path)
        return entry is not None and entry.kind in MANY


def language_for(form: XForm, code: str) -> str:
    """Return the form's language for a page in ``code``, its first where it has none such."""
    return language_named(form.languages, code) or next(iter(form.languages), PLAIN)


def preview(
    form: XForm, *, page_language: str, only: str = "", most_choices: int = 20
) -> Iterator[Shown]:
    """Yield each entry in words: in every language, or ``only`` in one of the form's.

    Rules are said in the language of the page, with the form's words of that language.
    """
    entries = outline(form)
    words = Words(entries, language_for(form, page_language))
    languages = [only] if only in form.languages else form.languages or [PLAIN]
    for entry in entries:
        yield Shown(
            entry=entry, title=words.label(entry.path) or entry.name, kind=kind_in_words(entry),
            said=said(entry.labels, languages),
            hints=said(entry.hints, languages) if entry.hints else [],
            rules=rules_in_words(entry, words, form.root_name),
            choices=[
                Choice(code=code, said=said(labels, languages))
                for code, labels in list(entry.choices.items())[:most_choices]
            ],
            more_choices=max(0, len(entry.choices) - most_choices), files=_files(entry),
        )  # fmt: skip


def said(labels: Labels, languages: Sequence[str]) -> list[Said]:
    """Return the words in each language; None where one is missing."""
    if not labels:
        return []
    plain = labels.get(PLAIN)
    return [
        Said(language=name, code=code_of(name), words=_there(labels.get(name)) or plain)
        for name in languages
    ]


def _there(words: str | None) -> str | None:
    return None if words in (None, "", "-") else words


def code_of(language: str) -> str:
    """Return the code in the name of a language, as browsers take it: “Khmer (km)” is km."""
    marked = re.search(r"\(([A-Za-z]{2,3}(?:-\w{2,8})?)\)\s*$", language)
    return marked[1] if marked else ""


def _files(entry: Entry) -> list[str]:
    names = {name for labels in entry.shown.values() for name in labels.values()}
    return sorted({*names, *([entry.list_file] if entry.list_file else [])})


def rules_in_words(entry: Entry, words: Words, root: str) -> list[Rule]:
    """Return the rules of an entry in the order a reader meets them."""
    rules = entry.rules
    titles = {
        "relevant": _("Asked only if"), "constraint": _("The answer must fit"),
        "calculate": _("Worked out"),
    }  # fmt: skip
    found = [
        _rule(titles[name], getattr(rules, name), entry, words, root)
        for name in titles
        if getattr(rules, name)
    ]
    if rules.required == "true()":
        found.append(Rule(title=_("Answer"), words=_("Must be given")))
    elif rules.required:
        found.append(_rule(_("Must be answered if"), rules.required, entry, words, root))
    return found


def _rule(title: str, expression: str, entry: Entry, words: Words, root: str) -> Rule:
    is_value = expression == entry.rules.calculate
    read = in_words(expression, here=entry.path, named=words, root=root, is_value=is_value)
    return Rule(title=title, words=read or "", raw="" if read else expression)


def kind_in_words(entry: Entry) -> str:
    """Return what is asked for, in words."""
    kinds = {
        GROUP: _("A group of questions"), REPEAT: _("Questions asked several times"),
        NOTE: _("Words to read, no answer"), CALCULATION: _("Worked out, not shown"),
        "select1": _("One choice"), "select": _("Any number of choices"),
        "rank": _("Choices put in order"), "trigger": _("To be confirmed"),
        "upload": _("A picture, sound or other file"), "range": _("A number on a scale"),
        "secret": _("Words not shown while typed"),
    }  # fmt: skip
    types = {
        "int": _("A whole number"), "decimal": _("A number"), "date": _("A day"),
        "time": _("A time of day"), "dateTime": _("A day and a time"),
        "geopoint": _("A place on the map"), "geotrace": _("A line on the map"),
        "geoshape": _("An area on the map"), "barcode": _("A code that is scanned"),
    }  # fmt: skip
    return kinds.get(entry.kind) or types.get(entry.rules.type) or _("Words")
