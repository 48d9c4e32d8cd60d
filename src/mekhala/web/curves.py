"""A curve with a band, drawn by the server: positions and words, ready for its template.

Across on a scale of ratios, upwards from zero. As in ``charts``, numbers of pixels are text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from mekhala.web.charts import whole

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 820, 340, 100, 30, 16, 60
FOOT, UNDER = 26, 8  # a line of notes, and room beneath the last


@dataclass(frozen=True, kw_only=True)
class Points:
    """The curve: people in all (``totals``) between ``lows`` and ``highs`` at each ratio."""

    ratios: Sequence[float]
    totals: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A named place on the curve."""

    name: str
    ratio: float
    total: float


@dataclass(frozen=True, kw_only=True)
class Curve:
    """What ``charts/curve.html`` draws. ``says`` is the finding in a sentence, for role="img"."""

    says: str
    across: str
    line: str
    low: str
    high: str
    band: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    end: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    ticks: list[dict[str, str]] = field(default_factory=list)
    ratios: list[dict[str, str]] = field(default_factory=list)
    marks: list[dict[str, str]] = field(default_factory=list)
    notes_at: list[tuple[int, str]] = field(default_factory=list)


def curve(
    says: str, across: str, points: Points, marks: Sequence[Mark], *,
    ratios: Sequence[tuple[float, str]], steps: tuple[int, int], notes: Sequence[str],
) -> Curve:  # fmt: skip
    """Place the curve; ``ratios`` are the labelled ones, ``steps`` a step and the end upwards."""
    step, most = steps
    line, low, high = (
        [_at(points, most, x, n) for x, n in zip(points.ratios, values, strict=True)]
        for values in (points.totals, points.lows, points.highs)
    )
    return Curve(
        says=says, across=across, line=" ".join(line), low=" ".join(low), high=" ".join(high),
        band=" ".join([*low, *reversed(high)]), height=HEIGHT + FOOT * len(notes) + UNDER,
        ticks=[{"y": _up(n, most), "label": whole(n)} for n in range(0, most + 1, step)],
        ratios=[{"x": _across(points, x), "label": label} for x, label in ratios],
        marks=[_mark(points, most, m, place) for place, m in enumerate(marks)],
        notes_at=[(HEIGHT + FOOT * n, note) for n, note in enumerate(notes, start=1)],
    )  # fmt: skip


def _mark(points: Points, most: int, mark: Mark, place: int) -> dict[str, str]:
    """The mark's name in turn above and below it, so that short names of neighbours keep apart."""
    here = {"x": _across(points, mark.ratio), "y": _up(mark.total, most)}
    return {"name": mark.name, **here, "dy": "28" if place % 2 else "-16"}


def _at(points: Points, most: int, ratio: float, total: float) -> str:
    return f"{_across(points, ratio)},{_up(total, most)}"


def _across(points: Points, ratio: float) -> str:
    first, last = log(points.ratios[0]), log(points.ratios[-1])
    return f"{LEFT + (log(ratio) - first) / (last - first) * (WIDTH - LEFT - RIGHT):.1f}"


def _up(total: float, most: int) -> str:
    return f"{HEIGHT - BOTTOM - total / most * (HEIGHT - BOTTOM - TOP):.1f}"
