"""Figures that a later source replaced, withdrew or called unreliable.

The column ``superseded_by`` says by whom. Where it is empty, the note of the figure's reader is
asked for the words in which such a thing is said. What repeats a superseded figure is superseded
with it, for it rests on nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mekhala.core.provenance.claim import Claim

SAID = re.compile(
    r"\b(?:superseded|withdrawn|retracted|refuted|replaced)\b"
    r"|\b(?:later|called|found|judged)\b[^;.]{0,60}?\b(?:unreliable|inflated|mistaken|wrong)\b"
)


@dataclass(frozen=True, kw_only=True)
class Superseded:
    """Why a figure no longer stands.

    ``by`` is the source or the words that say so; ``said_in`` ``column`` or ``note``;
    ``through`` the claim_id of the root it repeats, None where it is said of the claim itself.
    """

    by: str
    said_in: str
    through: str | None = None


def superseded(claims: Sequence[Claim], roots: Mapping[str, Claim]) -> dict[str, Superseded]:
    """Which claims are superseded, by claim_id. ``roots`` is the answer of ``roots_of``."""
    itself = {claim.claim_id: said for claim in claims if (said := _itself(claim))}
    found = dict(itself)
    for claim in claims:
        root = roots[claim.claim_id].claim_id
        if claim.claim_id not in found and root in itself:
            of = itself[root]
            found[claim.claim_id] = Superseded(by=of.by, said_in=of.said_in, through=root)
    return found


def _itself(claim: Claim) -> Superseded | None:
    if claim.superseded_by:
        return Superseded(by=claim.superseded_by, said_in="column")
    if SAID.search(claim.note.casefold()):
        return Superseded(by=claim.note, said_in="note")
    return None
