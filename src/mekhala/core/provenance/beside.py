"""Figures of one quantity from several sources, side by side, with how far each is from each other.

Nothing is chosen and nothing is joined into one: only figures of one unit and place whose years
overlap are held against each other, and each keeps its own definition and source.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.parts import Part

Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another figure for the same years. ``difference``: it less this one; ranges lie apart.

    ``same_years``: its years are the same, and not only some of them.
    """

    claim: Claim
    difference: float
    same_years: bool
    same_definition: bool


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One figure with all others that tell of the same unit, place and years."""

    claim: Claim
    others: tuple[Other, ...]


def beside(claims: Sequence[Claim]) -> list[list[Beside]]:
    """Return figures in groups of one unit and place, those that another stands beside, by year."""
    groups: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in map(Part, claims):
        if part.years and part.claim.numbers:
            groups[plain(part.claim.unit), plain(part.claim.place)].append(part)
    found = [_group(group) for group in groups.values()]
    return [group for group in found if group]


def _group(group: list[Part]) -> list[Beside]:
    order = sorted(group, key=lambda one: (one.years or (0, 0), one.claim.claim_id))
    rows = (Beside(claim=one.claim, others=_others(one, order)) for one in order)
    return [row for row in rows if row.others]


def _others(one: Part, group: list[Part]) -> tuple[Other, ...]:
    return tuple(
        Other(
            claim=other.claim, difference=apart(one.claim.numbers, other.claim.numbers),
            same_years=one.years == other.years,
            same_definition=plain(one.claim.population_definition)
            == plain(other.claim.population_definition),
        )
        for other in group
        if other is not one and _overlap(one.years, other.years)
    )  # fmt: skip


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return bool(one and other and one[0] <= other[1] and other[0] <= one[1])


def apart(one: Range | None, other: Range | None) -> float:
    """Return how far the other figure is above (or below, negative) one; 0 where ranges meet."""
    if one is None or other is None:
        return 0.0
    if other[0] > one[1]:
        return other[0] - one[1]
    return min(other[1] - one[0], 0.0)
