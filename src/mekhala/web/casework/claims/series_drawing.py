"""Figures over the years, drawn: an axis for each unit, labelled with it, from nought upwards.

A letter stands at each point for its series, so that no colour tells anything; the table below
says the same in words.
"""

import math
from typing import Any

from mekhala.population.claims.series import Panel, Point, Series

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 240, 84, 40, 34, 34
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def drawn(panel: Panel) -> dict[str, Any]:
    """Return what a panel shows: axis, years, points, lines, and each series with its letter."""
    series = panel.series[: len(LETTERS)]
    points = [point for one in series for point in one.points]
    top = _round_up(max((point.high for point in points), default=0))
    years = sorted({point.year for point in points})
    place = _places(years, top)
    lettered = list(zip(LETTERS, series, strict=False))
    return {
        "unit": panel.unit, "width": WIDTH, "height": HEIGHT, "base": HEIGHT - BOTTOM,
        "left": LEFT, "right": WIDTH - RIGHT, "top": TOP,
        "ticks": [{"y": place(0, said)[1], "said": f"{said:,.10g}"} for said in (0, top / 2, top)],
        "years": [{"x": place(year, 0)[0], "said": year} for year in years],
        "lines": [_line(place, *pair) for one in series for pair in one.joined],
        "points": [_point(place, letter, p) for letter, one in lettered for p in one.points],
        "series": [_told(letter, one) for letter, one in lettered],
        "left_out": len(panel.series) - len(series), "unplaced": panel.unplaced,
    }  # fmt: skip


def _places(years: list[int], top: float) -> Any:
    """Return the function that places a year and a number; one year stands in the middle."""
    first, last = (years[0], years[-1]) if years else (0, 0)
    width, height = WIDTH - LEFT - RIGHT - 60, HEIGHT - TOP - BOTTOM

    def place(year: int, number: float) -> tuple[int, int]:
        share = (year - first) / (last - first) if last > first else 0.5
        x = LEFT + 30 + width * max(0.0, min(1.0, share))
        return round(x), round(HEIGHT - BOTTOM - height * (number / top if top else 0))

    return place


def _point(place: Any, letter: str, point: Point) -> dict[str, Any]:
    x, low = place(point.year, point.low)
    _x, high = place(point.year, point.high)
    return {"x": x, "low": low, "high": high, "is_range": low != high,
            "label": f"{letter} {point.one.claim.value}", "label_y": high - 10,
            "claim_id": point.one.claim.claim_id}  # fmt: skip


def _line(place: Any, before: Point, after: Point) -> dict[str, int]:
    (x1, y1), (x2, y2) = (place(p.year, (p.low + p.high) / 2) for p in (before, after))
    return {"x1": x1, "y1": y1, "x2": x2, "y2": y2}


def _told(letter: str, series: Series) -> dict[str, Any]:
    return {"letter": letter, "claims": [point.one for point in series.points],
            "is_joined": bool(series.joined)}  # fmt: skip


def _round_up(number: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten, 1 for nought."""
    if number <= 0:
        return 1
    power: float = 10.0 ** math.floor(math.log10(number))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number)
