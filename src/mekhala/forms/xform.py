"""Reading an XForm: its id and version, languages, questions, labels and choices.

Source: the ODK XForms specification (getodk.github.io/xforms-spec).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.safe_xml import SENT, Bounds, local, read_xml

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = {"input", "select1", "select", "upload", "range", "rank", "trigger", "secret"}
PLAIN = ""  # the "language" of a text that is written once, without translations
type Labels = dict[str, str]  # language as the form names it → text

# bounded on purpose: a form is a stranger's text, and none of these may take long on it
_ITEXT = re.compile(r"jr:itext\(\s{0,20}['\"](.{1,500}?)['\"]\s{0,20}\)")
_INSTANCE = re.compile(r"^\s*instance\(\s*['\"](.+?)['\"]\s*\)")
_FILE = re.compile(r"jr://(images|audio|video|file-csv|file)/([^/]{1,200})$")
_FILE_KINDS = {
    "images": "picture", "audio": "sound", "video": "film", "file-csv": "list", "file": "list",
}  # fmt: skip
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One control: where its answer stands below the root, its words and its choices."""

    path: str
    kind: str
    labels: Labels
    is_note: bool = False
    choices: dict[str, Labels] = field(default_factory=dict)


class XForm:
    """One form, read. Paths are those of the answers, below the root: ``group/question``."""

    def __init__(self, root: Element, *, file_name: str) -> None:
        """Find the parts a form must have; ``WrongInput`` names the one that is missing."""
        self._root, self._file = root, file_name
        self._model = self._part(root.find(f"{XHTML}head/{XFORMS}model"), "model")
        self._body = self._part(root.find(f"{XHTML}body"), "body")
        first = self._part(self._model.find(f"{XFORMS}instance"), "instance")
        self._instance = self._part(next(iter(first), None), "instance/*")
        if not self.form_id:
            raise WrongInput(
                _("%(file)s: the first instance has no id, expected the form's id there.")
                % {"file": file_name}
            )
        if not any(local(e) == "instanceID" for e in self._instance.iter()):
            raise WrongInput(
                _("%(file)s: no meta/instanceID, without which a second copy of the same answers "
                  "cannot be told from the first.") % {"file": file_name}
            )  # fmt: skip

    def _part(self, found: Element | None, name: str) -> Element:
        if found is None:
            raise WrongInput(
                _("%(file)s: no “%(part)s” found, expected an XForm with a model and a body.")
                % {"file": self._file, "part": name}
            )
        return found

    @property
    def form_id(self) -> str:
        """The id the form's author gave it."""
        return (self._instance.get("id") or self._instance.get("xmlns") or "").strip()

    @property
    def version(self) -> str:
        """The version as written in the form, empty if there is none."""
        return (self._instance.get("version") or "").strip()

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return (self._root.findtext(f"{XHTML}head/{XHTML}title") or "").strip() or self.form_id

    @cached_property
    def languages(self) -> list[str]:
        """The languages as the form names them, the one it opens in first."""
        found = list(self._model.iter(f"{XFORMS}translation"))
        found.sort(key=lambda t: t.get("default") is None)
        names = [t.get("lang") or "" for t in found]
        return names if names != ["default"] else []

    @cached_property
    def repeats(self) -> frozenset[str]:
        """The paths that may stand several times in the answers."""
        found = (e.get("nodeset") or e.get("ref") or "" for e in self._body.iter(f"{XFORMS}repeat"))
        return frozenset(self.below_root(path) for path in found)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The controls in the order of the form."""
        return tuple(self._controls(self._body, f"/{local(self._instance)}"))

    @property
    def asks_for_sealing(self) -> bool:
        """Whether phones seal the answers to a key of the form's own before they send them."""
        found = self._model.iter(f"{XFORMS}submission")
        return any((e.get("base64RsaPublicKey") or "").strip() for e in found)

    @cached_property
    def timed(self) -> tuple[str, str] | None:
        """The paths of when filling began and ended, by the phone's clock; None without either."""
        found = {
            bind.get(name): path for path, bind in self.binds.items() for name in bind.keys()  # noqa: SIM118 - an element, no dict
            if name.endswith("preloadParams")
        }  # fmt: skip
        return (found["start"], found["end"]) if {"start", "end"} <= found.keys() else None

    @property
    def asked(self) -> int:
        """How many questions are put to somebody: notes and calculations are none."""
        return sum(not q.is_note for q in self.questions)

    @cached_property
    def headings(self) -> dict[str, Labels]:
        """The words above each group, by the group's path."""
        groups = (g for g in self._body.iter(f"{XFORMS}group") if g.get("ref"))
        return {self.below_root(g.get("ref") or ""): self._label(g) for g in groups}

    @cached_property
    def files(self) -> dict[str, str]:
        """The files the form asks for beside itself: name → picture, sound, film or list."""
        named = [i.get("src") or "" for i in self._model.iter(f"{XFORMS}instance")]
        named += [v.text or "" for v in self._model.iter(f"{XFORMS}value") if v.get("form")]
        found = (_FILE.match(name.strip()) for name in named)
        return {file[2]: _FILE_KINDS[file[1]] for file in found if file}

    def expressions(self) -> Iterator[tuple[str, str, str]]:
        """Yield path, column and text of each expression bound to a question."""
        for bind in self._model.iter(f"{XFORMS}bind"):
            for name in ("relevant", "constraint", "required", "readonly", "calculate"):
                if bind.get(name):
                    yield self.below_root(bind.get("nodeset") or ""), name, bind.get(name) or ""

    @property
    def root_name(self) -> str:
        """The name of the root of the answers, with which absolute paths begin."""
        return local(self._instance)

    @property
    def body(self) -> Element:
        """What is put to somebody: controls and groups in their order."""
        return self._body

    @cached_property
    def binds(self) -> dict[str, Element]:
        """The bind of each path that has one."""
        binds = self._model.iter(f"{XFORMS}bind")
        return {self.below_root(b.get("nodeset") or ""): b for b in binds}

    def below_root(self, path: str) -> str:
        """Return an absolute path as the answers have it, below the root."""
        return path.removeprefix(f"/{local(self._instance)}").strip("/")

    def _controls(self, parent: Element, base: str) -> Iterator[Question]:
        for element in parent:
            ref = element.get("ref") or element.get("nodeset") or ""
            path = ref if ref.startswith("/") else f"{base}/{ref}" if ref else base
            if local(element) in CONTROLS and ref:
                yield self._question(element, path)
            elif local(element) in ("group", "repeat"):
                yield from self._controls(element, path)

    def _question(self, control: Element, path: str) -> Question:
        is_note = local(control) == "input" and path in self._read_only
        return Question(
            path=self.below_root(path), kind=local(control), labels=self._label(control),
            is_note=is_note, choices=self._choices(control),
        )  # fmt: skip

    @cached_property
    def _read_only(self) -> frozenset[str]:
        binds = self._model.iter(f"{XFORMS}bind")
        return frozenset(b.get("nodeset") or "" for b in binds if b.get("readonly") == "true()")

    @cached_property
    def _texts(self) -> dict[str, Labels]:
        texts: dict[str, Labels] = {}
        for translation in self._model.iter(f"{XFORMS}translation"):
            for text in translation.iter(f"{XFORMS}text"):
                plain = (v for v in text if local(v) == "value" and not v.get("form"))
                said = next(plain, None)
                if said is not None:
                    kept = texts.setdefault(text.get("id") or "", {})
                    kept[translation.get("lang") or ""] = _words(said)
        return texts

    def _label(self, element: Element) -> Labels:
        return self.words_of(element, "label")

    def words_of(self, element: Element, part: str) -> Labels:
        """Return the words of a control's ``part``, label or hint, in each language."""
        said = element.find(f"{XFORMS}{part}")
        if said is None:
            return {}
        translated = _ITEXT.search(said.get("ref") or "")
        if translated:
            return self._texts.get(translated[1], {})
        return {PLAIN: _words(said)} if _words(said) else {}

    def message(self, written: str) -> Labels:
        """Return the words of a message of a bind: a text, or the name of a translated one."""
        translated = _ITEXT.search(written)
        if translated:
            return self._texts.get(translated[1], {})
        return {PLAIN: written} if written else {}

    def shown_with(self, element: Element) -> dict[str, Labels]:
        """Return the files shown with a control's label: kind → language → name."""
        label = element.find(f"{XFORMS}label")
        named = _ITEXT.search((label.get("ref") if label is not None else None) or "")
        return self._shown.get(named[1], {}) if named else {}

    @cached_property
    def _shown(self) -> dict[str, dict[str, Labels]]:
        shown: dict[str, dict[str, Labels]] = {}
        for translation in self._model.iter(f"{XFORMS}translation"):
            for text in translation.iter(f"{XFORMS}text"):
                for value in text:
                    file = _FILE.match((value.text or "").strip())
                    if file and value.get("form"):
                        kinds = shown.setdefault(text.get("id") or "", {})
                        kept = kinds.setdefault(_FILE_KINDS[file[1]], {})
                        kept[translation.get("lang") or ""] = file[2]
        return shown

    def list_named(self, control: Element) -> str:
        """Return the name of the list a control takes its choices from, empty where none."""
        for itemset in control.iter(f"{XFORMS}itemset"):
            listed = _INSTANCE.match(itemset.get("nodeset") or "")
            return listed[1] if listed else ""
        return ""

    @cached_property
    def files_of_lists(self) -> dict[str, str]:
        """The file each list outside the form comes from: name of the list → file name."""
        found = ((i.get("id"), _FILE.match(i.get("src") or "")) for i in
                 self._model.iter(f"{XFORMS}instance"))  # fmt: skip
        return {name: file[2] for name, file in found if name and file}

    def _choices(self, control: Element) -> dict[str, Labels]:
        found = {
            (item.findtext(f"{XFORMS}value") or "").strip(): self._label(item)
            for item in control.iter(f"{XFORMS}item")
        }
        for itemset in control.iter(f"{XFORMS}itemset"):
            listed = _INSTANCE.match(itemset.get("nodeset") or "")
            if listed:
                found |= self._listed(listed[1], itemset)
        return found

    def _listed(self, name: str, itemset: Element) -> dict[str, Labels]:
        """Return the choices of a list that stands in the form itself."""
        value, label = (itemset.find(f"{XFORMS}{part}") for part in ("value", "label"))
        key = (value.get("ref") if value is not None else None) or "name"
        ref = (label.get("ref") if label is not None else None) or "label"
        translated = re.search(r"jr:itext\((\w+)\)", ref)
        found: dict[str, Labels] = {}
        for item in self._items(name):
            said = (item.findtext(f"{XFORMS}{translated[1] if translated else ref}") or "").strip()
            words = self._texts.get(said, {}) if translated else {PLAIN: said}
            found[(item.findtext(f"{XFORMS}{key}") or "").strip()] = words
        return found

    def _items(self, name: str) -> Iterator[Element]:
        for instance in self._model.iter(f"{XFORMS}instance"):
            if instance.get("id") == name:
                yield from (e for e in instance.iter() if local(e) == "item")


