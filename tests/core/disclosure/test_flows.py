"""What is small in a flow between states cannot be worked out from what is shown of it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.disclosure.flows import hidden_moves

MOVES = [("met", "screened"), ("met", "closed"), ("met", ""), ("screened", "asked"),
         ("screened", ""), ("asked", "closed"), ("asked", "")]  # fmt: skip
STATES = ("met", "screened", "asked")
OUTSIDE = ("", "closed")


def can_be_told(counts, hidden):
    """Return the hidden moves that follow from the sums at the states and from what is shown."""
    unknown = [move for move in counts if move in hidden]
    sums = np.array([[(m[1] == s) - (m[0] == s) for m in unknown] for s in STATES])
    rank = np.linalg.matrix_rank(sums)
    return [
        move for n, move in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([sums, np.eye(len(unknown))[n]])) == rank
    ]  # fmt: skip


def test_a_small_count_takes_the_smallest_ring_along_and_the_rest_is_told():
    counts = {("met", "screened"): 90, ("met", ""): 3, ("met", "closed"): 12,
              ("screened", "asked"): 70, ("screened", ""): 20, ("asked", ""): 70}  # fmt: skip
    assert hidden_moves(counts, threshold=10, outside=OUTSIDE) == {("met", ""), ("met", "closed")}


def test_where_nothing_is_small_all_is_told():
    assert not hidden_moves(dict.fromkeys(MOVES, 10), threshold=10, outside=OUTSIDE)


@given(st.lists(st.integers(0, 30), min_size=7, max_size=7))
@settings(max_examples=60)
def test_no_count_that_is_hidden_follows_from_the_sums_at_the_states(people):
    counts = {move: n for move, n in zip(MOVES, people, strict=True) if n}
    hidden = hidden_moves(counts, threshold=10, outside=OUTSIDE)
    assert {move for move, n in counts.items() if n < 10} <= hidden
    assert not can_be_told(counts, hidden) or hidden == counts.keys()
