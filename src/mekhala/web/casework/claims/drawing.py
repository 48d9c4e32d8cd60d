"""The way of a figure as a drawing: time from left to right, one lane for each definition.

No line leaves its lane, and there is no vertical axis: nothing here is larger or smaller. The
words below it say the same. Shapes, dashes and words tell the stops apart, never colour.
"""

import textwrap
from typing import Any

from django.utils.translation import gettext as _

from mekhala.population.claims.queries import Origin, Traced
from mekhala.population.claims.travel import Lane, Stop, Travel
from mekhala.web.casework.claims.wording import TAGS, change_told

STEP, LEFT, TOP, LINE = 145, 100, 56, 20  # a column, the first column, the heads, a line of text
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDE = 19  # letters of a label in a line


def drawn(found: Travel, it: Traced) -> dict[str, Any] | None:
    """Return lanes, stops and lines to draw; None where one stop alone is no way."""
    if sum(len(lane.stops) for lane in found.lanes) < 2 or len(found.lanes) > len(LETTERS):
        return None
    top, lanes = TOP, []
    for letter, lane in zip(LETTERS, found.lanes, strict=False):
        lanes.append(_lane(lane, letter, top, it))
        top += lanes[-1]["height"]
    return {
        "width": LEFT + STEP * (len(found.columns) - 1) + STEP // 2,
        "height": top,
        "heads": [
            {"x": LEFT + STEP * n, "year": year} for n, year in enumerate(found.columns) if year
        ],
        "lanes": _with_letters(lanes),
        "left_out": found.left_out,
    }


def _with_letters(lanes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the lane another was taken from, where it is drawn."""
    letters = {stop["name"]: lane["letter"] for lane in lanes for stop in lane["stops"]}
    for lane in lanes:
        taken = lane["lane"].taken_from
        lane["from_letter"] = letters.get(taken.claim_id, "") if taken else ""
    return lanes


def _lane(lane: Lane, letter: str, top: int, it: Traced) -> dict[str, Any]:
    """Place the stops of a lane, each row as high as its longest label."""
    labels = {id(stop): _label(stop) for stop in lane.stops}
    rows = [
        max((len(labels[id(s)]) for s in lane.stops if s.row == row), default=1)
        for row in range(lane.rows)
    ]
    starts = [top + sum(LINE * n + 44 for n in rows[:row]) for row in range(lane.rows + 1)]
    placed = {id(stop): (LEFT + STEP * stop.column, starts[stop.row] + 24) for stop in lane.stops}
    return {
        "letter": letter,
        "lane": lane,
        "first": lane.first,
        "top": top,
        "middle": top + 24,
        "height": starts[-1] - top + 12,
        "stops": [_stop(stop, placed[id(stop)], labels[id(stop)], it) for stop in lane.stops],
        "lines": [
            _line(placed[id(stop.before)], placed[id(stop)], shown=stop.shown)
            for stop in lane.stops
            if stop.before is not None
        ],
    }


def _stop(stop: Stop, at: tuple[int, int], label: list[str], it: Traced) -> dict[str, Any]:
    x, y = at
    return {
        "x": x, "y": y, "left": x - 8, "top": y - 8, "name": stop.name, "one": stop.one,
        "kind": _kind(stop), "is_this": stop.one is it, "says": _sentence(stop),
        "label": [{"y": y + 30 + LINE * n, "text": text} for n, text in enumerate(label)],
    }  # fmt: skip


def _kind(stop: Stop) -> str:
    """``counted``, ``computed`` or ``none`` for a source; ``printed`` for what took it over."""
    if stop.origin is None:
        return "printed"
    return stop.origin.value if stop.origin != Origin.REPEAT else "counted"


def _line(start: tuple[int, int], end: tuple[int, int], *, shown: bool) -> dict[str, Any]:
    """A line from left to right, down first where the stop is in a lower row."""
    (x1, y1), (x2, y2) = start, end
    way = f"M{x1 + 11} {y1}H{x2 - 13}" if y1 == y2 else f"M{x1} {y1 + 11}V{y2}H{x2 - 13}"
    return {"way": way, "shown": shown, "x": x2 - 13, "y": y2, "head": _head(x2 - 13, y2)}


def _head(x: int, y: int) -> str:
    return f"M{x - 8} {y - 5}L{x} {y}L{x - 8} {y + 5}"


def _label(stop: Stop) -> list[str]:
    """The lines under a stop: its name, its value, and what changed, each in few words."""
    if stop.one is None:
        return textwrap.wrap(stop.name or _("no source named"), WIDE, break_long_words=False)
    said = [stop.name, f"{stop.one.claim.value} {stop.one.claim.unit}"]
    said += dict.fromkeys(f"‹{TAGS[change.kind]}›" for change in stop.changed)
    return [line for text in said for line in textwrap.wrap(text, WIDE, break_long_words=False)]


def _sentence(stop: Stop) -> str:
    """A whole sentence for a stop, for whoever does not see the drawing."""
    if stop.one is None:
        name = stop.name or _("no source named")
        told = {
            "counted": _("Source, counted: %(name)s."),
            "computed": _("Computed from other figures: %(name)s."),
            "none": _("No counted origin: %(name)s."),
            "printed": _("A document cited and not seen: %(name)s."),
        }[_kind(stop)]
        return told % {"name": name}
    claim = stop.one.claim
    said = _("%(id)s: %(value)s %(unit)s, %(quantity)s, %(period)s.") % {
        "id": claim.claim_id, "value": claim.value, "unit": claim.unit,
        "quantity": claim.quantity, "period": claim.period or _("period not known"),
    }  # fmt: skip
    changed = [change_told(one.kind, one.was, one.now) for one in stop.changed]
    if not stop.shown:
        changed.append(_("Its author does not show where it was taken from."))
    return " ".join([said, *(f"{text.rstrip('.')}." for text in changed)])
