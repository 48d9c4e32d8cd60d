"""How old a person was when the conduct began, from an age known at another day.

A person met at 25 may have been 15 when it happened; the child rule looks at the conduct. The
rule protects: whoever may have been under 18 on its first day is treated as a child.
"""

from datetime import date

from mekhala.core.law.statute import Period
from mekhala.core.reasoning.age import MAJORITY
from mekhala.core.vocabulary.person import AgeCertainty


def age_then(
    age: int | None, certainty: AgeCertainty, *, met_on: date, began: Period | None
) -> tuple[int | None, AgeCertainty]:
    """Return age in whole years and its certainty on the day the conduct began.

    ``age`` was that on ``met_on``; ``began`` are the days the conduct can have begun on. Without
    a date the age at the meeting stands. Where both sides of 18 are possible the youngest age
    is returned as estimated, so that nobody is judged an adult, or sentenced, on a guess.
    """
    if age is None or began is None or began.first is None or began.last is None:
        return age, certainty
    oldest = age - max(whole_years(began.last, met_on), 0)
    youngest = age - max(whole_years(began.first, met_on), 0) - _may_lack_one(began.first, met_on)
    if (youngest < MAJORITY) == (oldest < MAJORITY):
        return max(oldest, 0), certainty
    return max(youngest, 0), _no_better(certainty)


def whole_years(first: date, then: date) -> int:
    """Return the whole years from one day to another: an age, if ``first`` is a day of birth."""
    return then.year - first.year - ((then.month, then.day) < (first.month, first.day))


def _may_lack_one(then: date, met_on: date) -> bool:
    """Return whether a birthday may lie in what is left beside the whole years."""
    return then < met_on and (then.month, then.day) != (met_on.month, met_on.day)


def _no_better(certainty: AgeCertainty) -> AgeCertainty:
    return AgeCertainty.ESTIMATED if certainty is AgeCertainty.KNOWN else certainty
