"""Figures that others are counted out of, each with the sum of its parts computed anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mekhala.core.provenance.claim import Claim
from mekhala.core.provenance.parts import Part, whole_of


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A figure that others are a part of, or are told as a share of.

    ``parts``: those said to make it up between them; ``base_of``: those that name it as "of N".
    """

    claim: Claim
    parts: tuple[Claim, ...]
    base_of: tuple[Claim, ...]

    @property
    def total(self) -> float | None:
        """What the parts add up to; None without any, or where one of them is no single number."""
        values = [Part(one).value for one in self.parts]
        return None if not values or None in values else sum(one or 0.0 for one in values)

    @property
    def difference(self) -> float | None:
        """The sum of the parts less the whole as printed; None where either is not known."""
        value = Part(self.claim).value
        return None if self.total is None or value is None else self.total - value

    def share(self, part: Claim) -> float | None:
        """Return a part out of the whole; None where either is no single number, or it is 0."""
        value, whole = Part(part).value, Part(self.claim).value
        return None if value is None or not whole else value / whole


def wholes(claims: Iterable[Claim]) -> list[Whole]:
    """Return every figure that is a whole or a base, and every census, in the order given."""
    kept = list(claims)
    made_of: defaultdict[str, list[Claim]] = defaultdict(list)
    for one in kept:
        made_of[one.part_of].append(one)
    bases = _bases(kept)
    return [
        Whole(claim=one, parts=tuple(made_of[one.claim_id]), base_of=tuple(bases[one.claim_id]))
        for one in kept
        if made_of[one.claim_id] or bases[one.claim_id] or _is_census(one)
    ]


def _bases(claims: list[Claim]) -> defaultdict[str, list[Claim]]:
    frames: defaultdict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for part in map(Part, claims):
        frames[part.frame].append(part)
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for frame in frames.values():
        for part in frame:
            base = whole_of(part, frame)
            if base is not None and base.counts:
                found[base.claim.claim_id].append(part.claim)
    return found


def _is_census(one: Claim) -> bool:
    return "census" in one.method.casefold() and Part(one).counts and not one.part_of