def read_xform(content: bytes, *, file_name: str, bounds: Bounds = SENT) -> XForm:
    """Return the form in ``content``; ``WrongInput`` says in one sentence why it is none."""
    return XForm(read_xml(content, file_name=file_name, bounds=bounds), file_name=file_name)


def language_named(languages: list[str], code: str) -> str | None:
    """Return the one of a form's languages that is ``code``: “Khmer (km)” and “km” are km."""
    for name in languages:
        marked = re.search(r"\(([\w-]+)\)\s*$", name)
        if code.lower() in (name.lower(), marked[1].lower() if marked else ""):
            return name
    return None


def opening_in(xform: str, language: str) -> str:
    """Return the text of a form so that it opens in ``language``; nothing else is changed."""
    marked = re.sub(r'(<translation\b[^<>]*?)\sdefault="[^"<]*"', r"\1", xform)
    named = rf'(<translation\b[^<>]*?lang="{re.escape(language)}")'
    return re.sub(named, r'\1 default="true()"', marked, count=1)


def _words(element: Element) -> str:
    """Return the words of a label; a value filled in while asking reads “…”."""
    parts = [element.text or ""]
    for child in element:
        parts += ["…" if local(child) == "output" else (child.text or ""), child.tail or ""]
    return re.sub(r"\s+", " ", _MARKUP.sub("", "".join(parts))).strip()
