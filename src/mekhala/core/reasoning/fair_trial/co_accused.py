"""Co-accused: whether those accused together were treated alike. A difference asks for reasons.

That somebody else went free or got less says nothing against that person, and nothing for or
against the accused.
"""

from mekhala.core.reasoning.fair_trial.answer import (
    NO,
    Told,
    answered,
    any_of,
    cannot_tell,
    equals,
    joined,
    sentence,
    yes,
)
from mekhala.core.reasoning.fair_trial.flags import limit_of
from mekhala.core.reasoning.fair_trial.proceeding import CoAccused, Proceeding
from mekhala.core.reasoning.fair_trial.words import Part, Result

LARGER_PARTS = (Part.PRINCIPAL, Part.OWNER, Part.BUYER)
LEFT_ALONE = (Result.NOT_CHARGED, Result.RELEASED)
RESULT, YEARS = "verdict.result", "verdict.sentence_years"


def disparity_between_co_accused(p: Proceeding) -> Told:
    """Say whether a co-accused left after a payment, got half as much or less, or a suspension."""
    if p.co_accused is None:
        return cannot_tell("co_accused")
    ways = (_released_after_payment, _twice_apart, _suspended)
    told = [way(p, i, other) for i, other in enumerate(p.co_accused) for way in ways]
    value = any_of(each.raised for each in told)
    paths = [path for each in told if each.raised is value for path in each.rests_on]
    said = "; ".join(dict.fromkeys(each.because for each in told if each.raised))
    return answered(value, sentence(said), *paths)


def _released_after_payment(_: Proceeding, i: int, other: CoAccused) -> Told:
    path = f"co_accused[{i}].released_after_payment"
    return answered(other.released_after_payment, "a co-accused was released after a payment", path)


def _twice_apart(p: Proceeding, i: int, other: CoAccused) -> Told:
    """Both convicted, one to at least ``times`` the years of the other; equal is never apart."""
    ours, theirs = p.verdict.sentence_years, other.sentence_years
    path = f"co_accused[{i}].sentence_years"
    answers = {
        f"co_accused[{i}].result": equals(other.result, Result.CONVICTED),
        RESULT: equals(p.verdict.result, Result.CONVICTED),
        path: None if theirs is None else True,
        YEARS: None if ours is None else True,
    }
    if ours is not None and theirs is not None and not _apart(ours, theirs):
        return NO
    told = joined(answers, "")
    if not told.raised:
        return told
    return yes(f"{ours:g} years against {theirs:g} for a co-accused: twice or more", path, YEARS)


def _apart(ours: float, theirs: float) -> bool:
    least, most = sorted((ours, theirs))
    return most > least and most >= limit_of("disparity_between_co_accused", "times") * least


def _suspended(p: Proceeding, i: int, other: CoAccused) -> Told:
    answers = {
        f"co_accused[{i}].result": equals(other.result, Result.SUSPENDED),
        RESULT: equals(p.verdict.result, Result.CONVICTED),
    }
    words = "the whole sentence of a co-accused was suspended, that of the accused was not"
    return joined(answers, words)


def principal_not_prosecuted(p: Proceeding) -> Told:
    """Say whether somebody with a larger part was never charged, or was let go."""
    if p.co_accused is None:
        return cannot_tell("co_accused")
    told = [_left_alone(i, other) for i, other in enumerate(p.co_accused)]
    value = any_of(each.raised for each in told)
    paths = [path for each in told if each.raised is value for path in each.rests_on]
    said = "; ".join(dict.fromkeys(each.because for each in told if each.raised))
    return answered(value, sentence(said), *paths)


def _left_alone(i: int, other: CoAccused) -> Told:
    answers = {
        f"co_accused[{i}].role": equals(other.part, *LARGER_PARTS),
        f"co_accused[{i}].result": equals(other.result, *LEFT_ALONE),
    }
    how = "never charged" if other.result is Result.NOT_CHARGED else "released"
    return joined(answers, f"the {other.part} was {how}")
