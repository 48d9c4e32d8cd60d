"""How many convictions rest on what a lawyer should look at, with the unknown kept apart.

Each warning about a conviction is raised, not raised, or cannot be told (``fair_trial``). A share
is of those of whom it can be told; beside it stands how low and high it would be if all the
others were like neither or like all. Intervals: Wilson (1927), on as many people as the sample is
worth once those judged together count for less (Korn & Graubard 1998).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mekhala.core.cohorts.funnel import FEWEST
from mekhala.core.estimation.binomial import wilson


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One conviction: which complaint it belongs to, and each warning's answer."""

    complaint: int
    raised: dict[str, bool | None]


@dataclass(frozen=True, kw_only=True)
class WarningShare:
    """One warning over many convictions; everything but ``code`` None where 1 to 9 are in a part.

    ``least`` and ``most``: the share if it were raised for none, or all, of the unknown.
    """

    code: str
    raised: int | None = None
    not_raised: int | None = None
    unknown: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None


def warning_shares(
    convictions: Sequence[Judged], codes: Sequence[str], *, level: float = 0.95
) -> list[WarningShare]:
    """Return each warning of ``codes`` over the convictions, in that order."""
    return [_share(convictions, code, level) for code in codes]


def any_of(codes: Sequence[str], judged: Judged) -> bool | None:
    """Whether any of ``codes`` is raised: yes, no, or unknown while one cannot be told."""
    answers = [judged.raised.get(code) for code in codes]
    if True in answers:
        return True
    return None if None in answers else False


def _share(convictions: Sequence[Judged], code: str, level: float) -> WarningShare:
    counts = Counter(one.raised.get(code) for one in convictions)
    yes, no, unknown = counts[True], counts[False], counts[None]
    if any(0 < count < FEWEST for count in (yes, no, unknown)) or not convictions:
        return WarningShare(code=code)
    everybody, known = len(convictions), yes + no
    told = {"code": code, "raised": yes, "not_raised": no, "unknown": unknown}
    if not known:
        return WarningShare(**told)  # type: ignore[arg-type]
    worth = known / _design_effect(convictions, code, yes / known)
    low, high = wilson(yes / known * worth, worth, level)
    return WarningShare(
        **told, share=yes / known, low=low, high=high,  # type: ignore[arg-type]
        least=yes / everybody, most=(yes + unknown) / everybody,
    )  # fmt: skip


def _design_effect(convictions: Sequence[Judged], code: str, share: float) -> float:
    """The variance by complaint over that of as many people apart; never below 1."""
    sums: dict[int, float] = {}
    known = 0
    for one in convictions:
        answer = one.raised.get(code)
        if answer is not None:
            known += 1
            sums[one.complaint] = sums.get(one.complaint, 0.0) + answer - share
    if len(sums) < 2 or share in (0.0, 1.0):
        return 1.0
    by_complaint = sum(s * s for s in sums.values()) * len(sums) / (len(sums) - 1)
    return max(by_complaint / (known * share * (1 - share)), 1.0)
