"""What a figure lost or gained when one document took it from another."""

import re
from dataclasses import dataclass

from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.sources import origin_of

FIELDS = (
    ("value", "value"),
    ("unit", "unit"),
    ("quantity", "quantity"),
    ("definition", "population_definition"),
    ("place", "place"),
    ("period", "period"),
)
SENTENCES = {
    "value": "value: %(was)r became %(now)r",
    "rounded": "value: %(was)r became %(now)r",
    "unit": "unit: %(was)r became %(now)r",
    "quantity": "quantity: %(was)r became %(now)r",
    "definition": "definition: %(was)r became %(now)r",
    "qualifier_dropped": "definition: %(was)r became %(now)r",
    "place": "place: %(was)r became %(now)r",
    "period": "period: %(was)r became %(now)r",
    "citation_dropped": "citation: %(was)r was dropped",
    "citation": "citation: %(was)r became %(now)r",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changed: its ``kind`` (a key of ``SENTENCES``), as it was and as it is now."""

    kind: str
    was: str
    now: str

    def __str__(self) -> str:
        return SENTENCES[self.kind] % {"was": self.was, "now": self.now}


def changes(earlier: Claim, later: Claim) -> list[Change]:
    """What ``later`` changed of the claim it repeats, in a fixed order."""
    found = [
        Change(
            kind=_kind(name, earlier, later), was=getattr(earlier, field), now=getattr(later, field)
        )
        for name, field in FIELDS
        if plain(getattr(earlier, field)) != plain(getattr(later, field))
    ]
    if origin_of(earlier) != origin_of(later):
        kind = "citation" if origin_of(later) else "citation_dropped"
        found.append(Change(kind=kind, was=earlier.source_cited, now=later.source_cited))
    return found


def _kind(name: str, earlier: Claim, later: Claim) -> str:
    if name == "value" and rounds(earlier, later):
        return "rounded"
    if name == "definition" and _words(later) < _words(earlier):
        return "qualifier_dropped"
    return name


def rounds(exact: Claim, rounded: Claim) -> bool:
    """Whether ``rounded`` is ``exact`` to fewer leading figures; a year is never a rounding."""
    if exact.numbers is None or rounded.numbers is None or exact.base_unit in ("year", "date"):
        return False
    ends = zip(exact.numbers, rounded.numbers, strict=True)
    return all(any(float(f"{a:.{figures}e}") == b for figures in range(4)) for a, b in ends)


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", claim.population_definition.casefold()))
