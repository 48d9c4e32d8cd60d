"""Pictures of estimates as SVG text, made without a browser: Altair writes, vl-convert draws.

Read without colour: shape, dash and direct labels carry the meaning. Text stays text, so that it
can be read aloud, searched and translated; no font and no address is fetched. Altair and its
engine are loaded when a picture is asked for, not before (1.5 s and 130 MB).
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from mekhala.core.estimation.estimate import Estimate, Quantity
from mekhala.core.estimation.ties import Place, Ties
from mekhala.core.estimation.wording import (
    amount,
    is_bound,
    number_in_words,
    whole,
    why_not_drawn,
)

if TYPE_CHECKING:
    import altair as alt

WIDTH, ROW = 420, 34
INK, OCHRE, BAND = "#16222B", "#B35C00", "#DDE5E8"
FONT = "Noto Sans, Noto Sans Khmer, sans-serif"
LEAST_TICK = 4  # ticks on the axis of people
LEFT = 0.9  # places left of it have no room for a label to their left
ROOM = {"left": 30, "right": 70, "top": 8, "bottom": 8}  # fonts of readers differ in width
NUMBERS = "replace(format(datum.value, ','), /,/g, '\u202f')"


def drawn_panel(estimates: Sequence[Estimate], *, name: str = "panel") -> str:
    """Return the SVG of a panel: one line a method in the order given, one axis from zero.

    ``name`` sets the ids apart where several pictures stand on one page.
    """
    said = "; ".join(why_not_drawn(e) or number_in_words(e) for e in estimates)
    return svg(panel(estimates), title="Methods side by side, from zero", says=said, name=name)


def drawn_ties(found: Ties, *, name: str = "ties") -> str:
    """Return the SVG of the curve along the tie that nobody can test."""
    said = (
        f"At a third of the tie {whole(found.totals[0])} people in all, without it "
        f"{whole(_at_one(found))}, at three times {whole(found.totals[-1])}. "
        + "; ".join(f"{_names(p)}: {p.xi:.2f}" for p in found.places)
    )
    return svg(curve(found), title=x_title(found), says=said, name=name)


def panel(estimates: Sequence[Estimate]) -> "alt.LayerChart":
    """Return the panel as an Altair chart: dot and interval, "at least" as an arrow.

    A method whose number did not settle, or that has none, has its reason and no mark.
    """
    import altair as alt

    rows = [_row(e) for e in estimates]
    people = all(e.of is Quantity.PEOPLE for e in estimates)
    most = max((max(r["high"] or 0, r["point"] or 0) for r in rows), default=0) or 1
    scale = alt.Scale(domain=[0, most], nice=True)
    axis = alt.Axis(
        title="People in all, seen and never seen" if people else "Share of those observed",
        labelExpr=NUMBERS if people else "format(datum.value, '.0%')", tickCount=LEAST_TICK,
        grid=True,
    )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "method:N", sort=[r["method"] for r in rows], title=None, axis=alt.Axis(labelLimit=180)
        )
    )
    drawn, empty = alt.datum.kind != "none", alt.datum.kind == "none"
    x = alt.X("point:Q", scale=scale, axis=axis)
    layers = [
        base.transform_filter(drawn).mark_rule(strokeWidth=3, color=INK).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"),
        *(base.transform_filter(ends).mark_tick(thickness=3, size=16, color=INK).encode(
            x=alt.X(f"{end}:Q", scale=scale, axis=axis))
          for end, ends in (("low", drawn), ("high", alt.datum.kind == "interval"))),
        _points(base, x, "interval", "circle"), _points(base, x, "bound", "triangle-right"),
        base.mark_text(align="left", fontSize=12, color=INK).encode(
            x=alt.value(WIDTH + 12), text="label:N"),
        base.transform_filter(empty).mark_text(align="left", dx=6, fontSize=12, color=INK).encode(
            x=alt.XDatum(0, scale=scale), text="because:N"),
    ]  # fmt: skip
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height={"step": ROW})


def curve(found: Ties) -> "alt.LayerChart":
    """Return the curve as an Altair chart: band dashed at its edges, places marked on the curve."""
    import altair as alt

    rows = [
        {"xi": x, "total": n, "low": low, "high": high}
        for x, n, low, high in zip(found.xi, found.totals, found.lows, found.highs, strict=True)
    ]
    x = alt.X(
        "xi:Q", title=x_title(found), scale=alt.Scale(type="log", domain=[1 / 3, 3], nice=False),
        axis=alt.Axis(values=[1 / 3, 0.5, 1, 2, 3], grid=True,
                      labelExpr="datum.value < 0.34 ? '1/3' : datum.value < 0.6 ? '1/2' : "
                      "format(datum.value, '.0f')"),
    )  # fmt: skip
    scale = alt.Scale(domain=[0, max(found.highs)], nice=True)
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=LEAST_TICK + 1, title="People in all")
    y = alt.Y("total:Q", scale=scale, axis=axis)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    layers = [
        base.mark_area(color=BAND).encode(y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"),
        *(base.mark_line(color=INK, strokeDash=[4, 3], strokeWidth=1).encode(
            y=alt.Y(f"{end}:Q", scale=scale, axis=axis)) for end in ("low", "high")),
        base.mark_line(color=INK, strokeWidth=2).encode(y=y),
        *_marked(found.places, x, y),
    ]  # fmt: skip
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=300)


def x_title(found: Ties) -> str:
    """Return what the axis of the tie is called: with two lists it is the odds ratio."""
    if found.lists == 2:
        return "Odds ratio between the two lists (1: independent); nobody can test it"
    return f"Tie between all {found.lists} lists at once (1: none); nobody can test it"


def svg(chart: "alt.LayerChart", *, title: str, says: str, name: str) -> str:
    """Return a chart as SVG text with a title and the finding in words, for who cannot see it."""
    import vl_convert

    styled = chart.configure(font=FONT, background="#ffffff", padding=ROOM).configure_axis(
        labelFontSize=12, titleFontSize=12, titleFontWeight="normal", titlePadding=8,
        labelColor=INK, titleColor=INK, gridColor="#B8C4CA",
    ).configure_view(stroke=None)  # fmt: skip
    head, _, rest = vl_convert.vegalite_to_svg(styled.to_dict()).partition(">")
    ids = f"{name}-title {name}-says"
    words = (
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-says">{escape(says)}</desc>'
    )
    return f'{head} role="img" aria-labelledby="{ids}">{words}{rest}'


def _row(of: Estimate) -> dict[str, Any]:
    because = why_not_drawn(of)
    row = {
        "method": of.method, "kind": "none", "because": "", "label": "",
        "low": None, "point": None, "high": None,
    }  # fmt: skip
    if because is not None:
        return row | {"because": because.partition(":")[0]}
    if is_bound(of):
        label = f"at least {amount(of, of.estimate)} (limit {amount(of, of.low)})"
        ends = {"low": of.low, "point": of.estimate, "high": of.estimate}
        return row | ends | {"kind": "bound", "label": label}
    high = of.estimate if of.high is None else of.high
    label = f"{amount(of, of.estimate)} ({_ends(of)})"
    ends = {"low": of.low, "point": of.estimate, "high": high}
    return row | ends | {"kind": "interval" if of.high is not None else "bound", "label": label}


def _ends(of: Estimate) -> str:
    return (
        f"{amount(of, of.low)} or more"
        if of.high is None
        else (f"{amount(of, of.low)}–{amount(of, of.high)}")
    )


def _points(base: "alt.Chart", x: "alt.X", kind: str, shape: str) -> "alt.Chart":
    import altair as alt

    marks: alt.Chart = (
        base.transform_filter(alt.datum.kind == kind)
        .mark_point(
            shape=shape, size=90, filled=True, fill=OCHRE, stroke=INK, strokeWidth=1, opacity=1
        )
        .encode(x=x)
    )
    return marks


def _marked(places: Sequence[Place], x: "alt.X", y: "alt.Y") -> "list[alt.Chart]":
    """A diamond on the curve for each place, with its names where the rising curve leaves room."""
    import altair as alt

    found = []
    for number, place in enumerate(places):
        row = {"xi": place.xi, "total": place.total, "names": _short(place)}
        base = alt.Chart(alt.InlineData(values=[row])).encode(x=x, y=y)
        diamond = base.mark_point(
            shape="diamond", size=90, filled=True, fill=OCHRE, stroke=INK, strokeWidth=1, opacity=1
        )
        words = base.mark_text(fontSize=12, color=INK, **_beside(place, number))
        found += [diamond, words.encode(text="names:N")]
    return found


def _beside(place: Place, number: int) -> dict[str, Any]:
    """In turn below to the right and above; above to the left where the axis is far enough."""
    if number % 2 == 0:
        return {"align": "left", "dx": 8, "dy": 14}
    if place.xi < LEFT:
        return {"align": "left", "dx": -8, "dy": -20}
    return {"align": "right", "dx": -8, "dy": -10}


def _short(place: Place) -> str:
    """Names for a place on the curve; more than two are named in the table beside it."""
    first, *others = place.methods
    return _names(place) if len(others) < 2 else f"{first} and {len(others)} more"


def _names(place: Place) -> str:
    return ", ".join(place.methods)


def _at_one(found: Ties) -> float:
    return min(zip(found.xi, found.totals, strict=True), key=lambda p: abs(p[0] - 1))[1]
