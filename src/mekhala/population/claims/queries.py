"""Where published figures come from. Nothing here changes anything.

Repeats are joined to the claim they go back to (see ``mekhala.core.provenance``), so that ten
documents that print one count are never ten counts.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mekhala.core.provenance.chains import Links, chain_of, links_between, roots_of
from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.provenance.claim import plain
from mekhala.core.provenance.sources import document_years
from mekhala.core.provenance.superseded import Superseded, superseded
from mekhala.population.claims.models import Claim, ClaimChange
from mekhala.population.claims.services import as_read


class Origin(TextChoices):
    """What stands behind a figure."""

    COUNTED = "counted", _("Counted origin")
    REPEAT = "repeat", _("Repeat")
    COMPUTED = "computed", _("Computed from others")
    NONE = "none", _("No counted origin")


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A claim with the claim it goes back to, and those that repeat it.

    ``repeats`` is the claim_id of the root, None for a root; ``repeated_by`` holds the claim_ids
    that go back to this one, empty for a repeat. ``superseded`` says who replaced it, or None.
    """

    claim: Read
    origin: Origin
    repeats: str | None
    repeated_by: tuple[str, ...]
    superseded: Superseded | None = None

    @property
    def definition(self) -> tuple[str, str, str]:
        """What the figure counts, by which definition, in which unit: never mixed with another."""
        one = self.claim
        return plain(one.quantity), plain(one.population_definition), plain(one.unit)


def kept() -> list[Read]:
    """Return every claim, in the order in which they were loaded; one query."""
    return [as_read(one) for one in Claim.objects.order_by("id")]


def links_of(claims: Sequence[Read]) -> Links:
    """Return the same as ``links_between``, looking only where a repeat can be.

    A repeat shares its chain or its quantity, so only those groups are compared in pairs.
    """
    groups: defaultdict[tuple[str, str], list[Read]] = defaultdict(list)
    for one in claims:
        groups["quantity", plain(one.quantity)].append(one)
        if one.chain:
            groups["chain", one.chain].append(one)
    links: Links = {one.claim_id: [] for one in claims}
    for group in groups.values():
        for claim_id, found in links_between(group).items():
            links[claim_id] = list(dict.fromkeys(links[claim_id] + found))
    return links


def traced(claims: Sequence[Read]) -> list[Traced]:
    """Return every claim with its origin, in the order given."""
    return _traced_by(claims, roots_of(list(claims), links_of(claims)))


def _traced_by(claims: Sequence[Read], roots: dict[str, Read]) -> list[Traced]:
    gone = superseded(claims, roots)
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for claim_id, root in roots.items():
        if claim_id != root.claim_id:
            followers[root.claim_id].append(claim_id)
    return [
        Traced(
            claim=one,
            origin=_origin(one, roots[one.claim_id]),
            repeats=None if roots[one.claim_id] is one else roots[one.claim_id].claim_id,
            repeated_by=tuple(sorted(followers.get(one.claim_id, ()))),
            superseded=gone.get(one.claim_id),
        )
        for one in claims
    ]


def _origin(one: Read, root: Read) -> Origin:
    if not root.measured:
        return Origin.NONE
    if root.computed:
        return Origin.COMPUTED
    return Origin.COUNTED if root is one else Origin.REPEAT


def chains(claims: Sequence[Read]) -> list[tuple[str, int]]:
    """Return the names of the chains with how many claims each holds."""
    return sorted(Counter(one.chain for one in claims if one.chain).items())


def whole(claim_id: str) -> dict[str, Any] | None:
    """Return all that is known of one claim, None if there is none of this name.

    ``it``: the claim traced; ``path``: from the root to the claim; ``joined``: every claim that
    goes back to the same root, the root first; ``alike``: every claim of its chain; ``chain``:
    name, claims and independent counted origins of its chain, or None; ``years``: how old each
    document is at most; ``conflicts`` and ``checks``: remarks of the ledger that name the claim.
    """
    from mekhala.core.provenance.checks import checks  # brings SciPy, which a list needs not

    claims = kept()
    by_id = {one.claim.claim_id: one for one in traced(claims)}
    if claim_id not in by_id:
        return None
    it = by_id[claim_id]
    root = by_id[it.repeats or claim_id]
    joined = [root, *(by_id[found] for found in root.repeated_by)]
    way = chain_of([one.claim for one in joined], claim_id)
    name = it.claim.chain
    return {
        "it": it,
        "path": way["path"][::-1],
        "origin": way["origin"],
        "joined": joined,
        "alike": [one for one in by_id.values() if name and one.claim.chain == name],
        "chain": _chain(name, claims),
        "years": document_years(claims),
        "conflicts": _conflicts(it.claim, claims),
        "checks": [said for said in checks(_near(it.claim, claims)) if claim_id in said["claims"]],
    }


def remarks(claims: Sequence[Read]) -> list[dict[str, Any]]:
    """Return what the ledger remarks on the claims, slips first."""
    from mekhala.core.provenance.checks import checks

    return checks(list(claims))


def conflicts(claims: Sequence[Read]) -> list[dict[str, Any]]:
    """Return the figures that stand against each other."""
    from mekhala.core.provenance.checks import contradictions

    return contradictions(list(claims))


def history(claim_id: str) -> list[ClaimChange]:
    """Return every change of a claim, the newest first, with who made it; one query."""
    return list(ClaimChange.objects.filter(claim_id=claim_id).select_related("changed_by"))


def _near(it: Read, claims: Sequence[Read]) -> list[Read]:
    """Return the claims a remark on one can speak of: of its documents, chain, parts and name."""
    chain = {one.document for one in claims if it.chain and one.chain == it.chain}
    documents = {it.document} | chain
    return [
        one
        for one in claims
        if one.document in documents or (it.chain and one.chain == it.chain)
        or plain(one.quantity) == plain(it.quantity)
        or it.part_of in (one.claim_id, one.part_of) or one.part_of == it.claim_id
    ]  # fmt: skip


def _chain(name: str, claims: Sequence[Read]) -> dict[str, Any] | None:
    from mekhala.core.provenance.ledger import ledger

    if not name:
        return None
    found: dict[str, Any] = ledger([one for one in claims if one.chain == name])["chains"][0]
    return found


def _conflicts(it: Read, claims: Sequence[Read]) -> list[dict[str, Any]]:
    """Return what stands against one claim among those of the same quantity."""
    alike = [one for one in claims if plain(one.quantity) == plain(it.quantity)]
    return [found for found in conflicts(alike) if it.claim_id in found["claims"]]
