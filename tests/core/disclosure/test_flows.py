"""What is small in a flow between states cannot be worked out from what is shown of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.disclosure.flows import hidden_moves

MOVES = [("met", "screened"), ("met", "closed"), ("screened", "asked"), ("screened", ""),
         ("asked", "closed"), ("asked", "")]  # fmt: skip
OUTSIDE = ("", "closed")


def test_the_one_small_count_of_a_state_takes_another_along():
    counts = {("met", "screened"): 60, ("met", "closed"): 40, ("screened", ""): 57,
              ("screened", "closed"): 3}  # fmt: skip
    hidden = hidden_moves(counts, threshold=10, outside=OUTSIDE)
    assert ("screened", "closed") in hidden
    assert len(hidden) > 1


def test_where_nothing_is_small_all_is_told():
    assert not hidden_moves(dict.fromkeys(MOVES, 10), threshold=10, outside=OUTSIDE)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_what_is_small_is_hidden_and_never_alone_at_a_state(people):
    counts = dict(zip(MOVES, people, strict=True))
    hidden = hidden_moves(counts, threshold=10, outside=OUTSIDE)
    assert {move for move, n in counts.items() if 0 < n < 10} <= hidden
    if len(hidden) < len(counts):
        for state in ("met", "screened", "asked"):
            assert len([move for move in hidden if state in move]) != 1
