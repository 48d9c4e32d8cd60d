"""Findings cut down to what a part of the law asks about.

The outcome of an element depends on the few facts its expression names and on nothing else.
Two whole numbers, a bit for each code, say what of it is yes and what is no; they are the key
under which an outcome is kept, so that ten thousand cases are not weighed ten thousand times.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

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
from mekhala.core.law.statute import Provision
from mekhala.core.vocabulary.facts import facts


@cache
def _bits() -> Mapping[str, int]:
    return {code: 1 << place for place, code in enumerate((*facts(), *PersonPredicate))}


def bits_of(codes: Iterable[str]) -> int:
    """Return the codes (facts and predicates of the person) as bits; others have none."""
    bits, joined = _bits(), 0
    for code in codes:
        joined |= bits.get(code, 0)
    return joined


def answer_of(code: str, *, yes: int, no: int) -> bool | None:
    """Return the answer to one code among those that ``yes`` and ``no`` are the bits of."""
    bit = _bits()[code]
    return True if yes & bit else False if no & bit else None


def codes_named(expression: Expression) -> Iterator[str]:
    """Yield each code the expression names, in the order of the law."""
    match expression:
        case FactIs(code) | NeedsMore(code):
            yield code
        case PersonIs(predicate):
            yield predicate
        case NotInFacts():
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from codes_named(part)


@cache
def reach_of(asking: Expression) -> int:
    """Return the bits of every code that can change how an expression comes out."""
    return bits_of(codes_named(asking))


@cache
def aggravating_reach(provision: Provision) -> int:
    """Return the bits of every code that can raise the range of a provision."""
    return _joined(a.asks for a in provision.aggravations)


@cache
def whole_reach(provision: Provision) -> int:
    """Return the bits of every code that can change how a provision comes out."""
    return _joined(e.asks for e in provision.elements) | aggravating_reach(provision)


def _joined(asked: Iterable[Expression]) -> int:
    return bits_of(code for each in asked for code in codes_named(each))
