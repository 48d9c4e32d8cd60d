"""One run of estimates as a page that stands alone: read in any browser, printed, sent, kept.

The panel comes first and one sentence last, so that nobody meets a number without what it rests
on. Nothing is fetched: styles and pictures stand in the page, scripts there are none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from mekhala.core.estimation.charts import drawn_panel, drawn_ties
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.panel import Verdict
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.estimation.ties import Ties, ties
from mekhala.core.estimation.wording import (
    amount,
    is_bound,
    not_covered,
    one_sentence,
    whole,
    why_not_drawn,
)

SMALL = 10  # people; a smaller overlap is not written out, since the page is made to be passed on
LONG = 12  # entries of a diagnostic; longer ones are in the JSON answer
STYLE = """
body{font:17px/1.5 "Noto Sans","Noto Sans Khmer",system-ui,sans-serif;color:#16222b;
max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.25;break-after:avoid}section{margin-top:2.5rem}
figure{margin:1rem 0;overflow-x:auto}figure svg{max-width:none}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}
caption{text-align:left;font-weight:600}th,td{border-bottom:1px solid #b8c4ca;padding:.35rem .8rem;
text-align:left;vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap;
font-variant-numeric:tabular-nums}
dt{font-weight:600;margin-top:.5rem}dd{margin:0 0 0 1rem}code{overflow-wrap:anywhere}
.refused,.say{border-left:5px solid #16222b;padding:.2rem 1rem}
@media print{@page{size:A4;margin:20mm}body{max-width:none;margin:0;font-size:11pt}
figure,tr,dl>div{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}}
"""
HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>{style}</style></head><body><main>
"""
HELPS = (
    "What would help: lists of more agencies for the same closed period, records that can be "
    "joined with more certainty, and a longer period."
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What stands in a report beside the estimates themselves.

    ``agreement`` as of ``panel.agreement``; ``command`` gives the same answer again; ``made`` is
    the day in words; ``source`` says which lists these are. Without ``overlaps`` the page does not
    say how many people lists share: a small table of overlaps can single people out.
    """

    table: OverlapTable
    estimates: Sequence[Estimate]
    agreement: Mapping[str, Any] | None
    command: str
    made: str
    source: str
    overlaps: bool = True


def report(told: Told) -> str:
    """Return the page as HTML text; no chart and no number where none can be defended."""
    title = f"How many were never seen? {told.source}"
    parts = [
        HEAD.format(title=escape(title), style=STYLE),
        f"<h1>How many were never seen?</h1>{_seen(told)}",
        *(_panel(told) if reasons(told.estimates) is None else _refused(told)),
        *(_lists(told.table) if told.overlaps else ()), *_methods(told.estimates),
        *_again(told), *_sentence(told),
        "</main></body></html>\n",
    ]  # fmt: skip
    return "".join(parts)


def reasons(estimates: Sequence[Estimate]) -> list[Warned] | None:
    """Return why no number can be defended, each reason once; None where a method gives one."""
    if any(e.estimate is not None for e in estimates):
        return None
    return list({w.code: w for e in estimates for w in e.warnings}.values())


def may_tell(agreement: Mapping[str, Any] | None) -> bool:
    """Return whether a number or a range may be told, by the verdict on the panel."""
    return agreement is None or agreement["verdict"] != Verdict.NO_NUMBER


def _seen(told: Told) -> str:
    lists = ", ".join(told.table.lists)
    return (
        f"<p>{escape(told.source)}, {escape(told.made)}. People on at least one list: "
        f"{whole(told.table.observed)}. Lists: {len(told.table.lists)} ({escape(lists)}).</p>"
    )


def _refused(told: Told) -> Iterator[str]:
    yield '<section class="refused"><h2>No number can be defended.</h2><ul>'
    for warned in reasons(told.estimates) or []:
        yield _warning(warned)
    yield f"</ul><p>{HELPS}</p></section>"


def _warning(warned: Warned) -> str:
    return f"<li>{escape(warned.because)} <code>{escape(warned.code)}</code></li>"


def _panel(told: Told) -> Iterator[str]:
    """The methods side by side, what makes them differ, and the tie nobody can test."""
    if not may_tell(told.agreement):
        yield '<section class="refused"><h2>No number can be defended.</h2><ul>'
        yield "".join(_warning(Warned(**w)) for w in (told.agreement or {})["reasons"])
        yield f"</ul><p>{HELPS} The methods stand below so that anybody can see why.</p></section>"
    yield "<section><h2>Methods side by side</h2>"
    yield f"<figure>{drawn_panel(told.estimates)}</figure>"
    heads = ["Method", "Estimate", "From", "To", "Interval", "What the interval covers"]
    yield _table(
        "People in all, seen and never seen", heads, [_row(e) for e in told.estimates], (1, 2, 3)
    )
    if told.agreement:
        yield f"<h3>What makes them differ</h3><p>{escape(str(told.agreement['differ_by']))}</p>"
        if told.agreement["verdict"] == Verdict.RANGE and len(told.estimates) > 1:
            yield "<p><strong>The methods do not support one number:</strong> give the whole "
            yield "range, with what each takes for granted.</p><ul>"
            yield "".join(_warning(Warned(**w)) for w in told.agreement["reasons"]) + "</ul>"
    common = _of_all(told.estimates)
    if common:
        yield f"<h3>Of every method</h3><ul>{''.join(map(_warning, common))}</ul>"
    yield "<h3>What none of them covers</h3><ul>"
    yield "".join(f"<li>{escape(text)}</li>" for text in not_covered(told.estimates))
    yield "</ul></section>"
    found = ties(told.estimates, len(told.table.lists))
    if found:
        yield from _ties(found)


def _row(of: Estimate) -> list[str]:
    least = "at least " if is_bound(of) else ""
    high = "not bounded" if of.high is None and of.exists else amount(of, of.high)
    why = why_not_drawn(of)
    if why is not None:
        return [of.method, *("none",) * 3, why, of.covers]
    point, low = least + amount(of, of.estimate), amount(of, of.low)
    return [of.method, point, low, high, of.interval.replace("_", " "), of.covers]


def _of_all(estimates: Sequence[Estimate]) -> list[Warned]:
    """The warnings every method of the panel has: they follow from the lists."""
    first, *others = estimates
    return [w for w in first.warnings if all(w in e.warnings for e in others)] if others else []


def _ties(found: Ties) -> Iterator[str]:
    """The curve, and the same as a table."""
    yield "<section><h2>The tie nobody can test</h2><p>How the number of people in all moves with "
    yield "a dependence between all lists at once, which no data can show or rule out. The band is "
    yield f"the interval of {escape(found.method)} if just that tie were true.</p>"
    yield f"<figure>{drawn_ties(found)}</figure>"
    curve = zip(found.xi, found.totals, found.lows, found.highs, strict=True)
    rows = [[f"{x:.2f}", whole(n), whole(low), whole(high)] for x, n, low, high in curve]
    yield _table("Along the tie", ["Tie", "People in all", "From", "To"], rows, range(4))
    places = [*found.places, *found.outside]
    rows = [[", ".join(p.methods), f"{p.xi:.2f}", whole(p.total)] for p in places]
    yield _table(
        "The tie that gives each method's number", ["Method", "Tie", "People"], rows, (1, 2)
    )
    yield "</section>"


def _lists(table: OverlapTable) -> Iterator[str]:
    """How many people each two lists share; a list with itself: people on it."""
    places = range(len(table.lists))
    rows = [[table.lists[i], *(_count(table.on_all(*{i, j})) for j in places)] for i in places]
    yield "<section><h2>Lists</h2>"
    yield _table("People shared by each two lists; a list with itself: people on it",
                 ["List", *table.lists], rows, range(1, 1 + len(table.lists)))  # fmt: skip
    twice = sum(n for h, n in zip(table.histories, table.counts, strict=True) if sum(h) > 1)
    yield f"<p>On two lists or more: {_count(twice)} of {whole(table.observed)}.</p></section>"


def _count(people: int) -> str:
    return f"fewer than {SMALL}" if people < SMALL else whole(people)


def _methods(estimates: Sequence[Estimate]) -> Iterator[str]:
    """What each method rests on and what it showed about itself."""
    common = _of_all(estimates)
    for e in estimates:
        own = [w for w in e.warnings if w not in common]
        rows = {
            "What it takes for granted": e.assumption, "Model": e.model, "After": e.reference,
            "Replicates": str(e.bootstrap), "Seconds": f"{e.seconds:.1f}", **_diagnostics(e),
        }  # fmt: skip
        yield f"<section><h2>{escape(e.method)}</h2><dl>"
        for name, value in rows.items():
            yield f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        yield "</dl>"
        if own:
            yield f"<h3>Warnings</h3><ul>{''.join(map(_warning, own))}</ul>"
        yield "</section>"


def _diagnostics(of: Estimate) -> dict[str, str]:
    """The diagnostics that fit into a line each, by a readable name."""
    told = {name: _in_a_line(value) for name, value in of.diagnostics.items()}
    return {n.replace("_", " ").capitalize(): text for n, text in told.items() if text}


def _in_a_line(value: Any) -> str:
    """A diagnostic as text, nothing where it is too long or is not told."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else whole(value)
    if isinstance(value, Mapping):
        parts = [f"{name} {_in_a_line(part)}" for name, part in value.items()]
        return "; ".join(parts) if len(parts) <= LONG else ""
    if isinstance(value, list | tuple):
        return ", ".join(_in_a_line(part) for part in value) if len(value) <= LONG else ""
    return "" if value is None else str(value)


def _again(told: Told) -> Iterator[str]:
    first = told.estimates[0]
    yield "<section><h2>Run it again</h2><p>The same lists, seed and version give the same answer:"
    yield f"</p><p><code>{escape(told.command)}</code></p><dl>"
    facts = {
        "Seed": str(first.seed), "Level": f"{first.level * 100:g} %", "Version": first.version,
        "SHA-256 of the lists": first.data_hash,
    }  # fmt: skip
    for name, value in facts.items():
        yield f"<div><dt>{name}</dt><dd><code>{escape(value)}</code></dd></div>"
    yield "</dl></section>"


def _sentence(told: Told) -> Iterator[str]:
    said = one_sentence(told.estimates, told.made)
    if said and may_tell(told.agreement):
        yield '<section class="say"><h2>If one sentence must be said</h2>'
        yield f"<p>{escape(said)}</p></section>"


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]
) -> str:
    """A table with row heads; the columns at the places ``numeric`` stand right."""
    kinds = [' class="n"' if place in numeric else "" for place in range(len(heads))]
    head = "".join(
        f'<th scope="col"{k}>{escape(h)}</th>' for h, k in zip(heads, kinds, strict=True)
    )
    body = "".join(f"<tr>{_cells(row, kinds)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str], kinds: Sequence[str]) -> str:
    first = f'<th scope="row"{kinds[0]}>{escape(row[0])}</th>'
    rest = zip(row[1:], kinds[1:], strict=True)
    return first + "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in rest)
