"""Several methods side by side, and what makes them differ."""

from typing import Any

from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.latent_class import latent_class
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import OverlapTable

METHODS = {"independence": independence, "stepwise": stepwise, "bic": bic, "decomposable": decomposable, "latent-class": latent_class}
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

    ``ratio`` is the highest point estimate over the lowest; None where fewer than one is finite.
    """
    points = {e.method: e.estimate for e in estimates if e.estimate is not None}
    lows = [e.low for e in estimates if e.low is not None]
    highs = [e.high for e in estimates if e.exists]
    ratio = max(points.values()) / min(points.values()) if points else None
    return {
        "low": round(min(points.values()), 1) if points else None,
        "high": round(max(points.values()), 1) if points else None,
        "ratio": round(ratio, 3) if ratio else None,
        "lowest_limit": round(min(lows), 1) if lows else None,
        "highest_limit": None if None in highs or not highs else round(max(filter(None, highs)), 1),
        "supports_one_number": ratio is not None and ratio < WIDE and len(points) == len(estimates),
        "differ_by": _differ_by(estimates, ratio),
    }


def _differ_by(estimates: list[Estimate], ratio: float | None) -> str:
    """In words, what one method takes into account and the other does not."""
    none = [e.method for e in estimates if not e.exists]
    if ratio is None:
        return "no method gives a finite estimate"
    words = f"no finite estimate by {', '.join(none)}; " if none else ""
    pairs = [":".join(pair) for e in estimates for pair in e.pairs]
    if not pairs:
        return words + "the methods choose the same model: no pair of lists shows clear dependence"
    return words + (
        f"stepwise takes into account that lists depend on each other ({', '.join(pairs)}); "
        "independence does not"
    )
