"""What changed from one version of a form to another, in words; whether old answers still fit.

Questions are the same if they have the same path; a question of the same name elsewhere has moved.
An old answer fits if the new version has a place for it, of a type and with rules it meets. It
stays bound to its own version all the same: nothing here changes it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mekhala.forms.expression_words import in_words
from mekhala.forms.outline import CALCULATION, GROUP, NOTE, REPEAT, Entry, in_language, outline
from mekhala.forms.preview import Words, kind_in_words, language_for
from mekhala.forms.xform import PLAIN, Labels, XForm

type Pair = tuple[Entry, Entry]
WIDER = {("int", "decimal"), ("int", "string"), ("decimal", "string"), ("date", "string"),
         ("select1", "select")}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change in words; ``fits`` is False where answers to the old version may not fit."""

    kind: str  # added, removed, moved, words, type, choices, condition, rule, language, file
    path: str
    words: str
    fits: bool = True


def differences(old: XForm, new: XForm, *, page_language: str) -> list[Change]:
    """Return every change from ``old`` to ``new``, in the order of the new form."""
    before, after = outline(old), outline(new)
    said = _Saying(old, new, page_language)
    pairs = _pairs(before, after)
    kept = {a.path for a, _b in pairs}
    found = {b.path for _a, b in pairs}
    return [
        *_languages(old, new),
        *(said.removed(entry) for entry in before if entry.path not in kept),
        *(said.added(entry) for entry in after if entry.path not in found),
        *_moved(pairs, said),
        *(change for pair in pairs for change in said.changed(*pair)),
        *_files(old, new),
    ]


def _pairs(before: Sequence[Entry], after: Sequence[Entry]) -> list[Pair]:
    """Return what is the same in both: by path, else by a name that each form has once."""
    paths = {entry.path: entry for entry in before}
    pairs = [(paths[e.path], e) for e in after if e.path in paths]
    taken = {a.path for a, _b in pairs}
    left, right = _once(before, taken), _once(after, taken)
    pairs += [(left[name], right[name]) for name in right if name in left]
    order = {entry.path: place for place, entry in enumerate(after)}
    return sorted(pairs, key=lambda pair: order[pair[1].path])


def _once(entries: Sequence[Entry], taken: set[str]) -> dict[str, Entry]:
    free = [entry for entry in entries if entry.path not in taken]
    names = [entry.name for entry in free]
    return {entry.name: entry for entry in free if names.count(entry.name) == 1}


def _moved(pairs: Sequence[Pair], said: "_Saying") -> Iterator[Change]:
    """Tell of what went into another group, and of what stands earlier or later than before."""
    place = {entry.path: n for n, entry in enumerate(said.before)}
    stay = _longest_in_order([place[a.path] for a, _b in pairs])
    for n, (a, b) in enumerate(pairs):
        if a.path != b.path:
            yield said.regrouped(a, b)
        elif n not in stay and b.kind not in (GROUP, REPEAT, CALCULATION):
            words = _("“%(label)s” stands in another place") % {"label": said.new.label(b.path)}
            yield Change(kind="moved", path=b.path, words=words)


