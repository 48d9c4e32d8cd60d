"""Reading XML that strangers wrote: no document type, and bounds counted while parsing (R-50)."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much XML is read: bytes of text, elements inside one another, elements in all."""

    size: int = 1024 * 1024
    depth: int = 100
    nodes: int = 50_000


SENT = Bounds()
CONVERTED = Bounds(size=10 * 1024 * 1024, nodes=500_000)  # our own converter wrote it


def read_xml(content: bytes, *, file_name: str, bounds: Bounds = SENT) -> Element:
    """Return the root element of ``content``.

    Raises ``WrongInput`` with one sentence naming ``file_name`` where the text is too large, too
    deep, declares a document type, is not UTF-8 or is not well formed.
    """
    if len(content) > bounds.size:
        raise WrongInput(
            _("%(file)s: %(found)d bytes of XML, expected at most %(most)d.")
            % {"file": file_name, "found": len(content), "most": bounds.size}
        )
    text = text_of(content, file_name=file_name)
    from defusedxml.common import DefusedXmlException

    try:
        if _is_plain(text, bounds):
            return _measured(fromstring(text), file_name, bounds)  # noqa: S314 - see _is_plain
        return _counted(content, file_name, bounds)
    except DefusedXmlException as refusal:
        raise WrongInput(
            _("%(file)s: a document type or entity is declared, expected XML without one.")
            % {"file": file_name}
        ) from refusal
    except ParseError as error:
        row, column = error.position
        raise WrongInput(
            _("%(file)s: row %(row)d, column %(column)d is not well-formed XML.")
            % {"file": file_name, "row": row, "column": column + 1}
        ) from error
    except WrongInput:
        raise  # one of its bounds
    except (LookupError, ValueError) as error:  # an encoding Python or expat does not know
        raise WrongInput(
            _("%(file)s: the XML names an unknown encoding, expected UTF-8.") % {"file": file_name}
        ) from error


def text_of(content: bytes, *, file_name: str) -> str:
    """Return ``content`` as text that encodes to the same bytes again; only UTF-8 does here."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongInput(
            _("%(file)s: byte %(place)d is not UTF-8, expected UTF-8 throughout.")
            % {"file": file_name, "place": error.start + 1}
        ) from error


def _is_plain(text: str, bounds: Bounds) -> bool:
    """Return whether the quick parser may read it: no document type, few elements, UTF-8.

    Every element opens with a "<" of its own. Text that was decoded is parsed as UTF-8 whatever
    it says of itself, so no other encoding hides a document type; one that names another is read
    the slow way, which refuses it.
    """
    declared = text[:200].partition("?>")[0].lower()
    return (
        "<!DOCTYPE" not in text
        and text.count("<") <= 2 * bounds.nodes
        and ("encoding" not in declared or "utf-8" in declared)
    )


def _measured(root: Element, file_name: str, bounds: Bounds) -> Element:
    """Return ``root`` if it is within ``bounds``."""
    level, depth, nodes = [root], 1, 1
    while level := [element for element in level if len(element)]:
        depth, nodes = depth + 1, nodes + sum(map(len, level))
        _check(depth, nodes, file_name, bounds)
        level = [child for element in level for child in element]
    return root


def _check(depth: int, nodes: int, file_name: str, bounds: Bounds) -> None:
    if depth > bounds.depth or nodes > bounds.nodes:
        raise WrongInput(
            _("%(file)s: more than %(depth)d levels or %(nodes)d elements, expected fewer.")
            % {"file": file_name, "depth": bounds.depth, "nodes": bounds.nodes}
        )


def _counted(content: bytes, file_name: str, bounds: Bounds) -> Element:
    depth = nodes = 0
    root: Element | None = None
    for event, element in _events(content):
        if event == "end":
            depth -= 1
            continue
        root = element if root is None else root
        depth, nodes = depth + 1, nodes + 1
        _check(depth, nodes, file_name, bounds)
    if root is None:  # the parser has refused an empty text before this
        raise WrongInput(_("%(file)s: no XML element found.") % {"file": file_name})
    return root


def _events(content: bytes) -> Iterator[tuple[str, Any]]:
    from defusedxml.ElementTree import iterparse

    return iter(iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True))


def local(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
