"""How right a linkage is, and for whom: precision, recall, F1 and calibration, group by group.

A linker that misses Vietnamese girls twice as often is at fault, and it shows: each group's
shares stand with their intervals beside everybody's, and a group that is missed, or wrongly joined,
oftener than all others beyond chance is named (``rates``). Groups by sex, age, nationality, script
and how much of the records is filled in (``groups``), and by nationality, sex and age together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mekhala.core.matching.calibration import Band, reliability
from mekhala.core.matching.groups import DIMENSIONS, Groups, groups_of, of_pair
from mekhala.core.matching.judged import Columns, Judged
from mekhala.core.matching.quality_words import (
    BAND_HEADS,
    EVERYBODY,
    HEADS,
    band_row,
    percent,
    row,
    sentences,
)
from mekhala.core.matching.rates import Compared, Rate, beyond_chance, compare, rate

TOGETHER = "nationality, sex and age"
SHOWN = 20  # true pairs or links: the interval of fewer tells hardly anything


@dataclass(frozen=True, kw_only=True)
class Part:
    """The quality of one group: ``of`` is the dimension, ``group`` the value.

    ``missed``: true pairs not linked; ``false``: links that are two people. ``expected`` and
    ``observed``: shares of told pairs that should be and are one person, None without any.
    ``missed_more``, ``false_more``: beside all others; the flags say that it is beyond chance.
    """

    of: str
    group: str
    missed: Rate
    false: Rate
    expected: float | None
    observed: float | None
    missed_more: Compared | None = None
    false_more: Compared | None = None
    is_missed_more: bool = False
    is_false_more: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it stands for fewer than ``SHOWN`` true pairs and links: no news is no proof."""
        return max(self.missed.pairs, self.false.pairs) < SHOWN

    @property
    def f1(self) -> float | None:
        """2 P R / (P + R); None where precision or recall is not known."""
        if self.missed.share is None or self.false.share is None:
            return None
        both = 2 - self.missed.share - self.false.share
        return 2 * (1 - self.missed.share) * (1 - self.false.share) / both if both else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "of": self.of, "group": self.group, "is_small": self.is_small,
            "recall": self.missed.right(), "precision": self.false.right(), "f1": _rounded(self.f1),
            "expected": _rounded(self.expected), "observed": _rounded(self.observed),
            "missed_more": _told(self.missed_more, self.is_missed_more),
            "false_more": _told(self.false_more, self.is_false_more),
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What a linkage is worth at ``threshold``: for everybody, by group, and how calibrated."""

    threshold: float
    level: float
    everybody: Part
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]

    @property
    def flagged(self) -> tuple[Part, ...]:
        """The groups that fare worse than the rest beyond chance."""
        return tuple(part for part in self.parts if part.is_missed_more or part.is_false_more)

    def __str__(self) -> str:
        """Say it in words: the figures for everybody, then every group that fares worse."""
        one = self.everybody
        said = [
            f"recall {percent(one.missed.right())}, precision {percent(one.false.right())}, "
            f"at the probability {self.threshold}"
        ]
        return "\n".join([*said, *self.warnings()])

    def warnings(self) -> list[str]:
        """Return one sentence for each group that fares worse, and for each band that is off."""
        found = [s for part in self.flagged for s in sentences(part)]
        off = [band for band in self.bands if band.verdict]
        return found + [
            f"pairs from {band.above:g} to {band.below:g} are {band.verdict}: {band.expected:.3f} "
            f"expected, {band.observed:.3f} found ({band.low:.3f} to {band.high:.3f})"
            for band in off
        ]

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Return heads and rows of a table in text: everybody, then the larger groups.

        Groups of fewer than ``SHOWN`` pairs are in ``to_dict`` only, unless they are flagged.
        """
        shown = [part for part in self.parts if part not in self.left_out]
        return list(HEADS), [row(part) for part in (self.everybody, *shown)]

    @property
    def left_out(self) -> tuple[Part, ...]:
        """The groups too small for the table: nothing is known of them, good or bad."""
        return tuple(part for part in self.parts if part.is_small and part not in self.flagged)

    def calibration(self) -> tuple[list[str], list[list[object]]]:
        """Return heads and rows of a table in text: what was promised and found in each band."""
        return list(BAND_HEADS), [band_row(band) for band in self.bands]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "threshold": self.threshold, "level": self.level,
            "everybody": self.everybody.to_dict(),
            "groups": [part.to_dict() for part in self.parts],
            "calibration": [band.to_dict() for band in self.bands],
            "warnings": self.warnings(),
        }  # fmt: skip


