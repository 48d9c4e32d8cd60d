"""What a rule says about one proceeding: yes, no, or that it cannot be told; why, and from what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mekhala.core.reasoning.logic import conjunction, disjunction


@dataclass(frozen=True)
class Told:
    """The answer of one rule. ``raised`` is None where it cannot be told.

    ``because`` is one sentence for a flag that is raised. ``rests_on`` holds paths into the
    proceeding as it was given, like ``hearing.lawyer``: what a raised flag rests on or, where it
    cannot be told, what would have to be known.
    """

    raised: bool | None
    because: str = ""
    rests_on: tuple[str, ...] = ()


def yes(because: str, *rests_on: str) -> Told:
    """Return that the flag is raised."""
    return Told(True, because, tuple(dict.fromkeys(rests_on)))


NO = Told(False)  # not raised, and nothing unknown could raise it


def cannot_tell(*missing: str) -> Told:
    """Return that it cannot be told until what the paths lead to is known."""
    return Told(None, "", tuple(dict.fromkeys(missing)))


def answered(value: bool | None, because: str, *rests_on: str) -> Told:
    """Return yes where ``value`` is True, no where False, and otherwise that it cannot be told."""
    if value is None:
        return cannot_tell(*rests_on)
    return yes(because, *rests_on) if value else NO


def not_(value: bool | None) -> bool | None:
    """Return the contrary; what is not known stays unknown."""
    return None if value is None else not value


def equals(known: object, *words: object) -> bool | None:
    """Return whether ``known`` is one of ``words``; None where it is not known."""
    return None if known is None else known in words


def all_of(*values: bool | None) -> bool | None:
    """Return False if one is, True if all are, otherwise None."""
    return conjunction(values)


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Return True if one is, False if all are, otherwise None."""
    return disjunction(values)


def joined(answers: Mapping[str, bool | None], because: str) -> Told:
    """Return yes where each answer, by its path, is True, no where one is False.

    Otherwise it cannot be told until those that are None are known.
    """
    value = conjunction(answers.values())
    missing = [path for path, answer in answers.items() if answer is None]
    return cannot_tell(*missing) if value is None else answered(value, because, *answers)


def sentence(words: str) -> str:
    """Return ``words`` with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def listed(words: Sequence[str]) -> str:
    """Return several words as one: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
