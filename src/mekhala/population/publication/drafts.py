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
    from mekhala.core.disclosure.tables import Cell, Cross

DIMENSIONS = tuple(words.DIMENSIONS)
# Tables that share no dimension are tied to each other by the total alone.
APART: tuple[tuple[tuple[str, ...], ...], ...] = (
    ((), ("sex",), ("age_band",), ("exploitation",), ("sex", "age_band"), ("sex", "exploitation")),
    ((), ("province_code",)),
)
MARGINS = tuple(dict.fromkeys(margin for group in APART for margin in group))
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
    known = _in_closed_lists(counts)
    parts = _protected(known)
    shown = {cell: count for part in parts for cell, count in part.shown.items()}
    return Draft(
        year=year,
        people=sum(known.values()),
        threshold=THRESHOLD,
        cells=[_row(cell, count) for cell, count in shown.items()],
        reasons=[_reason(parts, cell) for cell in shown],
        attack=_attacked(parts),
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


def _protected(counts: Mapping[tuple[str, ...], int]) -> list["ProtectedTable"]:
    """Protect the groups of tables apart where the total is shown, else all at once.

    With a known total any counts that fit one group go together with any that fit the other
    (take the product of their shares), so a reader learns of a group what it tells alone.
    """
    from mekhala.core.disclosure.suppression import protect
    from mekhala.core.disclosure.tables import Cell

    parts = [
        protect(_cross(counts, _used(group)), group, threshold=THRESHOLD, within=WITHIN)
        for group in APART
    ]
    if all(part.shown[Cell((), ())] is not None for part in parts):
        return parts
    return [protect(_cross(counts, DIMENSIONS), MARGINS, threshold=THRESHOLD, within=WITHIN)]


def _used(group: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The dimensions that a group of tables needs, in order."""
    return tuple(name for name in DIMENSIONS if any(name in margin for margin in group))


def _cross(counts: Mapping[tuple[str, ...], int], names: tuple[str, ...]) -> "Cross":
    """People by every combination of some dimensions, the others added up."""
    from mekhala.core.disclosure.tables import cross

    places = [DIMENSIONS.index(name) for name in names]
    added: Counter[tuple[str, ...]] = Counter()
    for key, people in counts.items():
        added[tuple(key[place] for place in places)] += people
    return cross({name: words.codes_of(name) for name in names}, added)


def _row(cell: "Cell", count: int | None) -> dict[str, Any]:
    return {**dict(zip(cell.margin, cell.categories, strict=True)), "count": count}


def _reason(parts: list["ProtectedTable"], cell: "Cell") -> str | None:
    if any(cell in part.primary for part in parts):
        return "small"
    return "protects" if any(cell in part.complementary for part in parts) else None


def _attacked(parts: list["ProtectedTable"]) -> dict[str, Any]:
    """Try, from what is shown alone, to work every withheld count out (two programmes each)."""
    from mekhala.core.disclosure.attack import recoverable

    withheld = {cell for part in parts for cell, n in part.shown.items() if n is None}
    found = {cell for part in parts for cell in recoverable(part.frame, part.shown, within=WITHIN)}
    return {
        "attack": "bounds of every withheld count by linear programming",
        "withheld": len(withheld),
        "within": WITHIN,
        "recoverable": len(found),
    }


def _fingerprint(year: int, counts: Mapping[tuple[str, ...], int]) -> str:
    kept = [year, THRESHOLD, sorted([*key, people] for key, people in counts.items())]
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()
