"""The trend of a survey as a drawing: an interval for each round, a line between like rounds.

Marks differ by shape and side, lines by dashes, so that nothing rests on colour. Between rounds
that count unlike things stands a wall and no line. The table beside it says the same.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from mekhala.population.surveys.shares import Share
from mekhala.population.surveys.trend import Point

STEP, LEFT, TOP, HIGH, ASIDE = 130, 70, 20, 240, 12
MOST = 12  # the latest rounds; all of them stand in the table


def drawn(points: Sequence[Point]) -> dict[str, Any] | None:
    """Return marks, lines, walls and the axis; None where no round has a share to draw."""
    numbered = list(enumerate(points, start=1))[-MOST:]
    highest = max((p.either.found.high or 0.0 for _n, p in numbered if p.either), default=0.0)
    if not highest:
        return None
    end = _axis_end(highest)
    columns = [_column(n, place, point, end) for place, (n, point) in enumerate(numbered)]
    return {
        "width": LEFT + STEP * len(columns) + 10,
        "height": TOP + HIGH + 60,
        "left": LEFT - 10, "right": LEFT + STEP * len(columns), "top": TOP, "bottom": TOP + HIGH,
        "ticks": [{"y": _y(t / 100, end), "label": f"{t} %"} for t in _ticks(end)],
        "columns": columns,
        "walls": [c["left"] for c in columns[1:] if c["unlike"]],
        "lines": [
            {"kind": kind, "x1": a[kind]["x"], "y1": a[kind]["y"], "x2": b[kind]["x"],
             "y2": b[kind]["y"]}
            for a, b in pairwise(columns) if not b["unlike"]
            for kind in ("either", "strong") if a[kind] and b[kind]
        ],
        "below": TOP + HIGH + 22, "under": TOP + HIGH + 44,
    }  # fmt: skip


def _column(n: int, place: int, point: Point, end: int) -> dict[str, Any]:
    middle = LEFT + STEP * place + STEP // 2
    return {
        "left": LEFT + STEP * place,
        "middle": middle,
        "label": f"{n}: {point.round.begins_on:%Y-%m}",
        "note": _note(point),
        "unlike": point.unlike,
        "either": _mark(point.either, middle - ASIDE, end),
        "strong": _mark(point.strong, middle + ASIDE, end),
    }


def _note(point: Point) -> str:
    if point.is_withheld:
        return _("withheld")
    if point.either is None:
        return _("none yet")
    return "" if _ends(point.either) else _("not known")


def _mark(share: Share | None, x: int, end: int) -> dict[str, int] | None:
    ends = share and _ends(share)
    return {"x": x} | {name: _y(value, end) for name, value in ends.items()} if ends else None


def _ends(share: Share) -> dict[str, float] | None:
    """Return point and interval; None where one of them is not known: no half mark is drawn."""
    found = share.found
    if found.estimate is None or found.low is None or found.high is None:
        return None
    return {"y": found.estimate, "low": found.low, "high": found.high}


def _axis_end(highest: float) -> int:
    """Return where the axis ends, in percent: the next round number above the highest end."""
    return next(end for end in (5, 10, 20, 30, 40, 50, 60, 80, 100) if 100 * highest <= end)


def _ticks(end: int) -> range:
    return range(0, end + 1, max(1, end // 5))


def _y(value: float, end: int) -> int:
    return round(TOP + HIGH * (1 - 100 * value / end))
