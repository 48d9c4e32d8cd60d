"""The ledger: who measured each quantity, how far figures range, what is unsupported."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from mekhala.core.provenance.chains import links_between, roots_of
from mekhala.core.provenance.checks import checks, contradictions
from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.sources import origin_of
from mekhala.core.provenance.superseded import superseded

Roots = dict[str, Claim]


def ledger(claims: list[Claim]) -> dict[str, Any]:
    """Sort claims by what they count, and say where each figure comes from.

    ``quantities`` holds for each quantity its ``definitions``, never merged, each with its
    claims, independent origins and range; ``chains`` the same over each chain;
    ``no_empirical_origin`` the figures nobody is said to have measured, with the measured
    claim they repeat (``traced_to``) where there is one; ``superseded`` those a later source
    replaced, and what repeats them.
    """
    roots = roots_of(claims, links_between(claims))
    return {
        "claims": len(claims),
        "quantities": [
            _quantity(group, roots) for group in _by(claims, lambda c: (plain(c.quantity),))
        ],
        "chains": [
            {"chain": group[0].chain, **_origins(group, roots), "claims": _ids(group)}
            for group in _by((c for c in claims if c.chain), lambda c: (c.chain,))
        ],
        "superseded": [
            {"claim_id": claim_id, **asdict(said)}
            for claim_id, said in superseded(claims, roots).items()
        ],
        "no_empirical_origin": [_unsupported(c, roots) for c in claims if not c.measured],
        "contradictions": contradictions(claims),
        "checks": checks(claims),
    }


def _quantity(claims: list[Claim], roots: Roots) -> dict[str, Any]:
    def definition(claim: Claim) -> tuple[str, ...]:
        return plain(claim.population_definition), plain(claim.unit)

    return {
        "quantity": claims[0].quantity,
        **_origins(claims, roots),
        "definitions": [_definition(group, roots) for group in _by(claims, definition)],
    }


def _definition(claims: list[Claim], roots: Roots) -> dict[str, Any]:
    """One definition in one unit: its range goes over all places and periods, which are listed."""
    numbers = [claim.numbers for claim in claims if claim.numbers]
    found = (
        {"low": min(n[0] for n in numbers), "high": max(n[1] for n in numbers)} if numbers else None
    )
    return {
        "definition": claims[0].population_definition,
        "unit": claims[0].unit,
        "places": list(dict.fromkeys(c.place for c in claims)),
        "periods": list(dict.fromkeys(c.period for c in claims)),
        **_origins(claims, roots),
        "range": found,
        "claims": [
            {"claim_id": c.claim_id, "value": c.value, "place": c.place, "period": c.period,
             "method": c.method, "root": roots[c.claim_id].claim_id}
            for c in claims
        ],
    }  # fmt: skip


def _origins(claims: list[Claim], roots: Roots) -> dict[str, Any]:
    """The measured origins of some claims, each once, with the claims that go back to it.

    A ratio of two figures is computed, not measured: it is no origin.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        root = roots[claim.claim_id]
        if root.measured and not root.computed:
            found[origin_of(root) or f"not named in {root.document}"].append(claim.claim_id)
    return {
        "independent_origins": len(found),
        "origins": [{"origin": origin, "claims": ids} for origin, ids in found.items()],
    }


def _unsupported(claim: Claim, roots: Roots) -> dict[str, Any]:
    root = roots[claim.claim_id]
    return {
        "claim_id": claim.claim_id,
        "quantity": claim.quantity,
        "value": claim.value,
        "unit": claim.unit,
        "source_cited": claim.source_cited or None,
        "traced_to": root.claim_id if root.measured else None,
    }


def _ids(claims: list[Claim]) -> list[str]:
    return [claim.claim_id for claim in claims]


def _by(claims: Iterable[Claim], key: Callable[[Claim], tuple[str, ...]]) -> list[list[Claim]]:
    """Claims in groups of one key, in the order the keys first come."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return list(groups.values())
