"""What a figure is a part of, as far as its own words say: its group, its base, its period.

Words are compared by their first six letters, so that *procurers* and *procuring* are one word.
Nothing here knows a study or a subject: "of 49" names a base, "women" a group, and two figures
are of one frame when they stand in one document and speak of one place and period.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mekhala.core.provenance.claim import Claim, plain

STEM = 6
GROUPS = {
    "female": "female", "females": "female", "women": "female", "woman": "female",
    "male": "male", "males": "male", "men": "male", "man": "male",
    "girls": "girls", "boys": "boys", "urban": "urban", "rural": "rural",
}  # fmt: skip
WHOLES = (
    frozenset({"female", "male"}),
    frozenset({"girls", "boys"}),
    frozenset({"urban", "rural"}),
)
NEUTRAL = frozenset(
    re.findall(
        r"\w+",
        "a all an and as at by for from had in no number of on or overall people persons "
        "population sample than the their to total under was were who whose with",
    )
)
MEASURES = frozenset(
    re.findall(
        r"\w+",
        "percent year years date day days hour hours month months usd riel rank ratio tier "
        "tonnes words",
    )
)  # units that are no counts of things: a mean age of 38 is not 38 of 91
BASE = re.compile(r"(?:^|\b)(?:share )?of (\d[\d,]*)(?!\w)")
PERIOD = re.compile(r"((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?")

Slots = frozenset[frozenset[str]]


@dataclass(frozen=True)
class Part:
    """A claim with what its words say it is a part of. ``None``: they do not say."""

    claim: Claim

    @cached_property
    def slots(self) -> Slots:
        """The words of the quantity without group and filler; ``a/b`` is one word said two ways."""
        words = re.sub(r"\([^()]*\)|['\"‘’“”,]", " ", self.claim.quantity.casefold()).split()
        said = [word for word in words if word not in GROUPS and word not in NEUTRAL]
        return frozenset(frozenset(w[:STEM] for w in word.split("/") if w) for word in said)

    @cached_property
    def group(self) -> str | None:
        """``female``, ``male``, ``urban``, …; None where the quantity names no group or several."""
        words = re.findall(r"\w+", self.claim.quantity.casefold())
        found = {GROUPS[word] for word in words if word in GROUPS}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def base(self) -> int | None:
        """N where the definition says "of N"."""
        said = BASE.search(self.claim.population_definition.casefold())
        return int(said[1].replace(",", "")) if said else None

    @cached_property
    def value(self) -> float | None:
        """The figure, where it is one number and not a range."""
        ends = self.claim.numbers
        return ends[0] if ends and ends[0] == ends[1] else None

    @cached_property
    def open_ended(self) -> bool:
        """Whether the document gives a bound only: *over 87*, *as many as 60*."""
        return bool(self.claim.lo or self.claim.hi)

    @cached_property
    def half(self) -> float:
        """Half of the last figure printed: what rounding can hide."""
        return 0.5 * 10.0 ** -len(self.claim.value.partition(".")[2])

    @cached_property
    def counts(self) -> bool:
        """Whether the unit counts things, and so can be summed and held against a base."""
        return self.claim.base_unit not in MEASURES and self.claim.base_unit != ""

    @cached_property
    def count(self) -> int | None:
        """How many: the count itself, or the one whole number that gives a percentage of N."""
        if self.value is None:
            return None
        if self.counts:
            return int(self.value) if self.value == int(self.value) else None
        if plain(self.claim.unit) != "percent" or not self.base or not 0 <= self.value <= 100:
            return None
        near = round(self.value / 100 * self.base)
        return near if abs(100 * near / self.base - self.value) <= self.half + 0.05 else None

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year of the period; None for *about*, open ends and reporting periods."""
        said = PERIOD.fullmatch(plain(self.claim.period))
        return (int(said[1]), int(said[2] or said[1])) if said else None

    @property
    def frame(self) -> tuple[str, str, str]:
        """Document, place and period: only figures of one frame are held against each other."""
        return self.claim.document, plain(self.claim.place), plain(self.claim.period)


def same_words(one: Slots, other: Slots) -> bool:
    """Whether each word of one is said, in one of its ways, by the other, and none is left."""
    return len(one) == len(other) and all(any(a & b for b in other) for a in one)


def shared_words(one: Slots, other: Slots) -> int:
    """How many words of one the other says too."""
    return sum(any(a & b for b in other) for a in one)


def whole_of(part: Part, frame: Iterable[Part]) -> Part | None:
    """The count that "of N" of a part speaks of: value N, the most words in common, one only.

    A count printed as such goes before one that a percentage only gives.
    """
    found = [
        ((shared_words(part.slots, other.slots), other.counts), other)
        for other in frame
        if other.claim is not part.claim and part.base is not None and other.count == part.base
    ]
    best = max((likeness for likeness, _ in found), default=None)
    nearest = [other for likeness, other in found if likeness == best]
    return nearest[0] if len(nearest) == 1 else None


def wholes_of(part: Part, frame: list[Part]) -> list[Part]:
    """The wholes a part stands in, nearest first: 49 of 70, of 83, of 91."""
    found: list[Part] = []
    here = whole_of(part, frame)
    while here is not None and here not in found:
        found.append(here)
        here = whole_of(here, frame)
    return found
