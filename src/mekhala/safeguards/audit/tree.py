"""A Merkle tree over the entries, in the form of RFC 9162, section 2.1.

A leaf is SHA-256(0x00 ‖ "id digest"), where the digest of an entry is itself taken over its whole
canonical text; an inner node is SHA-256(0x01 ‖ left ‖ right). The tree grows at its right edge
only, so it is enough to keep the roots of its complete subtrees (``Edge``): appending an entry
and asking for the root cost O(log n), and nothing before the edge is read again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

type Hash = bytes


def leaf_of(entry_id: int, digest: str) -> Hash:
    """Return the leaf of one entry: its number and its digest, in hexadecimal."""
    return hashlib.sha256(b"\0" + f"{entry_id} {digest}".encode()).digest()


def node_of(left: Hash, right: Hash) -> Hash:
    """Return the inner node over two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass(frozen=True)
class Edge:
    """The right edge of a tree of ``size`` leaves: the roots of its complete subtrees.

    The largest stands first; there is one for each bit set in ``size``.
    """

    size: int = 0
    peaks: tuple[Hash, ...] = ()

    def grown(self, leaves: Iterable[Hash]) -> "Edge":
        """Return the edge after ``leaves`` were appended."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, place = leaf, size
            while place & 1:
                node, place = node_of(peaks.pop(), node), place >> 1
            peaks.append(node)
            size += 1
        return Edge(size, tuple(peaks))

    def root(self) -> Hash:
        """Return the root of the whole tree; of no leaves it is the hash of nothing."""
        return _joined(self.peaks) if self.peaks else hashlib.sha256(b"").digest()


def _joined(peaks: tuple[Hash, ...]) -> Hash:
    *rest, node = peaks
    for left in reversed(rest):
        node = node_of(left, node)
    return node


def proof_between(old: Edge, leaves: list[Hash]) -> list[Hash]:
    """Return the consistency proof from ``old`` to the tree with ``leaves`` appended to it.

    RFC 9162, section 2.1.4.1. Each node of it is a complete subtree of the old tree, which its
    edge keeps, or lies wholly in what was added: nothing before the edge is needed.
    """
    if not old.size or not leaves:
        return []
    return _proof(old.size, old.peaks, leaves, old.size + len(leaves), whole=True)


def _proof(m: int, peaks: tuple[Hash, ...], leaves: list[Hash], n: int, *, whole: bool) \
        -> list[Hash]:  # fmt: skip
    """SUBPROOF(m, D_n, b): ``peaks`` are those of the m leaves, ``leaves`` the n - m after."""
    if m == n:
        return [] if whole else [_joined(peaks)]
    k = 1 << (n - 1).bit_length() - 1  # the largest power of two below n
    if m <= k:
        return [
            *_proof(m, peaks, leaves[: k - m], k, whole=whole),
            Edge().grown(leaves[k - m :]).root(),
        ]
    return [*_proof(m - k, peaks[1:], leaves, n - k, whole=False), peaks[0]]


def is_consistent(m: int, n: int, old: Hash, new: Hash, proof: list[Hash]) -> bool:
    """Return whether the tree of ``m`` leaves with root ``old`` begins that of ``n`` with ``new``.

    RFC 9162, section 2.1.4.2; a tree of no leaves begins every tree.
    """
    if m > n or m < 0:
        return False
    if m in (0, n):
        return not proof and (m == 0 or old == new)
    path = [old, *proof] if m & (m - 1) == 0 else list(proof)
    if not path:
        return False
    fn, sn = m - 1, n - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return _walked(path, fn, sn) == (old, new)


def _walked(path: list[Hash], fn: int, sn: int) -> tuple[Hash, Hash] | None:
    """Return the old and the new root the path leads to, None if it is too long or too short."""
    fr = sr = path[0]
    for node in path[1:]:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            fr, sr = node_of(node, fr), node_of(node, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_of(sr, node)
        fn, sn = fn >> 1, sn >> 1
    return (fr, sr) if sn == 0 else None
