"""Several methods side by side, and what makes them differ."""

from typing import Any

from mekhala.core.estimation.bayes_threshold import bayes_threshold
from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.chao import CHAO, chao
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.estimate import Estimate
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
WIDE = 1.5  # methods that differ by half again do not support one number


def panel(
    table: OverlapTable, *, level: float = 0.95, bootstrap: int = 1000, seed: int = 0
) -> list[Estimate]:
    """Estimate by every method there is, in the order of ``METHODS``."""
    return [
        method(table, level=level, bootstrap=bootstrap, seed=seed) for method in METHODS.values()
    ]


def agreement(estimates: list[Estimate]) -> dict[str, Any]:
    """The range of the point estimates and of the intervals, and what makes them differ.

    ``ratio`` is the highest point estimate over the lowest; None where none is finite. A lower
    bound is no estimate and widens no range; ``at_least`` holds the highest there is.
    """
    bounds = [e for e in estimates if e.interval == "lower_bound"]
    asked = [e for e in estimates if e.method != CHAO.name]
    points = {e.method: e.estimate for e in asked if e.estimate is not None}
    lows = [e.low for e in asked if e.low is not None]
    highs = [e.high for e in asked if e.exists]
    ratio = max(points.values()) / min(points.values()) if points else None
    return {
        "low": round(min(points.values()), 1) if points else None,
        "high": round(max(points.values()), 1) if points else None,
        "ratio": round(ratio, 3) if ratio else None,
        "lowest_limit": round(min(lows), 1) if lows else None,
        "highest_limit": None if None in highs or not highs else round(max(filter(None, highs)), 1),
        "at_least": max((round(e.estimate or 0, 1) for e in bounds), default=None),
        "supports_one_number": ratio is not None and ratio < WIDE and len(points) == len(asked),
        "differ_by": _differ_by(asked, ratio),
    }


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
