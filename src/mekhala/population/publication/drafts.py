"""A table before its release: counted, protected, attacked. It stays inside."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mekhala.population.publication import words

if TYPE_CHECKING:
    from mekhala.core.disclosure.suppression import ProtectedTable
    from mekhala.core.disclosure.tables import Cell

DIMENSIONS = tuple(words.DIMENSIONS)
MARGINS: tuple[tuple[str, ...], ...] = (
    (), ("sex",), ("age_band",), ("exploitation",), ("province_code",),
    ("sex", "age_band"), ("sex", "exploitation"),
)  # fmt: skip
THRESHOLD = 10  # R-92; smaller counts are withheld
WITHIN = 2  # no withheld count may be told to within plus or minus so many people


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One year's table as it would be released, and, for inside only, why cells are withheld.

    ``cells`` is what would be published. ``reasons`` holds for each cell "small", "protects"
    or None; ``fingerprint`` changes when any count behind the table does.
    """

    year: int
    people: int
    threshold: int
    cells: list[dict[str, Any]]
    reasons: list[str | None]
    attack: dict[str, Any]
    fingerprint: str

    @property
    def withheld(self) -> dict[str, int]:
        """How many cells there are and how many are withheld; never which of them are small."""
        return {"cells": len(self.cells), "withheld": sum(r is not None for r in self.reasons)}


def draft_of(year: int, counts: Mapping[tuple[str, ...], int]) -> Draft:
    """Protect ``{(sex, age band, form, province): people}`` and attack what is left.

    Codes outside the closed lists are counted as not known. Takes a second or two.
    """
    from mekhala.core.disclosure.suppression import protect
    from mekhala.core.disclosure.tables import cross

    known = _in_closed_lists(counts)
    categories = {name: words.codes_of(name) for name in DIMENSIONS}
    protected = protect(cross(categories, known), MARGINS, threshold=THRESHOLD, within=WITHIN)
    return Draft(
        year=year,
        people=sum(known.values()),
        threshold=THRESHOLD,
        cells=[_row(cell, count) for cell, count in protected.shown.items()],
        reasons=[_reason(protected, cell) for cell in protected.shown],
        attack=_attacked(protected),
        fingerprint=_fingerprint(year, known),
    )


def _in_closed_lists(counts: Mapping[tuple[str, ...], int]) -> Counter[tuple[str, ...]]:
    closed = [set(words.codes_of(name)) for name in DIMENSIONS]
    known: Counter[tuple[str, ...]] = Counter()
    for key, people in counts.items():
        codes = zip(key, closed, strict=True)
        known[tuple(code if code in allowed else words.UNKNOWN for code, allowed in codes)] += (
            people
        )
    return known


def _row(cell: "Cell", count: int | None) -> dict[str, Any]:
    return {**dict(zip(cell.margin, cell.categories, strict=True)), "count": count}


def _reason(protected: "ProtectedTable", cell: "Cell") -> str | None:
    if cell in protected.primary:
        return "small"
    return "protects" if cell in protected.complementary else None


def _attacked(protected: "ProtectedTable") -> dict[str, Any]:
    """Try, from what is shown alone, to work every withheld count out (two programmes each)."""
    from mekhala.core.disclosure.attack import recoverable

    found = recoverable(protected.frame, protected.shown, within=WITHIN)
    return {
        "attack": "bounds of every withheld count by linear programming",
        "withheld": sum(count is None for count in protected.shown.values()),
        "within": WITHIN,
        "recoverable": len(found),
    }


def _fingerprint(year: int, counts: Mapping[tuple[str, ...], int]) -> str:
    kept = [year, THRESHOLD, sorted([*key, people] for key, people in counts.items())]
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()
