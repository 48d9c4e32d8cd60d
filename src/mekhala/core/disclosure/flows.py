"""Which counts of a flow between states are hidden, so that none of the small ones can be told.

What comes into a state leaves it or stays in it, so a hidden count is worked out from the others
unless it lies on a ring of hidden counts. The smallest of the others are hidden until each does.
"""

from collections.abc import Collection, Mapping

type Move = tuple[str, str]  # from a state to a state


def hidden_moves(
    counts: Mapping[Move, int], *, threshold: int, outside: Collection[str] = ()
) -> frozenset[Move]:
    """Return the moves whose counts are not told: below ``threshold``, or telling one that is.

    ``outside``: states in which the way ends; of them no sum is known, so they count as one.
    """
    hidden = {move for move, people in counts.items() if 0 < people < threshold}
    others = sorted((people, move) for move, people in counts.items() if move not in hidden)
    while others and _any_can_be_told([_ends(move, outside) for move in hidden]):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def _ends(move: Move, outside: Collection[str]) -> Move:
    return move[0], "outside" if move[1] in outside else move[1]


def _any_can_be_told(hidden: list[Move]) -> bool:
    """Whether some move has no way of other hidden moves from one of its ends to the other."""
    return any(
        move[1] not in _reached(move[0], hidden[:n] + hidden[n + 1 :])
        for n, move in enumerate(hidden)
    )


def _reached(start: str, moves: list[Move]) -> set[str]:
    reached, ends = {start}, [start]
    while ends:
        here = ends.pop()
        for one in moves:
            if here in one and (there := one[one[0] == here]) not in reached:
                reached.add(there)
                ends.append(there)
    return reached
