"""Three-valued logic over findings, with the tree that explains each answer.

True is found, False is answered no, None is not known. Strong Kleene logic (1952): a value
is given only when nothing unknown could change it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from mekhala.core.law.expression import (
    AllOf,
    AnyOf,
    Expression,
    FactIs,
    NeedsMore,
    NotInFacts,
    PersonIs,
    PersonPredicate,
)
from mekhala.core.reasoning.projection import answer_of, bits_of, reach_of
from mekhala.core.vocabulary.facts import meaning_of

KEPT = 100_000  # explained expressions kept for cases alike, about 300 bytes each


def conjunction(values: Iterable[bool | None]) -> bool | None:
    """Return False if one is, True if all are, otherwise None."""
    seen = set(values)
    if False in seen:
        return False
    return None if None in seen else True


def disjunction(values: Iterable[bool | None]) -> bool | None:
    """Return True if one is, False if all are, otherwise None."""
    seen = set(values)
    if True in seen:
        return True
    return None if None in seen else False


class Asks(StrEnum):
    """How a part of the law asks."""

    ALL = "all"
    ANY = "any"
    FACT = "fact"
    PERSON = "person"
    NEEDS_MORE = "needs_more"
    NOT_IN_FACTS = "not_in_facts"


@dataclass(frozen=True, eq=False)
class Explained:
    """The value of an expression, and that of each of its parts; kept, so equal only to itself."""

    asks: Asks
    value: bool | None
    code: str  # fact code or person predicate; empty for a joined expression
    words: str
    parts: tuple["Explained", ...] = ()
    left_open: bool = False  # found, and more must be shown before it counts

    @cached_property
    def decisive(self) -> tuple["Explained", ...]:
        """The leaves that made this value what it is, in the order of the law."""
        if not self.parts:
            return (self,)
        return tuple(leaf for p in self.parts if p.value is self.value for leaf in p.decisive)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What is found about one person: facts by code, and what is known of the age."""

    facts: Mapping[str, bool | None]
    person: Mapping[PersonPredicate, bool | None]

    @cached_property
    def answered(self) -> tuple[int, int]:
        """What is yes and what is no, a bit for each code (see ``projection``)."""
        every = (*self.facts.items(), *self.person.items())
        return bits_of(c for c, v in every if v is True), bits_of(c for c, v in every if v is False)

    def fact(self, code: str) -> bool | None:
        """Return the finding on one fact; a fact nobody named is unknown."""
        return self.facts.get(code)


def explain(expression: Expression, findings: Findings) -> Explained:
    """Return the value of ``expression`` under ``findings`` with its explanation."""
    return explain_answered(expression, *findings.answered)


def explain_answered(expression: Expression, yes: int, no: int) -> Explained:
    """Explain ``expression`` under the answers that ``yes`` and ``no`` are the bits of."""
    reach = reach_of(expression)
    return _explained(expression, yes & reach, no & reach)


@lru_cache(maxsize=KEPT)
def _explained(expression: Expression, yes: int, no: int) -> Explained:
    """Explain an expression; the same answers to what it asks give the same tree, kept."""
    match expression:
        case AllOf(parts):
            inside = tuple(explain_answered(part, yes, no) for part in parts)
            return Explained(Asks.ALL, conjunction(p.value for p in inside), "", "", inside)
        case AnyOf(parts):
            inside = tuple(explain_answered(part, yes, no) for part in parts)
            return Explained(Asks.ANY, disjunction(p.value for p in inside), "", "", inside)
        case FactIs(code):
            return Explained(Asks.FACT, answer_of(code, yes=yes, no=no), code, meaning_of(code))
        case PersonIs(predicate):
            value = answer_of(predicate, yes=yes, no=no)
            return Explained(Asks.PERSON, value, predicate.value, PERSON_WORDS[predicate])
        case NeedsMore(code):
            found = answer_of(code, yes=yes, no=no)
            value = False if found is False else None
            words = f"{meaning_of(code)} (more must be shown)"
            return Explained(Asks.NEEDS_MORE, value, code, words, left_open=found is True)
        case NotInFacts(words):
            return Explained(Asks.NOT_IN_FACTS, None, "", words)


PERSON_WORDS: Mapping[PersonPredicate, str] = {
    PersonPredicate.MINOR: "The person was under 18",
    PersonPredicate.ADULT: "The person was 18 or older",
    PersonPredicate.UNDER_15: "The person was under 15",
}
