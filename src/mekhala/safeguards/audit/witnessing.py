"""Taking a head of the log and showing it to the witnesses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from mekhala.safeguards.audit import heads, queries
from mekhala.safeguards.audit.models import Head
from mekhala.safeguards.audit.services import record
from mekhala.safeguards.audit.tree import Edge, proof_between
from mekhala.safeguards.audit.witnesses import NotKept, Witness

NO_DIGEST = "0" * 64


@dataclass(frozen=True)
class Shown:
    """What one witness answered; ``why`` is empty where it keeps the head."""

    witness: str
    why: str = ""


@transaction.atomic
def take_head(*, key: Ed25519PrivateKey, at: datetime) -> Head:
    """Sign a head over every entry there is, and keep it.

    That the key is used is an entry itself, and the last one the head is of. The tree goes on
    from the newest head that this key signed, so that what was changed before it stays found.
    """
    record("audit.head_signed", subject=heads.public_of(key)[:16], by=None, at=at)
    before = queries.newest_signed(heads.public_of(key))
    edge, last, chain = Edge(), 0, NO_DIGEST
    if before:
        edge, last, chain = before.edge, before.last, before.chain
    added = list(queries.digests_after(last))
    if added:
        last, chain = added[-1]
    edge = edge.grown(queries.leaves_of(added))
    signed = heads.signed(key, size=edge.size, root=edge.root(), chain=chain, last=last, at=at)
    return Head.objects.create(**signed, peaks=[peak.hex() for peak in edge.peaks])


def show(head: Head, witnesses: Iterable[Witness]) -> list[Shown]:
    """Show the head to each witness, with the proof from the head it has; say what each answered.

    One that refuses or does not answer does not keep the others from being asked.
    """
    return [_shown(head, witness) for witness in witnesses]


def _shown(head: Head, witness: Witness) -> Shown:
    try:
        latest = witness.latest()
        size = latest.get("size", 0) if latest else 0
        witness.keep(head.as_shown(), _proof(head, size))
    except NotKept as refused:
        return Shown(witness.name, str(refused))
    return Shown(witness.name)


def _proof(head: Head, size: object) -> list[str]:
    """Return the proof from ``size`` entries to the head; none where the witness has more."""
    if not isinstance(size, int) or not 0 < size < head.size:
        return []
    old, after = queries.edge_at(size, public=head.key)
    leaves = queries.leaves_of(after[: head.size - size])
    return [node.hex() for node in proof_between(old, leaves)]
