"""A form laid out for reading: its groups and questions in order, with words and rules of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mekhala.forms.safe_xml import local
from mekhala.forms.xform import CONTROLS, PLAIN, Labels, XForm

JAVAROSA = "{http://openrosa.org/javarosa}"
GROUP, REPEAT, NOTE, CALCULATION = "group", "repeat", "note", "calculation"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What binds an answer, as XPath; empty where nothing does. Messages in each language."""

    type: str = ""
    relevant: str = ""
    constraint: str = ""
    required: str = ""
    calculate: str = ""
    constraint_words: Labels = field(default_factory=dict)
    required_words: Labels = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One group, question, note or calculation; ``depth`` counts the groups it stands in."""

    path: str
    kind: str  # group, repeat, note, calculation, or the control: input, select1, select, …
    depth: int
    labels: Labels = field(default_factory=dict)
    hints: Labels = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    choices: dict[str, Labels] = field(default_factory=dict)
    list_file: str = ""
    shown: dict[str, Labels] = field(default_factory=dict)

    @property
    def is_question(self) -> bool:
        """Whether somebody is asked and an answer is kept."""
        return self.kind not in (GROUP, REPEAT, NOTE, CALCULATION)

    @property
    def name(self) -> str:
        """The last step of the path: the name its author gave it."""
        return self.path.rpartition("/")[2]


def outline(form: XForm) -> tuple[Entry, ...]:
    """Return what is in ``form`` in its order, calculations that nobody sees at the end."""
    seen = tuple(_entries(form, form.body, "", 0))
    paths = {entry.path for entry in seen}
    hidden = (
        Entry(path=path, kind=CALCULATION, depth=0, rules=_rules(form, path))
        for path, bind in form.binds.items()
        if bind.get("calculate") and path not in paths and not path.startswith("meta/")
    )
    return (*seen, *hidden)


def _entries(form: XForm, parent: Element, base: str, depth: int) -> Iterator[Entry]:
    choices = {q.path: q.choices for q in form.questions}
    for element in parent:
        ref = element.get("ref") or element.get("nodeset") or ""
        path = form.below_root(ref) if ref.startswith("/") else f"{base}/{ref}".strip("/")
        kind = local(element)
        if kind == "group":
            repeats = any(local(child) == "repeat" for child in element)
            inside = next((c for c in element if local(c) == "repeat"), element)
            inner = form.below_root(inside.get("nodeset") or "") or path
            if ref or repeats:
                yield Entry(
                    path=inner, kind=REPEAT if repeats else GROUP, depth=depth,
                    labels=form.words_of(element, "label"), rules=_rules(form, inner),
                )  # fmt: skip
            yield from _entries(form, inside, inner, depth + bool(ref or repeats))
        elif kind == "repeat":
            yield Entry(path=path, kind=REPEAT, depth=depth, rules=_rules(form, path))
            yield from _entries(form, element, path, depth + 1)
        elif kind in CONTROLS and ref:
            yield _question(form, element, path, depth, choices.get(path, {}))


def _question(
    form: XForm, control: Element, path: str, depth: int, choices: dict[str, Labels]
) -> Entry:
    bind = form.binds.get(path)
    is_note = local(control) == "input" and bind is not None and bind.get("readonly") == "true()"
    listed = form.list_named(control)
    return Entry(
        path=path, kind=NOTE if is_note else local(control), depth=depth,
        labels=form.words_of(control, "label"), hints=form.words_of(control, "hint"),
        rules=_rules(form, path), choices=choices,
        list_file=form.files_of_lists.get(listed, ""), shown=form.shown_with(control),
    )  # fmt: skip


def _rules(form: XForm, path: str) -> Rules:
    bind = form.binds.get(path)
    if bind is None:
        return Rules()
    said = {name: bind.get(name) or "" for name in ("type", "relevant", "constraint", "calculate")}
    required = bind.get("required") or ""
    return Rules(
        **said, required="" if required == "false()" else required,
        constraint_words=form.message(bind.get(f"{JAVAROSA}constraintMsg") or ""),
        required_words=form.message(bind.get(f"{JAVAROSA}requiredMsg") or ""),
    )  # fmt: skip


def in_language(labels: Labels, language: str) -> str:
    """Return the words in ``language``, those without one, else the first there are; "" if none."""
    found = labels.get(language) or labels.get(PLAIN) or ""
    if found and found != "-":
        return found
    return next((text for text in labels.values() if text and text != "-"), "")
