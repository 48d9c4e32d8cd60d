"""What the counts of a study let one say again: differences between women and men, and weights.

Differences are of counts only, with Fisher's exact test and the interval of Newcombe (1998,
*Interval estimation for the difference between independent proportions*, Stat. Med. 17:873,
method 10). Weights undo a sample drawn from women and men at different rates.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from mekhala.core.study.figure import Figure
from mekhala.core.study.plan import Plan

Z = 1.959963984540054  # two-sided, 95 in 100


def comparisons(figures: Iterable[Figure], plan: Plan) -> list[dict[str, Any]]:
    """Every count that is told of women and of men, and the comparisons of the plan."""
    known = {(one.table, one.measure, one.group): one for one in figures if one.is_count and one.n}
    found = [
        _compared(f"{table}: {measure}", ("female", a, a.n or 1), ("male", b, b.n or 1))
        for (table, measure, group), a in known.items()
        if group == "female" and (b := known.get((table, measure, "male")))
        and table not in ("sample", "status")
    ]  # fmt: skip
    return found + [_by_plan(rule) for rule in plan.of("compare")]


def _compared(
    what: str, first: tuple[str, Figure, int], other: tuple[str, Figure, int]
) -> dict[str, Any]:
    (name_a, a, of_a), (name_b, b, of_b) = first, other
    told = counts_compared(int(a.number or 0), of_a, int(b.number or 0), of_b)
    return {"what": what, "groups": [name_a, name_b], "lines": [a.line, b.line], **told}


def _by_plan(rule: dict[str, Any]) -> dict[str, Any]:
    (part, of), (all_parts, everybody) = rule["first"], rule["all"]
    k, n = int(part.number), int(of.number)
    told = counts_compared(k, n, int(all_parts.number) - k, int(everybody.number) - n)
    lines = [part.line, of.line, all_parts.line, everybody.line]
    return {"what": rule["what"], "groups": ["first", "others"], "lines": lines, **told}


def counts_compared(k: int, n: int, k2: int, n2: int) -> dict[str, Any]:
    """Compare ``k`` of ``n`` with ``k2`` of ``n2``: difference of shares, interval, Fisher's p."""
    low, high = difference_interval(k, n, k2, n2)
    return {
        "counts": [[k, n], [k2, n2]], "shares": [round(k / n, 4), round(k2 / n2, 4)],
        "difference": round(k / n - k2 / n2, 4), "low": round(low, 4), "high": round(high, 4),
        "level": 0.95, "p": round(fisher(k, n, k2, n2), 5),
    }  # fmt: skip


def fisher(k: int, n: int, k2: int, n2: int) -> float:
    """Fisher's exact test, two-sided: all tables as rare as this one or rarer (0 to 1)."""
    total = k + k2

    def ways(first: int) -> int:
        return math.comb(n, first) * math.comb(n2, total - first)

    possible = range(max(0, total - n2), min(n, total) + 1)
    seen = ways(k)
    return sum(ways(x) for x in possible if ways(x) <= seen) / math.comb(n + n2, total)


def difference_interval(k: int, n: int, k2: int, n2: int) -> tuple[float, float]:
    """Newcombe's interval for the difference of two shares, from the Wilson intervals of each."""
    p, p2 = k / n, k2 / n2
    (low, high), (low2, high2) = _wilson(k, n), _wilson(k2, n2)
    return (
        p - p2 - math.hypot(p - low, high2 - p2),
        p - p2 + math.hypot(high - p, p2 - low2),
    )


def _wilson(k: int, n: int) -> tuple[float, float]:
    share, shrink = k / n, 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / shrink
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / shrink
    return max(middle - half, 0.0), min(middle + half, 1.0)


def weighted(figures: Iterable[Figure], plan: Plan) -> list[dict[str, Any]]:
    """Totals with each stratum at its size in the frame, where all of a stratum were counted."""
    strata = {
        s["name"]: (int(s["sample"].number), int(s["frame"].number)) for s in plan.of("stratum")
    }
    if len(strata) < 2:
        return []
    rows = list(figures)
    known = {(one.table, one.measure, one.unit, one.group): one for one in rows}
    measures = dict.fromkeys(
        (one.table, one.measure, one.unit)
        for one in rows
        if one.group in strata and one.table != "sample"
    )
    found = ((key, [known.get((*key, name)) for name in strata]) for key in measures)
    return [told for key, parts in found for told in _weighted(key, parts, strata)]


def _weighted(
    key: tuple[str, str, str], parts: list[Figure | None], strata: dict[str, tuple[int, int]]
) -> Iterator[dict[str, Any]]:
    table, measure, unit = key
    sizes = list(strata.values())
    told = [one for one in parts if one is not None and one.number is not None]
    if len(told) < len(sizes) or any(p.n != s for p, (s, _f) in zip(told, sizes, strict=True)):
        return
    if unit != "persons" and (unit, measure) != ("years", "mean"):
        return
    per = [
        (one.number or 0.0) / (size if unit == "persons" else 1)
        for one, (size, _frame) in zip(told, sizes, strict=True)
    ]
    of_sample, of_frame = (
        sum(value * size[which] for value, size in zip(per, sizes, strict=True))
        / sum(size[which] for size in sizes) for which in (0, 1)
    )  # fmt: skip
    scale = 100 if unit == "persons" else 1
    yield {
        "what": f"{table}: {measure}", "lines": [one.line for one in told],
        "unit": "percent" if unit == "persons" else unit,
        "unweighted": round(of_sample * scale, 1), "weighted": round(of_frame * scale, 1),
    }  # fmt: skip