def quality_of(
    pairs: Sequence[Judged],
    records: Sequence[Mapping[str, str]],
    *,
    threshold: float = 0.95,
    level: float = 0.95,
) -> Quality:
    """Return the quality of a linkage whose ``pairs`` (told or true) are judged.

    A pair at ``threshold`` or above counts as linked; ``records`` are those the pairs number.
    ``level`` is that of intervals and, over all groups at once, of the flags.
    """
    return quality_by(pairs, groups_of(records), threshold=threshold, level=level)


def quality_by(
    pairs: Sequence[Judged],
    groups: Mapping[int, Groups] | Sequence[Groups],
    *,
    threshold: float = 0.95,
    level: float = 0.95,
) -> Quality:
    """Return what ``quality_of`` does where the groups of each record are known already."""
    columns = Columns.of(pairs)
    held: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for half in of_pair(groups[pair.left], groups[pair.right]):
            for key in _of(half):
                held[key].append(number)
    shares = {
        key: np.bincount(held[key], minlength=len(pairs)) / 2 for key in sorted(held, key=_order)
    }
    whole = _part((EVERYBODY, EVERYBODY), columns, threshold)
    parts = [_part(key, columns.shared(s), threshold, whole) for key, s in shares.items()]
    rest = [_part(key, columns.shared(1 - s), threshold, whole) for key, s in shares.items()]
    return Quality(
        threshold=threshold, level=level, everybody=whole, bands=tuple(reliability(columns)),
        parts=tuple(_compared(parts, rest, level)),
    )  # fmt: skip


def _of(groups: Groups) -> Iterable[tuple[str, str]]:
    """Yield the groups a pair belongs to, one by one and those that only show together."""
    yield from zip(DIMENSIONS, groups, strict=True)
    sex, age, nationality, *_ = groups
    yield TOGETHER, f"{nationality}, {sex}, {age}"


def _order(key: tuple[str, str]) -> tuple[int, str]:
    of, group = key
    return DIMENSIONS.index(of) if of in DIMENSIONS else len(DIMENSIONS), group


def _part(
    key: tuple[str, str], pairs: Columns, threshold: float, whole: Part | None = None
) -> Part:
    """The figures of one group; ``whole`` lends its design effects, known from more pairs."""
    told = pairs.where(pairs.probability > 0)
    true, linked = pairs.where(pairs.same), pairs.where(pairs.probability >= threshold)
    weight = float(told.weight.sum())
    effects = (whole.missed.effect, whole.false.effect) if whole else (1.0, 1.0)
    return Part(
        of=key[0], group=key[1],
        missed=rate(true.unit, true.weight, true.probability < threshold, effects[0]),
        false=rate(linked.unit, linked.weight, ~linked.same, effects[1]),
        expected=told.expected if weight else None,
        observed=float(told.weight @ told.same) / weight if weight else None,
    )  # fmt: skip


def _compared(parts: Sequence[Part], rest: Sequence[Part], level: float) -> list[Part]:
    """Lay each group beside all pairs that are not of it; flag what is worse beyond chance."""
    missed = [compare(a.missed, b.missed, level) for a, b in zip(parts, rest, strict=True)]
    false = [compare(a.false, b.false, level) for a, b in zip(parts, rest, strict=True)]
    worse = beyond_chance([one.chance if one else 1.0 for one in (*missed, *false)], level)
    return [
        replace(part, missed_more=missed[n], false_more=false[n], is_missed_more=worse[n],
                is_false_more=worse[len(parts) + n])
        for n, part in enumerate(parts)
    ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def _told(more: Compared | None, is_worse: bool) -> dict[str, Any] | None:
    if more is None:
        return None
    return {"ratio": _rounded(more.ratio), "low": round(more.low, 4),
            "high": round(more.high, 4), "chance": round(more.chance, 6),
            "beyond_chance": is_worse}  # fmt: skip
