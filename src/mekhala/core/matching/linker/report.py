"""The report of a linkage as one page: weights, histogram, what could not be linked; no names.

Charts are drawn here (Altair, as SVG with its finding in words); every figure stands in a table
besides, so that nothing depends on colour or on seeing.
"""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.report_charts import drawn_histogram, drawn_weights

if TYPE_CHECKING:
    from mekhala.core.matching.linker.linking import Linked

STYLE = """
body { font: 1rem/1.5 "Noto Sans", "Noto Sans Khmer", sans-serif; color: #16222B;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; }
th, td { border-bottom: 1px solid #B8C4CA; padding: .2rem .6rem; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; overflow-x: auto; }
"""


def report(linked: "Linked", summary: Mapping[str, Any]) -> str:
    """Return the page as HTML, whole, with neither scripts nor names."""
    parts = [
        "<h1>Who is the same person: what the linkage rests on</h1>",
        _first_words(linked, summary),
        "<h2>How much each agreement weighs</h2>",
        "<p>In bits: one bit doubles the odds that two records are one person, a negative one "
        "halves them. Where a name agrees its weight depends on how common the name is; the chart "
        "shows the average.</p>",
        f"<figure>{drawn_weights(linked.model)}</figure>",
        _weights(linked),
        "<h2>How the compared pairs are spread</h2>",
        f"<figure>{drawn_histogram(linked.histogram)}</figure>",
        "<h2>What could not be linked</h2>",
        _unlinkables(linked),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Linkage report</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _first_words(linked: "Linked", summary: Mapping[str, Any]) -> str:
    model = linked.model
    trained = f"Model of {escape(model.date)}: {escape(model.how)}."
    return (
        f"<p>{summary['records']:,} records were taken for {summary['people']:,} people; "
        f"{summary['pairs']:,} pairs reach the probability {summary['review_from']} and are told. "
        f"{trained} Of all pairs of records, about one in {1 / model.prior:,.0f} is taken to be "
        "one person.</p><p>A pair is a suggestion. Two people who read both files decide, and "
        "nothing here is a finding about anybody.</p>"
    )


def _weights(linked: "Linked") -> str:
    rows = []
    for comparison in COMPARISONS:
        for level, weight in zip(
            comparison.levels, linked.model.comparisons[comparison.field], strict=True
        ):
            rows.append(
                [comparison.field.replace("_", " "), level.because, f"{weight.m:.4f}",
                 f"{weight.u:.6f}", f"{weight.bits * linked.model.temper:+.1f}"]
            )  # fmt: skip
    heads = ["Evidence", "What was found", "m: of one person's pairs", "u: of others", "Bits"]
    return _table("Weights of the model", heads, rows, numbers=(2, 3, 4))


def _unlinkables(linked: "Linked") -> str:
    words = (
        f"<p>{linked.unlinkable:,} records hold no name, or a name with neither birth, nor a place "
        "nearer than the province, nor a number. They are left alone: each stays a person of its "
        f"own. {linked.refused:,} pairs over the threshold were not joined, because another record "
        "of theirs forbids it.</p>"
    )
    rows = [[f"{c}: not read, taken as unknown", f"{n:,}"] for c, n in linked.unread.items()]
    rows += [
        [f"blocks of {kind.replace('+', ' and ')} too large to compare", f"{n:,}"]
        for kind, n in linked.crowded.items()
    ]
    return words + (
        _table("Left out besides", ["What", "How many"], rows, numbers=(1,)) if rows else ""
    )


def _table(
    caption: str, heads: list[str], rows: list[list[str]], *, numbers: tuple[int, ...]
) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="number">{escape(cell)}</td>'
            if place in numbers
            else f"<td>{escape(cell)}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
