"""``mekhala study``: each figure with what became of it when it was computed anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from mekhala.core.study.checks import Remark, checks
from mekhala.core.study.comparing import comparisons, weighted
from mekhala.core.study.computing import Computed, computed, whole_numbers
from mekhala.core.study.figure import Figure
from mekhala.core.study.plan import Plan

REPRODUCED, FITS, DIFFERS, CANNOT = "reproduced", "fits", "differs", "cannot"
# checks that find the fault in the figure they name first
IMPOSSIBLE = frozenset({
    "mean_outside_groups", "mean_not_weighted", "mean_outside_bands", "mean_of_no_whole_numbers",
    "share_of_no_whole_number", "share_outside_100", "part_above_whole",
})  # fmt: skip
OUTCOMES = (REPRODUCED, FITS, DIFFERS, CANNOT)
WHY_NOT = {
    "needs_each_person": "a mean, a range or a test needs the answers of each person",
    "counted_once": "a count that no other figure of the file gives",
    "told_once": "an amount or a word as one person told it",
    "no_number": "a share without the number it is a share of",
}


def study(figures: Iterable[Figure], plan: Plan) -> dict[str, Any]:
    """Recompute what can be recomputed, mark what cannot, and tell what is amiss.

    Returns ``title``, ``rows``, ``outcomes`` (how many rows of each), ``figures`` (a row each, in
    the order of the file), ``remarks``, ``comparisons``, ``weighted`` and ``left_out`` (rules of
    the plan that name a figure not in the file).
    """
    rows = list(figures)
    ways: defaultdict[int, list[Computed]] = defaultdict(list)
    for one in computed(rows, plan):
        ways[one.figure.line].append(one)
    remarks = checks(rows, plan)
    told = [_told(one, ways[one.line], remarks) for one in rows]
    counts = Counter(one["outcome"] for one in told)
    return {
        "title": plan.title, "rows": len(rows),
        "outcomes": {outcome: counts[outcome] for outcome in OUTCOMES},
        "figures": told, "remarks": remarks, "comparisons": comparisons(rows, plan),
        "weighted": weighted(rows, plan), "left_out": list(plan.left_out),
    }  # fmt: skip


def _told(figure: Figure, ways: list[Computed], remarks: list[Remark]) -> dict[str, Any]:
    outcome, because, best = _outcome(figure, ways)
    impossible = [
        r["because"] for r in remarks if r["check"] in IMPOSSIBLE and r["lines"][0] == figure.line
    ]
    if impossible:
        outcome, because = DIFFERS, impossible[0]
    return {
        "line": figure.line, "table": figure.table, "group": figure.group,
        "measure": figure.measure, "value": figure.value, "unit": figure.unit, "n": figure.n,
        "kind": figure.kind, "outcome": outcome, "because": because,
        "recomputed": round(best.value, 4) if best else None,
        "from": [one.line for one in best.rests_on] if best else [],
        "why_not": _why_not(figure) if outcome == CANNOT else None,
    }  # fmt: skip


def _outcome(figure: Figure, ways: list[Computed]) -> tuple[str, str, Computed | None]:
    wrong = next((w for w in ways if not _agrees(figure, w)), None)
    if wrong:
        cut = "; digits were cut off, not rounded" if figure.is_cut_from(wrong.value) else ""
        return DIFFERS, f"{wrong.how} gives {wrong.value:.4g}{cut}", wrong
    right = next((w for w in ways if w.independent), ways[0] if ways else None)
    if right and right.independent:
        return REPRODUCED, f"{right.how} gives {right.value:.4g}", right
    if right:
        return FITS, f"{right.how}; but that count was worked out from this figure", right
    if figure.is_share and figure.n:
        return _fitting(figure)
    return CANNOT, WHY_NOT[_why_not(figure)], None


def _agrees(figure: Figure, way: Computed) -> bool:
    exact = way.exact and figure.is_count
    if exact or figure.number is None or not way.slack:
        return way.value == figure.number if exact else figure.agrees_with(way.value)
    return abs(way.value - figure.number) <= figure.half + way.slack


def _fitting(figure: Figure) -> tuple[str, str, None]:
    """A share with nothing but its number beside it: can any whole number give it?"""
    fits = whole_numbers(figure)
    if not fits:
        return DIFFERS, f"no whole number of {figure.n} gives it", None
    which = f"{fits[0]}" if len(fits) == 1 else f"{fits[0]} to {fits[-1]}"
    return FITS, f"{which} of {figure.n} would give it; no other figure says how many", None


def _why_not(figure: Figure) -> str:
    if figure.is_share:
        return "no_number"
    if figure.is_count:
        return "counted_once"
    if figure.unit in ("years", "test result"):
        return "needs_each_person"
    return "counted_once" if figure.number is not None and figure.n else "told_once"
