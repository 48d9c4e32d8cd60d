"""Several methods side by side, and what makes them differ."""

from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from mekhala.core.estimation.bayes_threshold import bayes_threshold
from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.bounds import DEFAULT, Bounds
from mekhala.core.estimation.chao import CHAO, chao
from mekhala.core.estimation.chapman import CHAPMAN, chapman
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.gate import Gate
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.latent_class import latent_class
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import OverlapTable

METHODS = {
    "independence": independence,
    "stepwise": stepwise,
    "bic": bic,
    "bayes-threshold": bayes_threshold,
    "decomposable": decomposable,
    "latent-class": latent_class,
    "chao": chao,
}
LISTS = "not_for_so_many_lists"
FORBID = ("fewer_than_three_lists", "nobody_seen_twice")


class Verdict(StrEnum):
    """What a panel may be told as: one number, the range of its methods, or no number at all."""

    ONE_NUMBER = "one_number"
    RANGE = "range"
    NO_NUMBER = "no_number"


def methods_for(table: OverlapTable) -> dict[str, Any]:
    """Return the methods to ask about ``table`` by name; two lists have Chapman's first."""
    return {CHAPMAN.name: chapman, **METHODS} if len(table.lists) == 2 else dict(METHODS)


def panel(
    table: OverlapTable, *, level: float = 0.95, bootstrap: int = 1000, seed: int = 0
) -> list[Estimate]:
    """Estimate by every method there is for ``table``, in the order of ``METHODS``."""
    asked = methods_for(table).values()
    return [method(table, level=level, bootstrap=bootstrap, seed=seed) for method in asked]


def agreement(
    estimates: list[Estimate], gated: Gate | None = None, *, bounds: Bounds | None = None
) -> dict[str, Any]:
    """The range of the point estimates and of the intervals, and what makes them differ.

    ``ratio`` is the highest point estimate over the lowest; None where none is finite. A lower
    bound is no estimate and widens no range; ``at_least`` holds the highest there is.
    ``verdict`` says what may be told and ``reasons`` why not one number: reasons and doubts of
    ``gated`` (the table's ``gate``; without one, what the methods themselves say of the table) and
    of the panel. ``bounds``: by default those of ``gated``.
    """
    bounds = bounds or (gated.bounds if gated else DEFAULT)
    at_least = [e for e in estimates if e.interval == "lower_bound"]
    asked = [e for e in estimates if e.method != CHAO.name]
    points = {e.method: e.estimate for e in asked if e.estimate is not None}
    lows = [e.low for e in asked if e.low is not None]
    highs = [e.high for e in asked if e.exists]
    ratio = max(points.values()) / min(points.values()) if points else None
    refused = gated.reasons if gated else tuple(_said_by(estimates))
    doubts = gated.doubts if gated else ()
    reasons = (*refused, *doubts, *_apart(asked, ratio, bounds))
    verdict = _verdict(refused, reasons, ratio, bounds)
    return {
        "low": round(min(points.values()), 1) if points else None,
        "high": round(max(points.values()), 1) if points else None,
        "ratio": round(ratio, 3) if ratio else None,
        "lowest_limit": round(min(lows), 1) if lows else None,
        "highest_limit": None if None in highs or not highs else round(max(filter(None, highs)), 1),
        "at_least": max((round(e.estimate or 0, 1) for e in at_least), default=None),
        "supports_one_number": verdict is Verdict.ONE_NUMBER,
        "verdict": str(verdict),
        "reasons": [asdict(reason) for reason in reasons],
        "differ_by": _differ_by(asked, ratio),
    }


def _said_by(estimates: list[Estimate]) -> Iterator[Warned]:
    """What forbids a number whatever a method computes, once each."""
    told = {w.code: w for e in estimates for w in e.warnings if w.code in FORBID}
    yield from told.values()


def _verdict(
    refused: tuple[Warned, ...], reasons: tuple[Warned, ...], ratio: float | None, bounds: Bounds
) -> Verdict:
    if ratio is None or ratio > bounds.panel_within or refused:
        return Verdict.NO_NUMBER
    return Verdict.RANGE if reasons else Verdict.ONE_NUMBER


def _apart(estimates: list[Estimate], ratio: float | None, bounds: Bounds) -> Iterator[Warned]:
    """Reasons that lie in the methods: no estimate, or estimates too far apart."""
    if ratio is None:
        yield Warned(
            code="no_finite_estimate", because="no method gives a finite estimate",
            values={"methods": [e.method for e in estimates]},
        )  # fmt: skip
        return
    none = [e.method for e in estimates if not e.exists and not _too_few_lists(e)]
    if none:
        yield Warned(
            code="method_without_estimate", because=f"no finite estimate by {', '.join(none)}",
            values={"methods": none},
        )  # fmt: skip
    if ratio > bounds.one_number_within:
        yield Warned(
            code="methods_disagree",
            because=f"the highest estimate is {ratio:.1f} times the lowest; expected at most "
            f"{bounds.one_number_within:g} times for one number and {bounds.panel_within:g} for a "
            "range",
            values={
                "times": round(ratio, 1), "one": bounds.one_number_within,
                "range": bounds.panel_within,
            },
        )  # fmt: skip


def _too_few_lists(found: Estimate) -> bool:
    """Whether a method was never meant for so many lists; it then speaks for nothing."""
    return any(warned.code == LISTS for warned in found.warnings)


def _differ_by(estimates: list[Estimate], ratio: float | None) -> str:
    """In words, which methods give no number and which dependence each takes into account."""
    if ratio is None:
        return "no method gives a finite estimate"
    none = [e.method for e in estimates if not e.exists]
    words = f"no finite estimate by {', '.join(none)}; " if none else ""
    taken: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for e in estimates:
        if e.exists and e.method != "latent-class":
            taken.setdefault(e.pairs, []).append(e.method)
    kinds = "; latent-class takes into account that people differ in how easily they are found"
    kinds = kinds if any(e.exists and e.method == "latent-class" for e in estimates) else ""
    if len(taken) == 1 and () in taken:
        return words + "no pair of lists shows clear dependence" + kinds
    return words + "; ".join(_takes(methods, pairs) for pairs, methods in taken.items()) + kinds


def _takes(methods: list[str], pairs: tuple[tuple[str, str], ...]) -> str:
    if not pairs:
        return f"{', '.join(methods)}: no lists depend on each other"
    named = ", ".join(":".join(pair) for pair in pairs)
    return f"{', '.join(methods)}: these lists depend on each other ({named})"
