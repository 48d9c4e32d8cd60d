"""Which claims repeat which, and the way of a claim back to its root.

One claim repeats another when both are filed in one chain (or count the same quantity),
the value is the same (or a rounding that one of the two names), the unit is of one kind,
and one of the two says that the other's document repeats it. Repeats are joined, and the
root of those joined is the claim that somebody measured, of the earliest source, first in
the file.
"""

import difflib
import re
from collections import deque
from dataclasses import asdict
from typing import Any

from mekhala.core.provenance.changes import changes, rounds
from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.sources import carriers, origin_of, source_year
from mekhala.core.provenance.superseded import superseded
from mekhala.core.wrong_input import WrongInput

Links = dict[str, list[str]]


def links_between(claims: list[Claim]) -> Links:
    """For each claim_id those that repeat it or that it repeats."""
    links: Links = {claim.claim_id: [] for claim in claims}
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            if _repeats(one, other):
                links[one.claim_id].append(other.claim_id)
                links[other.claim_id].append(one.claim_id)
    return links


def roots_of(claims: list[Claim], links: Links) -> dict[str, Claim]:
    """For each claim_id the claim its figure goes back to, which may be itself."""
    by_id = {claim.claim_id: claim for claim in claims}
    order = {claim.claim_id: place for place, claim in enumerate(claims)}
    roots: dict[str, Claim] = {}
    for claim in claims:
        if claim.claim_id not in roots:
            joined = [by_id[found] for found in _ways(claim.claim_id, links)]
            root = min(joined, key=lambda c: (not c.measured, source_year(c), order[c.claim_id]))
            roots.update(dict.fromkeys((c.claim_id for c in joined), root))
    return roots


def chain_of(claims: list[Claim], claim_id: str) -> dict[str, Any]:
    """One claim's way back: steps through the documents, what changed, and whether it ends well.

    ``path`` begins with the claim and ends with its root; a step has a ``claim_id`` or, for a
    document only cited, None; ``changed`` says in words what the step changed, ``changes`` the
    same in parts. ``empirical`` says whether somebody measured it at the root, ``superseded``
    by whom it was replaced.
    Raises ``WrongInput`` for an unknown claim_id, naming the nearest.
    """
    by_id = {claim.claim_id: claim for claim in claims}
    if claim_id not in by_id:
        near = difflib.get_close_matches(claim_id, by_id, n=1, cutoff=0.0)
        hint = f"; the nearest is {near[0]!r}" if near else ""
        raise WrongInput(f"--claim: there is no claim {claim_id!r}{hint}")
    links = links_between(claims)
    roots = roots_of(claims, links)
    claim, root = by_id[claim_id], roots[claim_id]
    way = [by_id[found] for found in _way(root.claim_id, claim_id, links)]
    gone = superseded(claims, roots).get(claim_id)
    return {
        "claim_id": claim_id,
        "chain": claim.chain or None,
        "path": _path(way),
        "root": root.claim_id,
        "origin": origin_of(root),
        "empirical": root.measured,
        "superseded": asdict(gone) if gone else None,
        "sources_that_repeat_it": claim.sources_that_repeat_it or None,
        "same_chain": [c.claim_id for c in claims if claim.chain and c.chain == claim.chain],
    }


def _repeats(one: Claim, other: Claim) -> bool:
    together = (one.chain and one.chain == other.chain) or plain(one.quantity) == plain(
        other.quantity
    )
    return bool(
        together
        and one.base_unit == other.base_unit
        and (_names(one, other) or _names(other, one))
        and _same_figure(one, other)
    )


def _names(one: Claim, other: Claim) -> bool:
    """Whether ``one`` says that the document of ``other`` repeats it."""
    document = re.escape(other.document)
    return bool(document and re.search(rf"(?<!\w){document}(?!\w)", one.sources_that_repeat_it))


def _same_figure(one: Claim, other: Claim) -> bool:
    """Equal, or a rounding of the other that one of the two names by its number."""
    if one.numbers is None or other.numbers is None:
        return plain(one.value) == plain(other.value)
    if one.numbers == other.numbers:
        return True
    return (_tells(one, other) or _tells(other, one)) and (rounds(one, other) or rounds(other, one))


def _tells(one: Claim, other: Claim) -> bool:
    """Whether ``one`` gives the number of ``other`` among what repeats it."""
    said = re.findall(r"\d[\d,]*(?:\.\d+)?", one.sources_that_repeat_it)
    return other.value.replace(",", "") in {number.replace(",", "") for number in said}


def _ways(start: str, links: Links) -> dict[str, str | None]:
    """Every claim joined to ``start``, with the one it was reached from."""
    reached: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in links[here]:
            if there not in reached:
                reached[there] = here
                waiting.append(there)
    return reached


def _way(root: str, claim_id: str, links: Links) -> list[str]:
    """The shortest way from a claim to its root."""
    reached = _ways(root, links)
    way, here = [claim_id], reached[claim_id]
    while here is not None:
        way.append(here)
        here = reached[here]
    return way


def _path(way: list[Claim]) -> list[dict[str, Any]]:
    """The claims of the way with the documents each of them cites in between."""
    path: list[dict[str, Any]] = []
    for place, claim in enumerate(way):
        changed = changes(way[place + 1], claim) if place + 1 < len(way) else []
        path.append(
            {
                "claim_id": claim.claim_id,
                "document": claim.document,
                "quantity": claim.quantity,
                "value": claim.value,
                "unit": claim.unit,
                "period": claim.period,
                "method": claim.method,
                "changed": [str(change) for change in changed],
                "changes": [asdict(change) for change in changed],
            }
        )
        path += [{"claim_id": None, "document": name} for name in carriers(claim)]
    return path
