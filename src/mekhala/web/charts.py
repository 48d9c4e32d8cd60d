"""Pictures drawn by the server: positions and words of a chart, ready for its template.

Every chart starts at zero, keeps the order it is given and has a table beside it. Numbers of
pixels are text already, so that no language writes them with a comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10
from typing import Any

WIDTH, LEFT, RIGHT = 820, 345, 90  # picture, space for names, space after the axis
ROW, TOP, FOOT = 34, 34, 26
NARROW = "\u202f"  # thousands in every language: 13,444 and 13.444 mean different things


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One group: its name and how many; None where the count is withheld."""

    name: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Interval:
    """One estimate with its limits; None where no finite number exists, and why.

    A bound is read as "at least": its line ends in an arrow at the point, and has no upper end.
    """

    name: str
    point: float | None
    low: float | None
    high: float | None
    because: str = ""
    is_bound: bool = False


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One row of parts that stand behind each other: (kind, how many, name of the part).

    A count of None is withheld. Without parts there is no report: a gap, drawn as one.
    """

    name: str
    parts: Sequence[tuple[str, int | None, str]] = ()
    is_heading: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a chart's template draws. ``says`` is the finding in a sentence, for role="img"."""

    name: str
    says: str
    notes: Sequence[str]
    width: int
    height: int
    left: int
    axis_top: int
    axis_end: int
    ticks: list[dict[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes_at: list[tuple[int, str]] = field(default_factory=list)


def whole(number: float) -> str:
    """Return a number of people with a thin space between thousands."""
    return f"{round(number):,}".replace(",", NARROW)


def bars(name: str, says: str, rows: Sequence[Bar], *, notes: Sequence[str]) -> Chart:
    """Horizontal bars in the order given; a withheld one is a box of one fixed length."""
    step, most = axis(max((row.count or 0 for row in rows), default=0))
    drawn = [
        {"name": row.name, "y": str(y), "middle": str(y + 15), "hidden": "yes"}
        if row.count is None
        else {
            "name": row.name, "y": str(y), "middle": str(y + 15), "width": _px(row.count, most),
            "label": whole(row.count), "label_x": f"{LEFT + float(_px(row.count, most)) + 6:.1f}",
        }
        for y, row in _placed(rows)
    ]  # fmt: skip
    return _chart(name, says, drawn, notes, _ticks(step, most))


def intervals(name: str, says: str, rows: Sequence[Interval], *, notes: Sequence[str]) -> Chart:
    """A dot and an interval for each estimate on one axis; no mark where there is no number."""
    step, most = axis(max((r.high or r.point or 0 for r in rows), default=0))
    drawn = []
    for y, row in _placed(rows):
        words = {"name": row.name, "middle": str(y + 15), "because": row.because}
        high = row.point if row.is_bound else row.high
        if row.point is None or row.low is None or high is None:
            drawn.append(words)
            continue
        ends = {"low": row.low, "point": row.point, "high": high}
        kind = {"bound": "yes"} if row.is_bound else {}
        at = {k: f"{LEFT + float(_px(v, most)):.1f}" for k, v in ends.items()}
        drawn.append(words | kind | at)
    return _chart(name, says, drawn, notes, _ticks(step, most))


def stacked(name: str, says: str, rows: Sequence[Parts], *, notes: Sequence[str]) -> Chart:
    """Rows of parts on one axis; a row with a withheld part is one box, one without parts a gap."""
    step, most = axis(max((sum(n or 0 for _k, n, _w in row.parts) for row in rows), default=0))
    drawn = [_stack(row, y, most) for y, row in _placed(rows)]
    return _chart(name, says, drawn, notes, _ticks(step, most))


def _stack(row: Parts, y: int, most: int) -> dict[str, Any]:
    words = {"name": row.name, "y": str(y), "middle": str(y + 15)}
    if row.is_heading:
        return words | {"heading": "yes"}
    if not row.parts:
        return words | {"gap": "yes"}
    if any(count is None for _kind, count, _words in row.parts):
        return words | {"hidden": "yes"}
    boxes, at = [], float(LEFT)
    for kind, count, of in row.parts:
        wide = float(_px(count or 0, most))
        boxes.append({"kind": kind, "x": f"{at:.1f}", "width": f"{wide:.1f}", "name": of,
                      "label": whole(count or 0)})  # fmt: skip
        at += wide
    return words | {"boxes": [box for box in boxes if box["label"] != "0"], "end": f"{at + 6:.1f}",
                    "label": boxes[0]["label"]}  # fmt: skip


HALF, HEAVY = 110, 12.0  # pixels on each side of the centre line; bits that fill them


def from_centre(bits: float) -> dict[str, str]:
    """Return the box of one weight beside a centre line: what speaks for it to the right."""
    wide = min(abs(bits) / HEAVY, 1.0) * HALF
    return {"x": f"{HALF - (wide if bits < 0 else 0.0):.1f}", "width": f"{wide:.1f}",
            "centre": str(HALF), "all": str(2 * HALF)}  # fmt: skip


def _chart(
    name: str, says: str, rows: list[dict[str, Any]], notes: Sequence[str],
    ticks: list[dict[str, str]],
) -> Chart:  # fmt: skip
    bottom = TOP + ROW * len(rows)
    return Chart(
        name=name, says=says, notes=notes, width=WIDTH, height=bottom + 12 + FOOT * len(notes),
        left=LEFT,
        axis_top=TOP - 6, axis_end=bottom, ticks=ticks, rows=rows,
        notes_at=[(bottom + 4 + FOOT * n, note) for n, note in enumerate(notes, start=1)],
    )  # fmt: skip


def _placed[T](rows: Sequence[T]) -> list[tuple[int, T]]:
    return [(TOP + ROW * place, row) for place, row in enumerate(rows)]


def axis(most: float) -> tuple[int, int]:
    """A round step and the end of the axis: four to ten steps cover the largest value."""
    if most <= 0:
        return 1, 4
    power = 10 ** floor(log10(max(most, 4) / 4))
    step = next(int(power * m) for m in (1, 2, 5, 10) if most / (power * m) <= 5)
    return step, step * int(-(-most // step))


def _ticks(step: int, most: int) -> list[dict[str, str]]:
    return [
        {"x": f"{LEFT + float(_px(value, most)):.1f}", "label": whole(value)}
        for value in range(0, most + 1, step)
    ]


def _px(value: float, most: float) -> str:
    return f"{value / most * (WIDTH - LEFT - RIGHT):.1f}"
