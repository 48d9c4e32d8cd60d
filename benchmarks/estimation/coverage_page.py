"""The tables of ``docs/methods/coverage.md``, written between the marks of that page."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.estimation import judged
from benchmarks.estimation.grid import ASSUMED, FALSE, MISSED, PEOPLE, SHARES, SLOW, Cell
from benchmarks.estimation.judged import Group
from benchmarks.estimation.misses import RIGHT, Errors
from benchmarks.estimation.run_grid import Results
from benchmarks.estimation.tally import Tally
from benchmarks.estimation.trial import PANEL
from benchmarks.estimation.worlds import Kind
from mekhala import __version__

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "coverage.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
HEAD = "| tables | refused | coverage | bias of log N | high / low | false confidence |"
RULE = "|---:|---:|---:|---:|---:|---:|"


def write(results: Results) -> None:
    """Put the tables of a run into the page; the words around them stay."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = f"{before}{BEGIN}\n{tables(results)}\n{END}{after}"
    PAGE.write_text(text, encoding="utf-8")


def tables(results: Results) -> str:
    """Return all tables as Markdown."""
    parts = [_how(results), *_by_kind(results), *_by_size(results), *_by_errors(results),
             *_of_the_gate(results), *_off(results)]  # fmt: skip
    return "\n".join(parts) + "\n"


def in_words(group: Group) -> str:
    """Return one group and its coverage as a phrase."""
    place = f"{group.method}, {group.kind}, {group.people:,} people, {group.share:.0%} seen"
    return f"{place}: {_coverage(group.tally)} of {group.tally.given:,} intervals"


def _how(results: Results) -> str:
    cells = results.cells()
    many = sum(cell.tables for cell in cells)
    return (
        f"Seed {results.seed}, version {__version__}: {len(cells)} cells, {many:,} tables, "
        f"{results.bootstrap} bootstrap replicates, {results.seconds / 60:.0f} minutes.\n"
    )


def _by_kind(results: Results) -> Iterator[str]:
    yield "### Right links: every size, number of lists and share seen, by kind of dependence\n"
    yield f"| method | dependence | assumption {HEAD}\n|---|---|---{RULE}"
    for method, kind in ((m, k) for m in ASSUMED for k in Kind):
        cells = [c for c in _right(results) if c.world.kind is kind]
        if (tally := results.pooled(method, cells)).tables:
            yield f"| `{method}` | {kind} | {_assumed(method, cells)} {_row(tally)}"


def _assumed(method: str, cells: list[Cell]) -> str:
    if any(cell.unlikely(method) for cell in cells):
        return "unlikely"
    holds = [cell.holds(method) for cell in cells]
    return "**holds**" if all(holds) else "in part" if any(holds) else "fails"


def _by_size(results: Results) -> Iterator[str]:
    yield "\n### Where the assumption holds: by size and share seen\n"
    yield f"| method | people | seen {HEAD}\n|---|---:|---:{RULE}"
    for method in ASSUMED:
        for people, share in ((n, s) for n in PEOPLE for s in SHARES):
            cells = [c for c in _right(results) if c.holds(method)
                     and (c.world.people, c.world.share) == (people, share)]  # fmt: skip
            if (tally := results.pooled(method, cells)).tables:
                yield f"| `{method}` | {people:,} | {share:.0%} {_row(tally)}"


def _by_errors(results: Results) -> Iterator[str]:
    yield "\n### Wrong links: 5,000 people, four lists, 20 % seen, assumption true but for them\n"
    yield f"| method | missed | false {HEAD}\n|---|---:|---:{RULE}"
    for method in (m for m in ASSUMED if m not in SLOW):
        for errors in (Errors(missed=m, false=f) for m in MISSED for f in FALSE):
            cells = [c for c in results.cells() if c.errors == errors and c.world.share == 0.2
                     and c.true_of(method)]  # fmt: skip
            if (tally := results.pooled(method, cells)).tables:
                yield f"| `{method}` | {errors.missed:.0%} | {errors.false:.0%} {_row(tally)}"


def _of_the_gate(results: Results) -> Iterator[str]:
    yield "\n### The panel and its gate: right links, 3 to 5 lists, every size and share seen\n"
    yield "A number is given where the panel supports one; its interval spans all members'. Without"
    yield "`latent-class`, which could only widen it: false confidence is at most this.\n"
    yield f"| dependence | people {HEAD}\n|---|---:{RULE}"
    for kind, people in ((k, n) for k in Kind for n in PEOPLE):
        cells = [c for c in _right(results) if (c.world.kind, c.world.people) == (kind, people)]
        yield f"| {kind} | {people:,} {_row(results.pooled(PANEL, cells))}"
    yield f"| **all** | all {_row(judged.of_the_gate(results))}"


def _off(results: Results) -> Iterator[str]:
    off = [group for group in judged.groups(results) if group.is_off]
    yield "\n### Off although the assumption holds\n"
    yield "Groups over numbers of lists, outside 92-98 % by more than chance explains.\n"
    yield "\n".join(f"- {in_words(group)}" for group in off) or "None."
    yield "\n### True in kind, unlikely by the method's prior\n"
    yield "\n".join(f"- {in_words(group)}" for group in judged.unlikely(results)) or "None drawn."


def _right(results: Results) -> list[Cell]:
    return [c for c in results.cells() if c.errors == RIGHT and c.world.share in SHARES]


def _row(tally: Tally) -> str:
    bias = "–" if tally.bias is None else f"{tally.bias:+.3f}"
    width = "–" if tally.width is None else "no end" if tally.width > 1e6 else f"{tally.width:.2f}"
    false = f"{tally.false_confidence:.1%}"
    refused = f"{tally.refused / max(tally.tables, 1):.1%}"
    return f"| {tally.tables:,} | {refused} | {_coverage(tally)} | {bias} | {width} | {false} |"


def _coverage(tally: Tally) -> str:
    if tally.coverage is None:
        return "–"
    return f"{100 * tally.coverage:.1f} ± {100 * (tally.error() or 0):.1f}"
