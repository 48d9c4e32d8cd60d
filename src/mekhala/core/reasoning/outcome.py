"""The values an outcome is made of, and an element as it was weighed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from mekhala.core.law.statute import Aggravation, Element
from mekhala.core.reasoning.json_text import json_text
from mekhala.core.reasoning.logic import KEPT, Explained, Findings, conjunction, explain_answered

ASKED_AT_ONCE = 4  # facts named in one sentence before the rest is counted


class Finding(StrEnum):
    """Whether a provision is made out."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


ANSWERS: dict[bool | None, str] = {True: "yes", False: "no", None: "unknown"}
FINDINGS = {True: Finding.MET, False: Finding.NOT_MET, None: Finding.UNDETERMINED}
VALUES = {finding: value for value, finding in FINDINGS.items()}


@dataclass(frozen=True, kw_only=True, eq=False)
class ElementOutcome:
    """One element or aggravation under the findings: its value and what made it so."""

    name: str
    label: str
    explained: Explained

    @property
    def value(self) -> bool | None:
        """True made out, False not, None not known."""
        return self.explained.value

    @cached_property
    def because(self) -> str:
        """One sentence: what made or broke the element, or what is still to be asked."""
        leaves = sorted(self.explained.decisive, key=lambda leaf: not leaf.left_open)
        words = _unrepeated(leaf.words for leaf in leaves)
        if self.value is True:
            return f"{_capital(self.label)}: yes. Found: {_listed(words)}."
        if self.value is False:
            return f"{_capital(self.label)}: no. Answered no: {_listed(words)}."
        return f"{_capital(self.label)}: not known. Still to ask: {_listed(words)}."

    def as_answer(self) -> dict[str, object]:
        """Return the element for a JSON answer, with the codes that decided it."""
        return {
            "element": self.name,
            "label": self.label,
            "value": ANSWERS[self.value],
            "decided_by" if self.value is not None else "to_ask": list(self._codes),
        }

    @cached_property
    def in_json(self) -> str:
        """The answer as JSON text, written once."""
        return json_text(self.as_answer())

    @cached_property
    def because_in_json(self) -> str:
        """The sentence as JSON text, written once."""
        return json_text(self.because)

    @cached_property
    def _codes(self) -> list[str]:
        return _unrepeated(leaf.code for leaf in self.explained.decisive if leaf.code)


def weigh_elements(
    elements: Iterable[Element | Aggravation], findings: Findings
) -> tuple[ElementOutcome, ...]:
    """Weigh each element (or aggravation) under the findings."""
    return weigh_answered(elements, *findings.answered)


def weigh_answered(
    elements: Iterable[Element | Aggravation], yes: int, no: int
) -> tuple[ElementOutcome, ...]:
    """Weigh each element under the answers that ``yes`` and ``no`` are the bits of."""
    return tuple(_outcome(e, explain_answered(e.asks, yes, no)) for e in elements)


@lru_cache(maxsize=KEPT)
def _outcome(element: Element | Aggravation, explained: Explained) -> ElementOutcome:
    return ElementOutcome(name=element.name, label=element.label, explained=explained)


def joined(elements: Iterable[ElementOutcome]) -> tuple[Finding, tuple[str, ...]]:
    """Return the finding on all elements together and, if undetermined, the names missing."""
    weighed = tuple(elements)
    finding = FINDINGS[conjunction(e.value for e in weighed)]
    if finding is not Finding.UNDETERMINED:
        return finding, ()
    return finding, tuple(e.name for e in weighed if e.value is None)


def _unrepeated(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _listed(words: list[str]) -> str:
    shown = "; ".join(word[:1].lower() + word[1:] for word in words[:ASKED_AT_ONCE])
    left = len(words) - ASKED_AT_ONCE
    return f"{shown}; and {left} more" if left > 0 else shown


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
