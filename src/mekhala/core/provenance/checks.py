"""What can be checked of a single claim, or of two, from what is written about them.

Whether subgroup means bracket a total, and whether parts add up, cannot be seen here: no
column says which claims are parts of which.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mekhala.core.estimation.proportion import wilson
from mekhala.core.provenance.claim import Claim, plain

MISSING = frozenset({"", "-", "undated", "unknown", "n/a"})
SMALL = 100  # a percentage of fewer people is shown with its interval
MANDATORY = ("value", "unit", "population_definition", "place", "period")
OUT_OF = re.compile(r"(?:^|\b)(?:share )?of (\d[\d,]*)(?!\w)")


def checks(claims: list[Claim]) -> list[dict[str, Any]]:
    """Every remark on every claim: ``claim_id``, ``check``, ``because``, and figures that help."""
    return [
        {"claim_id": claim.claim_id, **remark}
        for claim in claims
        for check in (_incomplete, _percentage, _second_hand, _not_a_claim)
        for remark in check(claim)
    ]


def contradictions(claims: list[Claim]) -> list[dict[str, Any]]:
    """Pairs that count the same in the same place and period and give different values.

    ``kind`` is ``contradiction`` for one definition, ``definitions_differ`` where the
    definitions are not the same and may explain it, ``noted`` where only the note says so.
    """
    found = [
        {
            "kind": _kind(one, other),
            "claims": [one.claim_id, other.claim_id],
            "values": [one.value, other.value],
            "quantity": one.quantity,
            "because": f"{one.place}, {one.period}: {one.value} against {other.value} {one.unit}",
        }
        for one, other in combinations(claims, 2)
        if _comparable(one, other) and _differ(one, other)
    ]
    return found + [
        {
            "kind": "noted",
            "claims": [claim.claim_id],
            "values": [claim.value],
            "quantity": claim.quantity,
            "because": text,
        }
        for claim in claims
        for text in (claim.sources_that_repeat_it, claim.note)
        if "contradict" in text.casefold()
    ]


def _kind(one: Claim, other: Claim) -> str:
    same = plain(one.population_definition) == plain(other.population_definition)
    return "contradiction" if same else "definitions_differ"


def _comparable(one: Claim, other: Claim) -> bool:
    """Same quantity, unit, place and period; for a year the period is the value itself."""
    if any(
        plain(getattr(one, field)) != plain(getattr(other, field))
        for field in ("quantity", "unit", "place")
    ):
        return False
    if plain(one.unit) in ("year", "date"):
        return True
    return plain(one.period) == plain(other.period) and plain(one.period) not in MISSING


def _differ(one: Claim, other: Claim) -> bool:
    """Whether no value could be meant by both: ranges that overlap agree."""
    if one.numbers is None or other.numbers is None:
        return plain(one.value) != plain(other.value)
    return one.numbers[1] < other.numbers[0] or other.numbers[1] < one.numbers[0]


def _incomplete(claim: Claim) -> Iterator[dict[str, Any]]:
    missing = [
        field
        for field in MANDATORY
        if plain(getattr(claim, field)) in MISSING or "missing" in getattr(claim, field).casefold()
    ]
    if missing:
        yield {"check": "incomplete", "because": f"does not say its {', '.join(missing)}"}


def _percentage(claim: Claim) -> Iterator[dict[str, Any]]:
    """A percentage of n must come from a whole number of people, and of few shows an interval."""
    stated = OUT_OF.search(claim.population_definition.casefold())
    if plain(claim.unit) != "percent" or not stated or not claim.numbers:
        return
    size, value = int(stated[1].replace(",", "")), claim.numbers[0]
    if claim.numbers[0] != claim.numbers[1] or not 0 <= value <= 100 or not size:
        return
    decimals = len(claim.value.partition(".")[2])
    count = round(value / 100 * size)
    if abs(100 * count / size - value) > 0.5 * 10**-decimals + 1e-9:
        yield {
            "check": "percentage_not_reachable",
            "because": f"no whole number of {size} gives {claim.value} percent; the nearest is "
            f"{count}, which gives {100 * count / size:.{decimals + 1}f}",
        }
    if size < SMALL:
        low, high = wilson(count, size, 0.95)
        yield {
            "check": "percentage_of_few",
            "because": f"{count} of {size}: 95 % interval {low:.1%} to {high:.1%}",
            "low": round(100 * low, 1),
            "high": round(100 * high, 1),
        }


def _second_hand(claim: Claim) -> Iterator[dict[str, Any]]:
    if re.search(r"\bvia\b", claim.source_cited):
        yield {"check": "cited_second_hand", "because": f"cites {claim.source_cited}"}


def _not_a_claim(claim: Claim) -> Iterator[dict[str, Any]]:
    note = claim.note.casefold()
    if "page furniture" in note or "not a trafficking claim" in note:
        yield {"check": "not_about_the_subject", "because": claim.note}
