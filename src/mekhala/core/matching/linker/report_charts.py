"""The two charts of a linkage report: what each agreement weighs, and how the pairs are spread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mekhala.core.estimation.charts import INK, OCHRE, svg
from mekhala.core.matching.linker.comparisons import COMPARISONS

if TYPE_CHECKING:
    from mekhala.core.matching.linker.model import Model

WIDTH, ROW, HEIGHT = 460, 18, 220
EVEN = 0.0  # bits at which a pair is as likely one person as two


def drawn_weights(model: "Model") -> str:
    """Return the SVG of a bar for each level: to the right for, to the left against."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"level": f"{c.field.replace('_', ' ')}: {w.code.replace('_', ' ')}",
         "bits": round(w.bits * model.temper, 2), "label": f"{w.bits * model.temper:+.1f}"}
        for c in COMPARISONS for w in model.comparisons[c.field]
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("level:N", sort=[r["level"] for r in rows], title=None,
                axis=alt.Axis(labelLimit=260)),
    )  # fmt: skip
    x = alt.X("bits:Q", title="Bits against (left) and for (right) one person")
    chart = alt.LayerChart(
        layer=[
            base.mark_bar(color=OCHRE, stroke=INK, strokeWidth=0.5).encode(x=x),
            base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(
                x=alt.value(WIDTH + 4), text="label:N"
            ),
        ]
    ).properties(width=WIDTH, height={"step": ROW})
    most, least = max(rows, key=lambda r: r["bits"]), min(rows, key=lambda r: r["bits"])
    says = (
        f"Most for: {most['level']}, {most['label']} bits. "
        f"Most against: {least['level']}, {least['label']} bits."
    )
    return svg(chart, title="Weight of each agreement, in bits", says=says, name="weights")


def drawn_histogram(counted: Sequence[tuple[float, int]]) -> str:
    """Return the SVG of how many pairs have how many bits; bars over even odds are filled dark."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"from": bits, "to": bits + 2, "pairs": pairs,
         "over": "more likely one person" if bits >= EVEN else "more likely two"}
        for bits, pairs in counted
    ]  # fmt: skip
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(stroke=INK, strokeWidth=0.5)
        .encode(
            x=alt.X("from:Q", title="Bits, from even odds at 0", bin="binned"),
            x2="to:Q",
            y=alt.Y("pairs:Q", title="Pairs (scale of roots)", scale=alt.Scale(type="sqrt")),
            color=alt.Color(
                "over:N", title=None,
                scale=alt.Scale(domain=["more likely two", "more likely one person"],
                                range=["#DDE5E8", INK]),
            ),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )  # fmt: skip
    over = sum(row["pairs"] for row in rows if row["from"] >= EVEN)
    says = f"{over:,} pairs lie over even odds, {sum(r['pairs'] for r in rows) - over:,} under."
    return svg(chart, title="Compared pairs by weight, in bits", says=says, name="histogram")
