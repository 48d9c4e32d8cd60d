"""What can be checked of published figures: each by itself, two that stand against each other.

Sums over parts and wholes are in ``arithmetic``; the sentences in ``remarks``.
"""

import math
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mekhala.core.estimation.proportion import wilson
from mekhala.core.provenance.arithmetic import arithmetic
from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.parts import Part
from mekhala.core.provenance.remarks import Weight, remark

MISSING = frozenset({"", "-", "undated", "unknown", "n/a"})
SMALL = 100  # a percentage of fewer people is shown with its interval
MANDATORY = ("value", "unit", "population_definition", "place", "period")


def checks(claims: list[Claim]) -> list[dict[str, Any]]:
    """Every remark on claims, as ``remark`` makes them.

    Slips come first, then questions, then notes; within them in the order of the claims.
    """
    alone = (_incomplete, _percentage, _unit, _second_hand, _not_a_claim)
    found = [said for claim in claims for check in alone for said in check(claim)]
    order = {claim.claim_id: place for place, claim in enumerate(claims)}
    weights = list(Weight)
    return sorted(
        arithmetic(claims) + found,
        key=lambda said: (weights.index(Weight(said["weight"])), order[said["claim_id"]]),
    )


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
            "place": one.place,
            "period": one.period,
            "unit": one.unit,
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
        yield remark("incomplete", claim, fields=", ".join(missing))


def _percentage(claim: Claim) -> Iterator[dict[str, Any]]:
    """A percentage of n must come from a whole number of people, and of few shows an interval."""
    part = Part(claim)
    size, value = part.base, part.value
    if plain(claim.unit) != "percent" or value is None or not size or not 0 <= value <= 100:
        return
    count = _nearest(part)
    decimals = len(claim.value.partition(".")[2])
    off = abs(100 * count / size - value)
    if off > part.half + 1e-9 and not part.open_ended and not _round_number(claim.value):
        yield remark(
            "percentage_not_reachable", claim, size=size, value=claim.value, count=count,
            nearest=f"{100 * count / size:.{decimals + 1}f}",
        )  # fmt: skip
    if size < SMALL:
        low, high = (100 * end for end in wilson(count, size, 0.95))
        said = remark(
            "percentage_of_few", claim, count=count, size=size, low=f"{low:.1f}", high=f"{high:.1f}"
        )
        yield said | {"low": round(low, 1), "high": round(high, 1)}


def _nearest(part: Part) -> int:
    """The whole number of people nearest to a percentage, above *over* and below *at most*."""
    exact = (part.value or 0.0) / 100 * (part.base or 0)
    if part.claim.lo and not part.claim.hi:
        return min(math.ceil(exact), part.base or 0)
    if part.claim.hi and not part.claim.lo:
        return math.floor(exact)
    return round(exact)


def _round_number(value: str) -> bool:
    """Whether a percentage is printed to tens: 50 may be *about half*."""
    return value.endswith("0") and "." not in value


def _unit(claim: Claim) -> Iterator[dict[str, Any]]:
    if "(" in claim.unit and "missing" not in claim.unit.casefold():
        yield remark("unit_in_doubt", claim, unit=claim.unit)


def _second_hand(claim: Claim) -> Iterator[dict[str, Any]]:
    if re.search(r"\bvia\b", claim.source_cited):
        yield remark("cited_second_hand", claim, cited=claim.source_cited)


def _not_a_claim(claim: Claim) -> Iterator[dict[str, Any]]:
    note = claim.note.casefold()
    if "page furniture" in note or "not a trafficking claim" in note:
        yield remark("not_about_the_subject", claim, note=claim.note)