def _longest_in_order(places: Sequence[int]) -> set[int]:
    """Return the places in ``places`` of a longest run that rises: those need not have moved."""
    ends: list[int] = []
    ends_at: list[int] = []
    came_from: list[int] = []
    for n, place in enumerate(places):
        at = bisect_left(ends, place)
        came_from.append(ends_at[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            ends_at.append(n)
        else:
            ends[at], ends_at[at] = place, n
    kept, n = set(), ends_at[-1] if ends_at else -1
    while n >= 0:
        kept.add(n)
        n = came_from[n]
    return kept


def _languages(old: XForm, new: XForm) -> Iterator[Change]:
    for name in new.languages:
        if name not in old.languages:
            yield Change(
                kind="language", path="", words=_("Language added: %(name)s") % {"name": name}
            )
    for name in old.languages:
        if name not in new.languages:
            yield Change(
                kind="language", path="", words=_("Language removed: %(name)s") % {"name": name}
            )


def _files(old: XForm, new: XForm) -> Iterator[Change]:
    for name in sorted(set(new.files) - set(old.files)):
        yield Change(kind="file", path="", words=_("File asked for: %(name)s") % {"name": name})
    for name in sorted(set(old.files) - set(new.files)):
        words = _("File no longer asked for: %(name)s") % {"name": name}
        yield Change(kind="file", path="", words=words)


class _Saying:
    """Says changes with the words of both forms."""

    def __init__(self, old: XForm, new: XForm, page_language: str) -> None:
        self.before, self.after = outline(old), outline(new)
        self.language = language_for(new, page_language)
        self.old = Words(self.before, language_for(old, page_language))
        self.new = Words(self.after, self.language)
        self.roots = (old.root_name, new.root_name)
        self.languages = [n for n in new.languages if n in old.languages] or [PLAIN]

    def added(self, entry: Entry) -> Change:
        label = {"label": self.new.label(entry.path), "name": entry.path}
        if entry.kind == CALCULATION:
            words = _("Calculation added: %(name)s") % label
        elif entry.kind in (GROUP, REPEAT):
            words = _("Group added: “%(label)s” (%(name)s)") % label
        elif entry.kind == NOTE:
            words = _("Note added: “%(label)s” (%(name)s)") % label
        elif entry.rules.required:
            words = _("Question added, must be answered: “%(label)s” (%(name)s)") % label
        else:
            words = _("Question added: “%(label)s” (%(name)s)") % label
        fits = not (entry.is_question and entry.rules.required)
        return Change(kind="added", path=entry.path, words=words, fits=fits)

    def removed(self, entry: Entry) -> Change:
        label = {"label": self.old.label(entry.path), "name": entry.path}
        if entry.kind == CALCULATION:
            words = _("Calculation removed: %(name)s") % label
        elif entry.kind in (GROUP, REPEAT):
            words = _("Group removed: “%(label)s” (%(name)s)") % label
        elif entry.kind == NOTE:
            words = _("Note removed: “%(label)s” (%(name)s)") % label
        else:
            words = _("Question removed: “%(label)s” (%(name)s)") % label
        return Change(kind="removed", path=entry.path, words=words, fits=not entry.is_question)

    def regrouped(self, old: Entry, new: Entry) -> Change:
        words = _("“%(label)s” moved from %(old)s to %(new)s") % {
            "label": self.new.label(new.path), "old": old.path, "new": new.path,
        }  # fmt: skip
        return Change(kind="moved", path=new.path, words=words, fits=not new.is_question)

    def changed(self, old: Entry, new: Entry) -> Iterator[Change]:
        yield from self._type(old, new)
        yield from self._words(old, new)
        yield from self._choices(old, new)
        yield from self._rules(old, new)

    def _type(self, old: Entry, new: Entry) -> Iterator[Change]:
        one, other = (old.kind, old.rules.type), (new.kind, new.rules.type)
        if one == other:
            return
        wider = (one[1], other[1]) in WIDER and old.kind == new.kind
        wider = wider or (old.kind, new.kind) in WIDER or not old.is_question
        words = _("“%(label)s” asks for something else: %(old)s before, now %(new)s") % {
            "label": self.new.label(new.path), "old": kind_in_words(old),
            "new": kind_in_words(new),
        }  # fmt: skip
        yield Change(kind="type", path=new.path, words=words, fits=wider)

    def _words(self, old: Entry, new: Entry) -> Iterator[Change]:
        parts: list[tuple[str, Labels, Labels]] = [
            (_("Words"), old.labels, new.labels), (_("Hint"), old.hints, new.hints),
            (_("Message of the rule"), old.rules.constraint_words, new.rules.constraint_words),
            (_("Message that it must be answered"), old.rules.required_words,
             new.rules.required_words),
        ]  # fmt: skip
        for part, before, after in parts:
            for language in self.languages:
                one, other = _text(before, language), _text(after, language)
                if one != other:
                    yield self._reworded(part, new, language, (one, other))

    def _reworded(self, part: str, new: Entry, language: str, texts: tuple[str, str]) -> Change:
        said = {"part": part, "name": new.path, "language": language or _("the only language"),
                "old": texts[0] or "–", "new": texts[1] or "–"}  # fmt: skip
        words = _("%(part)s of %(name)s in %(language)s: “%(old)s” is now “%(new)s”") % said
        return Change(kind="words", path=new.path, words=words)

    def _choices(self, old: Entry, new: Entry) -> Iterator[Change]:
        label = self.new.label(new.path)
        for code in [c for c in new.choices if c not in old.choices]:
            words = _("Choice added to “%(label)s”: “%(choice)s” (%(code)s)") % {
                "label": label, "choice": self.new.choice(new.path, code), "code": code,
            }  # fmt: skip
            yield Change(kind="choices", path=new.path, words=words)
        for code in [c for c in old.choices if c not in new.choices]:
            words = _("Choice removed from “%(label)s”: “%(choice)s” (%(code)s)") % {
                "label": label, "choice": self.old.choice(old.path, code), "code": code,
            }  # fmt: skip
            yield Change(kind="choices", path=new.path, words=words, fits=bool(new.list_file))
        for code in [c for c in new.choices if c in old.choices]:
            yield from self._choice_words(old, new, code)

    def _choice_words(self, old: Entry, new: Entry, code: str) -> Iterator[Change]:
        part = _("Choice “%(code)s”") % {"code": code}
        for language in self.languages:
            one = _text(old.choices[code], language)
            other = _text(new.choices[code], language)
            if one != other:
                yield self._reworded(part, new, language, (one, other))

    def _rules(self, old: Entry, new: Entry) -> Iterator[Change]:
        titles = {
            "relevant": (_("Asked only if"), "condition"),
            "constraint": (_("The answer must fit"), "rule"),
            "required": (_("Must be answered if"), "rule"),
            "calculate": (_("Worked out"), "rule"),
        }  # fmt: skip
        for name, (title, kind) in titles.items():
            one, other = getattr(old.rules, name), getattr(new.rules, name)
            if " ".join(one.split()) == " ".join(other.split()):
                continue
            words = _("%(title)s, “%(label)s”: %(old)s before, now %(new)s") % {
                "title": title, "label": self.new.label(new.path),
                "old": self._rule(one, old, name, 0), "new": self._rule(other, new, name, 1),
            }  # fmt: skip
            stricter = name in ("constraint", "required") and bool(other)
            yield Change(kind=kind, path=new.path, words=words, fits=not stricter)

    def _rule(self, expression: str, entry: Entry, name: str, which: int) -> str:
        if not expression:
            return _("no rule")
        if expression == "true()":
            return _("always")
        said = in_words(
            expression, here=entry.path, named=(self.old, self.new)[which],
            root=self.roots[which], is_value=name == "calculate",
        )  # fmt: skip
        return said or expression


def _text(labels: Mapping[str, str], language: str) -> str:
    """Return the words in exactly this language, or those without one."""
    if language == PLAIN:
        return in_language(dict(labels), PLAIN)
    found = labels.get(language) or labels.get(PLAIN) or ""
    return "" if found == "-" else found
