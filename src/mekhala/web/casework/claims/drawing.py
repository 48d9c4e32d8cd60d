"""The way of a figure as a drawing: left to right, one lane per definition.

A line that leaves its lane is a definition that was changed on the way. There is no vertical
axis: nothing here is larger or smaller. The table beside it says the same.
"""

from typing import Any

from mekhala.core.provenance.sources import source_year
from mekhala.population.claims.queries import Traced

STEP, LANE, LEFT, TOP = 160, 84, 110, 30
LETTERS = "ABCDEFGHIJKL"
MOST = len(LETTERS)  # more nodes than that are read better in the table


def drawn(joined: list[Traced], it: Traced) -> dict[str, Any] | None:
    """Return lanes, nodes and lines for claims that go back to one root; None if not worth it."""
    if not 2 <= len(joined) <= MOST:
        return None
    root, *others = joined
    order = [root, *sorted(others, key=lambda one: (source_year(one.claim), one.claim.claim_id))]
    lanes = list(dict.fromkeys(one.definition for one in order))
    nodes = [_node(one, place, lanes.index(one.definition), it) for place, one in enumerate(order)]
    return {
        "width": LEFT + STEP * len(order),
        "height": TOP + LANE * len(lanes),
        "lanes": [
            {"y": TOP + LANE * n, "letter": LETTERS[n], "first": _first_of(order, lane).claim}
            for n, lane in enumerate(lanes)
        ],
        "nodes": nodes,
        "lines": [
            {"x1": nodes[0]["x"], "y1": nodes[0]["y"], "x2": node["x"], "y2": node["y"]}
            for node in nodes[1:]
        ],
    }


def _node(one: Traced, place: int, lane: int, it: Traced) -> dict[str, Any]:
    return {
        "x": LEFT + STEP * place,
        "y": TOP + LANE * lane,
        "one": one,
        "is_root": one.repeats is None,
        "is_this": one is it,
        "below": TOP + LANE * lane + 32,
    }


def _first_of(order: list[Traced], lane: tuple[str, str, str]) -> Traced:
    return next(one for one in order if one.definition == lane)
