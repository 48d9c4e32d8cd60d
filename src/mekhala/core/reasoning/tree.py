"""Which facts, from which sources, make or break which element: an outcome as a tree.

Each node says how the law asks (``all``, ``any``, ``fact``, ``person``, ``needs_more`` or
``not_in_facts``), what came out (``yes``, ``no``, ``unknown``) and, under ``sources``, where the
answers that decided it were found. A leaf has a ``code``; a joined node has ``parts``.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from mekhala.core.reasoning.logic import Asks, Explained
from mekhala.core.reasoning.outcome import ANSWERS, ElementOutcome

type Sources = Mapping[str, tuple[str, ...]]
type Node = dict[str, object]

NO_SOURCES: Sources = MappingProxyType({})
AGE = "person.age"  # what is said of the age is kept under one code, whatever the law asks of it
JOINED_WORDS = {Asks.ALL: "Each of these", Asks.ANY: "At least one of these"}


def tree_of(explained: Explained, sources: Sources) -> Node:
    """Return an explained expression as nested nodes."""
    node: Node = {
        "asks": explained.asks.value,
        "words": explained.words or JOINED_WORDS[explained.asks],
        "value": ANSWERS[explained.value],
        "sources": _unrepeated(explained.decisive, sources),
        "parts": [tree_of(part, sources) for part in explained.parts],
    }
    if explained.code:
        node["code"] = explained.code
    return node


def tree_of_elements(
    elements: Iterable[ElementOutcome],
    sources: Sources,
    *,
    words: str,
    value: bool | None,
    needed: Iterable[ElementOutcome] | None = None,
) -> Node:
    """Return the elements of one article as a tree; ``value`` is what they came to together.

    Each element says whether it was ``required``; ``needed`` are those that were (None: all).
    """
    weighed = tuple(elements)
    required = weighed if needed is None else tuple(needed)
    parts = [element_tree(e, sources, required=e in required) for e in weighed]
    return {**root_of(required, sources, words=words, value=value), "parts": parts}


def root_of(
    required: Iterable[ElementOutcome], sources: Sources, *, words: str, value: bool | None
) -> Node:
    """Return the uppermost node of an article's tree without its parts."""
    decisive = (leaf for e in required if e.value is value for leaf in e.explained.decisive)
    return {
        "asks": Asks.ALL.value,
        "words": words,
        "value": ANSWERS[value],
        "sources": _unrepeated(decisive, sources),
    }


def element_tree(element: ElementOutcome, sources: Sources, *, required: bool) -> Node:
    """Return one element (or aggravation) as a tree that carries its name and label."""
    named: Node = {"element": element.name, "label": element.label, "required": required}
    return {**named, **tree_of(element.explained, sources)}


def _unrepeated(leaves: Iterable[Explained], sources: Sources) -> list[str]:
    return list(dict.fromkeys(_named(leaves, sources))) if sources else []


def _named(leaves: Iterable[Explained], sources: Sources) -> Iterator[str]:
    for leaf in leaves:
        yield from sources.get(AGE if leaf.asks is Asks.PERSON else leaf.code, ())
