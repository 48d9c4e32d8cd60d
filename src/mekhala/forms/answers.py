"""Reading what was sent in: which form it answers, which copy it is, and each answer.

An answer stands under its path below the root: ``safe_to_speak``, ``act/act_recruitment``,
``children[2]/age`` (the second time a repeated part was filled). Text as sent; None where the
question was open and left without an answer; a question that did not apply is not there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.safe_xml import local, read_xml

type Answers = dict[str, str | None]
LONGEST_ID = 120


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One filled form as read: the form and version it names, its instance id, its root."""

    form_id: str
    version: str
    instance_id: str
    root: Element


def read_sent(xml: bytes, *, file_name: str) -> Sent:
    """Return what ``xml`` answers; ``WrongInput`` says in one sentence what is missing."""
    root = read_xml(xml, file_name=file_name)
    form_id = (root.get("id") or "").strip()
    if not form_id:
        raise WrongInput(
            _("%(file)s: the root element has no id, expected the id of the form.")
            % {"file": file_name}
        )
    return Sent(
        form_id=form_id, version=(root.get("version") or "").strip(),
        instance_id=_instance_id(root, file_name), root=root,
    )  # fmt: skip


def _instance_id(root: Element, file_name: str) -> str:
    metas = (child for child in root if local(child) == "meta")
    ids = [(e.text or "").strip() for meta in metas for e in meta if local(e) == "instanceID"]
    if len(ids) != 1 or not 0 < len(ids[0]) <= LONGEST_ID:
        raise WrongInput(
            _("%(file)s: meta/instanceID is missing, empty or too long, expected one of at most "
              "%(most)d characters.") % {"file": file_name, "most": LONGEST_ID}
        )  # fmt: skip
    return ids[0]


def answers_of(root: Element, *, repeats: frozenset[str]) -> Answers:
    """Return every answer below ``root``; ``repeats`` are the form's repeated paths."""
    return dict(_below(root, "", "", repeats))


def _below(
    parent: Element, plain: str, shown: str, repeats: frozenset[str]
) -> Iterator[tuple[str, str | None]]:
    times, seen = Counter(local(child) for child in parent), Counter[str]()
    for child in parent:
        name = local(child)
        seen[name] += 1
        path = f"{plain}/{name}".lstrip("/")
        counted = f"[{seen[name]}]" if path in repeats or times[name] > 1 else ""
        place = f"{shown}/{name}{counted}".lstrip("/")
        if len(child):
            yield from _below(child, path, place, repeats)
        else:
            yield place, child.text if (child.text or "").strip() else None
