"""Three-valued logic over findings, with the tree that explains each answer.

True is found, False is answered no, None is not known. Strong Kleene logic (1952): a value
is given only when nothing unknown could change it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

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
from mekhala.core.reasoning.projection import bits_of, has
from mekhala.core.vocabulary.facts import meaning_of


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


@dataclass(frozen=True)
class Explained:
    """The value of an expression, and that of each of its parts."""

    asks: Asks
    value: bool | None
    code: str  # fact code or person predicate; empty for a joined expression
    words: str
    parts: tuple["Explained", ...] = ()
    left_open: bool = False  # found, and more must be shown before it counts

    def decisive(self) -> Iterator["Explained"]:
        """Yield the leaves that made this value what it is, in the order of the law."""
        if not self.parts:
            yield self
            return
        for part in self.parts:
            if part.value is self.value:
                yield from part.decisive()


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What is found about one person: facts by code, and what is known of the age."""

    facts: Mapping[str, bool | None]
    person: Mapping[PersonPredicate, bool | None]

    @classmethod
    def among(cls, codes: Iterable[str], *, yes: int, no: int) -> "Findings":
        """Return the findings on ``codes`` that two numbers of bits stand for."""
        found = {c: True if has(yes, c) else False if has(no, c) else None for c in codes}
        return cls(facts=found, person={p: found[p] for p in PersonPredicate if p in found})

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
    match expression:
        case FactIs(code):
            return Explained(Asks.FACT, findings.fact(code), code, meaning_of(code))
        case NeedsMore(code):
            found = findings.fact(code)
            words = f"{meaning_of(code)} (more must be shown)"
            value = False if found is False else None
            return Explained(Asks.NEEDS_MORE, value, code, words, left_open=found is True)
        case PersonIs(predicate):
            value = findings.person[predicate]
            return Explained(Asks.PERSON, value, predicate, PERSON_WORDS[predicate])
        case NotInFacts(words):
            return Explained(Asks.NOT_IN_FACTS, None, "", words)
        case AllOf(parts):
            inside = tuple(explain(part, findings) for part in parts)
            return Explained(Asks.ALL, conjunction(p.value for p in inside), "", "", inside)
        case AnyOf(parts):
            inside = tuple(explain(part, findings) for part in parts)
            return Explained(Asks.ANY, disjunction(p.value for p in inside), "", "", inside)


PERSON_WORDS: Mapping[PersonPredicate, str] = {
    PersonPredicate.MINOR: "The person was under 18",
    PersonPredicate.ADULT: "The person was 18 or older",
    PersonPredicate.UNDER_15: "The person was under 15",
}
