"""Which counts of a flow between states are hidden, so that none of the small ones can be told.

What comes into a state leaves it or stays in it, so a hidden count is worked out from the others
unless it lies on a ring of hidden counts. For each that does not, the ring is closed through the
smallest other counts.
"""

from collections.abc import Collection, Mapping

type Move = tuple[str, str]  # from a state to a state
type Ways = dict[
    str, tuple[int, tuple[Move, ...]]
]  # to each state: people on the way, and its moves


def hidden_moves(
    counts: Mapping[Move, int], *, threshold: int, outside: Collection[str] = ()
) -> frozenset[Move]:
    """Return the moves whose counts are not told: below ``threshold``, or telling one that is.

    ``outside``: states in which the way ends; of them no sum is known, so they count as one.
    Where no ring can be closed nothing is told at all.
    """
    ends = {move: (move[0], "outside" if move[1] in outside else move[1]) for move in counts}
    hidden = {move for move, people in counts.items() if 0 < people < threshold}
    for small in sorted(hidden):
        ring = _ring(small, counts, ends, hidden)
        if ring is None:
            return frozenset(counts)
        hidden.update(ring)
    return frozenset(hidden)


def _ring(
    small: Move, counts: Mapping[Move, int], ends: Mapping[Move, Move], hidden: Collection[Move]
) -> tuple[Move, ...] | None:
    """Return other moves between the ends of one, with the fewest people; None if there are none.

    Moves that are hidden anyway cost nothing.
    """
    start, goal = ends[small]
    ways: Ways = {start: (0, ())}
    done: set[str] = set()
    while here := min(ways.keys() - done, key=lambda state: (ways[state][0], state), default=""):
        done.add(here)
        for move, (one, other) in ends.items():
            if move == small or here not in (one, other):
                continue
            there = other if here == one else one
            cost = ways[here][0] + (0 if move in hidden else counts[move] + 1)
            if there not in ways or cost < ways[there][0]:
                ways[there] = cost, (*ways[here][1], move)
    return ways[goal][1] if goal in ways else None
