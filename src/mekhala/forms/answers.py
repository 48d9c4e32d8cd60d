"""Reading what was sent in: which form it answers, which copy it is, and each answer.

An answer stands under its path below the root: ``safe_to_speak``, ``act/act_recruitment``,
``children[2]/age`` (the second time a repeated part was filled). Text as sent; None where the
question was open and left without an answer; a question that did not apply is not there.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.safe_xml import local, read_xml

type Answers = dict[str, str | None]
LONGEST_ID = 120
_TIME = re.compile(r"\[\d+\]")
PREFIX = "practice-"  # of the id of a form's twin, whose answers are practice


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One filled form as read: the form and version it names, its instance id, its root.

    ``deprecated_id`` is the instance an edit takes the place of, empty for none. ``is_encrypted``:
    the phone sealed the answers to the form's own key; ``sealed_files`` names what it sealed.
    ``is_practice``: they answer the form's twin for practice; ``form_id`` is that of the form.
    """

    form_id: str
    version: str
    instance_id: str
    root: Element
    deprecated_id: str = ""
    is_encrypted: bool = False
    sealed_files: frozenset[str] = frozenset()
    is_practice: bool = False


def read_sent(xml: bytes, *, file_name: str) -> Sent:
    """Return what ``xml`` answers; ``WrongInput`` says in one sentence what is missing."""
    root = read_xml(xml, file_name=file_name)
    form_id = (root.get("id") or "").strip()
    if not form_id:
        raise WrongInput(
            _("%(file)s: the root element has no id, expected the id of the form.")
            % {"file": file_name}
        )
    is_encrypted, said = root.get("encrypted") == "yes", _meta(root)
    return Sent(
        form_id=form_id.removeprefix(PREFIX), version=(root.get("version") or "").strip(),
        instance_id=_instance_id(said, file_name), root=root,
        deprecated_id=next(iter(said.get("deprecatedID", [])), "")[:LONGEST_ID],
        is_encrypted=is_encrypted,
        sealed_files=frozenset(_sealed_files(root)) if is_encrypted else frozenset(),
        is_practice=form_id.startswith(PREFIX),
    )  # fmt: skip


def _meta(root: Element) -> dict[str, list[str]]:
    """Return what the form says of itself, by name; each as often as it is said."""
    said: dict[str, list[str]] = {}
    for meta in root:
        if len(meta) and (meta.tag == "meta" or str(meta.tag).endswith("}meta")):
            for element in meta:
                said.setdefault(local(element), []).append((element.text or "").strip())
    return said


def _sealed_files(root: Element) -> Iterator[str]:
    """Yield what the envelope of an encrypted form names: the sealed answers, each sealed file."""
    for child in root:
        if local(child) == "encryptedXmlFile":
            yield (child.text or "").strip()
        elif local(child) == "media":
            yield from ((e.text or "").strip() for e in child if local(e) == "file")


def _instance_id(said: dict[str, list[str]], file_name: str) -> str:
    ids = said.get("instanceID", [])
    if len(ids) != 1 or not 0 < len(ids[0]) <= LONGEST_ID:
        raise WrongInput(
            _("%(file)s: meta/instanceID is missing, empty or too long, expected one of at most "
              "%(most)d characters.") % {"file": file_name, "most": LONGEST_ID}
        )  # fmt: skip
    return ids[0]


def answers_of(root: Element, *, repeats: frozenset[str]) -> Answers:
    """Return every answer below ``root``; ``repeats`` are the form's repeated paths."""
    return dict(_below(root, "", "", repeats))


def path_of(place: str) -> str:
    """Return the path in the form of where an answer stands: ``children[2]/age``, children/age."""
    return _TIME.sub("", place)


def _below(
    parent: Element, plain: str, shown: str, repeats: frozenset[str]
) -> Iterator[tuple[str, str | None]]:
    names = [local(child) for child in parent]
    times, seen = Counter(names), Counter[str]()
    before, around = (f"{plain}/", f"{shown}/") if plain else ("", "")
    for name, child in zip(names, parent, strict=True):
        path, place = before + name, around + name
        if times[name] > 1 or path in repeats:
            seen[name] += 1
            place += f"[{seen[name]}]"
        if len(child):
            yield from _below(child, path, place, repeats)
        else:
            text = child.text
            yield place, text if text and not text.isspace() else None
