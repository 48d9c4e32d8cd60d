"""What is still to be asked: the fewest questions that would settle a finding.

For an element that asks for any of several facts one yes is enough, and a no needs every one of
them answered no; for one that asks for all it is the other way round. A set is minimal if no
part of it would do. (Minimal sufficient reasons, or prime implicants, of a monotone expression:
Quine, *The problem of simplifying truth functions*, 1952.)

The age is no question here: until it is known the person is protected as a child.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from mekhala.core.reasoning.logic import KEPT, Asks, Explained
from mekhala.core.reasoning.outcome import ElementOutcome
from mekhala.core.vocabulary.facts import meaning_of

type Questions = tuple[str, ...]  # fact codes, in the order of the law

MOST_SETS = 10  # entries of ``ask_next``
MOST_WAYS = 256  # sets kept at each step of a deeply nested expression, the smallest first


@lru_cache(maxsize=KEPT)
def to_settle(explained: Explained, *, as_value: bool) -> tuple[Questions, ...]:
    """Return the minimal sets of open facts whose answer ``as_value`` gives that value.

    Every fact of a set is answered yes for True and no for False. The smallest sets come first,
    then the order of the law. Empty if no answer about facts can do it; one empty set if it is
    so already.
    """
    if explained.value is not None:
        return ((),) if explained.value is as_value else ()
    if not explained.parts:
        return _leaf(explained, as_value=as_value)
    inside = [to_settle(part, as_value=as_value) for part in explained.parts]
    one_is_enough = (explained.asks is Asks.ANY) is as_value
    return _minimal(way for part in inside for way in part) if one_is_enough else _each(inside)


def _leaf(leaf: Explained, *, as_value: bool) -> tuple[Questions, ...]:
    """A fact nobody answered can be asked; one that needs more can only be denied."""
    deniable = leaf.asks is Asks.NEEDS_MORE and not leaf.left_open and not as_value
    return ((leaf.code,),) if leaf.asks is Asks.FACT or deniable else ()


def _each(inside: Iterable[tuple[Questions, ...]]) -> tuple[Questions, ...]:
    """Join one way of each part with one of every other."""
    joined: tuple[Questions, ...] = ((),)
    for ways in inside:
        joined = _minimal(tuple(dict.fromkeys(a + b)) for a, b in product(joined, ways))
    return joined


def _minimal(ways: Iterable[Questions]) -> tuple[Questions, ...]:
    """Keep the sets that hold no other, the smallest first."""
    kept: list[Questions] = []
    for way in sorted(ways, key=len):
        if len(kept) < MOST_WAYS and not any(set(k) <= set(way) for k in kept):
            kept.append(way)
    return tuple(kept)


@dataclass(frozen=True, kw_only=True)
class QuestionSet:
    """Facts to ask about, and what follows if each of them is answered ``answer``."""

    codes: Questions
    element: str  # names, joined by a comma where the set settles several together
    answer: str

    def as_answer(self) -> dict[str, object]:
        """Return the set as ``mekhala assess`` prints it."""
        finding = {"yes": "met", "no": "not met"}[self.answer]
        return {
            "codes": list(self.codes),
            "element": self.element,
            "answer": self.answer,
            "would": f"settle as {finding} if {self.answer}",
            "words": f"Ask about: {'; '.join(_plain(meaning_of(code)) for code in self.codes)}.",
        }


def ask_next(needed: Sequence[ElementOutcome]) -> tuple[QuestionSet, ...]:
    """Return the question sets that would settle a finding that needs each of ``needed``.

    Empty if it is settled. At most ``MOST_SETS``, the fewest questions first: for each open
    element the smallest set whose every answer no would make the finding not met; and sets whose
    every answer yes would make it met, as many as there is room for, each opening another way.
    """
    still_open = [e for e in needed if e.value is None]
    if any(e.value is False for e in needed):
        return ()
    against = [
        QuestionSet(codes=codes, element=e.name, answer="no")
        for e in still_open
        for codes in to_settle(e.explained, as_value=False)[:1]
    ]
    names = ", ".join(e.name for e in still_open)
    in_favour = [QuestionSet(codes=c, element=names, answer="yes") for c in _together(still_open)]
    room = MOST_SETS - len(against)
    return tuple(sorted([*in_favour[:room], *against], key=lambda each: len(each.codes)))


def _together(elements: Sequence[ElementOutcome]) -> list[Questions]:
    """Join the first way of each element, then the second of each, and so on."""
    ways = [to_settle(e.explained, as_value=True) for e in elements]
    rows = range(max(map(len, ways), default=0)) if all(ways) else ()
    return [tuple(dict.fromkeys(c for w in ways for c in w[i % len(w)])) for i in rows]


def _plain(meaning: str) -> str:
    return meaning[:1].lower() + meaning[1:]
