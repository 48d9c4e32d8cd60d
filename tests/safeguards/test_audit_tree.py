"""The tree over the log is that of RFC 9162, and its proofs hold exactly where they should."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from mekhala.safeguards.audit.tree import Edge, is_consistent, leaf_of, node_of, proof_between


def _leaves(n):
    return [leaf_of(i, f"{i:064x}") for i in range(n)]


def _root_by_the_book(leaves):
    """MTH of RFC 9162, section 2.1.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_of(_root_by_the_book(leaves[:k]), _root_by_the_book(leaves[k:]))


def test_the_root_is_that_of_the_book_for_every_size_to_seventy():
    for n in range(71):
        assert Edge().grown(_leaves(n)).root() == _root_by_the_book(_leaves(n))


def test_growing_in_two_steps_is_growing_in_one():
    for n in range(40):
        assert Edge().grown(_leaves(n)).grown(_leaves(40)[n:]) == Edge().grown(_leaves(40))


def test_a_tree_that_was_only_added_to_proves_it_for_every_pair_of_sizes():
    leaves = _leaves(40)
    for n in range(41):
        new = Edge().grown(leaves[:n])
        for m in range(n + 1):
            old = Edge().grown(leaves[:m])
            proof = proof_between(old, leaves[m:n])
            assert is_consistent(m, n, old.root(), new.root(), proof), (m, n)


@given(st.integers(2, 90), st.data())
def test_a_tree_that_was_changed_before_its_edge_proves_nothing(n, data):
    m = data.draw(st.integers(1, n - 1))
    where = data.draw(st.integers(0, m - 1))
    honest, forged = _leaves(n), _leaves(n)
    forged[where] = leaf_of(where, "f" * 64)
    old, other = Edge().grown(honest[:m]), Edge().grown(forged[:m])
    new = Edge().grown(forged).root()

    assert not is_consistent(m, n, old.root(), new, proof_between(old, forged[m:]))
    assert not is_consistent(m, n, old.root(), new, proof_between(other, forged[m:]))


@given(st.integers(2, 90), st.data())
def test_a_proof_with_one_node_changed_taken_or_added_is_refused(n, data):
    m = data.draw(st.integers(1, n - 1))
    leaves = _leaves(n)
    old, new = Edge().grown(leaves[:m]), Edge().grown(leaves)
    proof = proof_between(old, leaves[m:])
    where = data.draw(st.integers(0, len(proof) - 1))
    other = bytes([proof[where][0] ^ 1]) + proof[where][1:]
    for forged in (
        [*proof[:where], other, *proof[where + 1 :]],
        [*proof[:where], *proof[where + 1 :]],
        [*proof, other],
    ):
        assert not is_consistent(m, n, old.root(), new.root(), forged)
