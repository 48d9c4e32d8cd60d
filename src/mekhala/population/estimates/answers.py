"""What the estimators answer to a run, as it is kept, and whether two answers are equal."""

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates.models import EstimateRun, Method
from mekhala.population.linkage import queries as linkage

Tell = Callable[[str, int, int, int, int], None]
OF_GATE = ("passes", "reasons", "warnings", "standing", "seen_twice")  # no overlap is kept twice
NOT_COMPARED = frozenset({"seconds", "version"})  # a repeat keeps the version it ran with


def answer_of(run: EstimateRun, tell: Tell | None = None) -> dict[str, Any]:
    """Return the whole answer to what ``run`` asks, as plain values; nothing is kept here.

    ``tell`` is called with method, its place, how many methods, parts done and parts in all.
    Where no number can be defended, ``reasons`` stands beside the estimates.
    """
    from mekhala.core.estimation.gate import gate
    from mekhala.core.estimation.panel import agreement, methods_for
    from mekhala.core.estimation.report import reasons
    from mekhala.core.estimation.ties import ties

    table = linkage.as_overlaps(run.table)
    there = methods_for(table)
    names = list(there) if run.method == Method.ALL else [run.method]
    found = []
    try:
        for place, name in enumerate(names, start=1):
            progress = partial(tell, name, place, len(names)) if tell else None
            found.append(there[name](
                table, level=run.level, bootstrap=run.bootstrap, seed=run.seed, progress=progress
            ))  # fmt: skip
    except WrongInput as refusal:
        because = [{"code": "wrong_input", "because": str(refusal), "values": {}}]
        return {"estimates": [], "reasons": because}
    curve, refused, gated = ties(found, len(table.lists)), reasons(found), gate(table)
    told = gated.to_dict()
    answer = {
        "estimates": [e.to_dict() for e in found], "agreement": agreement(found, gated),
        "ties": curve.to_dict() if curve else None, "gate": {name: told[name] for name in OF_GATE},
    }  # fmt: skip
    if refused is not None:
        answer["reasons"] = [asdict(w) for w in refused]
    return as_kept(answer)


def as_kept(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as it comes back from the database: no endless numbers, lists for tuples."""
    kept: dict[str, Any] = json.loads(json.dumps(_finite(answer)))
    return kept


def differences(kept: dict[str, Any], again: dict[str, Any]) -> list[dict[str, Any]]:
    """Return where two answers differ: ``{"method", "field", "was", "is"}``; none if equal.

    Time and version are not compared; every figure is, to its last digit. A warning is compared
    by its words, in which all its values stand: older answers have none beside them.
    """
    kept, again = _in_words(kept), _in_words(again)
    before = {e["method"]: e for e in kept["estimates"]}
    after = {e["method"]: e for e in again["estimates"]}
    found = []
    for method in dict.fromkeys([*before, *after]):
        was, now = before.get(method, {}), after.get(method, {})
        found += _unlike(method, was, now)
    rest = [{k: v for k, v in one.items() if k != "estimates"} for one in (kept, again)]
    return found + _unlike("", *rest)


def _in_words(value: Any) -> Any:
    """The answer with each warning as code and words alone."""
    if isinstance(value, dict):
        left = {"values"} if "because" in value else set()
        return {k: _in_words(v) for k, v in value.items() if k not in left}
    return [_in_words(v) for v in value] if isinstance(value, list) else value


def _unlike(method: str, was: dict[str, Any], now: dict[str, Any]) -> list[dict[str, Any]]:
    fields = [f for f in dict.fromkeys([*was, *now]) if f not in NOT_COMPARED]
    return [
        {"method": method, "field": f, "was": was.get(f), "is": now.get(f)}
        for f in fields
        if was.get(f) != now.get(f) or (f in was) != (f in now)
    ]


def _finite(value: Any) -> Any:
    """JSON knows no infinity: an endless or undefined number is null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(k): _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list | tuple) else value
