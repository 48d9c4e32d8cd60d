"""The number along the tie nobody can test, ready to be drawn: curve, band, each method's place.

At ``xi`` a log-linear model gives ``n + xi * (N - n)`` (see ``sensitivity``); its interval moves
the same way, so the band at each ``xi`` is the interval if just that ``xi`` were true. With two
lists ``xi`` is the odds ratio between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.sensitivity import FROM, TO, curve
from mekhala.core.estimation.wording import is_bound, why_not_drawn

BASES = ("bic", "stepwise", "independence", "chapman")  # log-linear members, the fullest first
SAME = 0.02  # places nearer than 2 % of the curve's length get one label


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where methods lie: the ``xi`` that gives their number, and the number."""

    methods: tuple[str, ...]
    xi: float
    total: float


@dataclass(frozen=True, kw_only=True)
class Ties:
    """People in all (``totals``, ``lows``, ``highs``) at each ``xi``; ``lists`` how many there are.

    ``places`` lie on the curve; ``outside`` holds those whose ``xi`` is beyond its ends.
    """

    method: str
    lists: int
    xi: tuple[float, ...]
    totals: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    places: tuple[Place, ...]
    outside: tuple[Place, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON: people to one decimal place."""
        rounded = {
            name: [round(n, 1) for n in getattr(self, name)] for name in ("totals", "lows", "highs")
        }
        return {
            "method": self.method, "lists": self.lists, "xi": [round(x, 4) for x in self.xi],
            **rounded, "places": [_told(p) for p in self.places],
            "outside": [_told(p) for p in self.outside],
        }  # fmt: skip


def ties(estimates: Sequence[Estimate], lists: int) -> Ties | None:
    """Return the curve of the fullest log-linear member of a panel; None where there is none."""
    shown = [e for e in estimates if why_not_drawn(e) is None]
    base = next((e for name in BASES for e in shown if e.method == name), None)
    if base is None or base.low is None or base.high is None:
        return None
    found = curve(base, [e for e in shown if not is_bound(e)])
    if found is None:
        return None
    totals = {e.method: e.estimate or 0.0 for e in shown}
    at = sorted([(base.method, 1.0), *found.others], key=lambda pair: pair[1])
    places = _grouped([(name, xi, totals[name]) for name, xi in at])
    return Ties(
        method=base.method, lists=lists, xi=found.xi, totals=found.totals,
        lows=_moved(base, base.low, found.xi), highs=_moved(base, base.high, found.xi),
        places=tuple(p for p in places if FROM <= p.xi <= TO),
        outside=tuple(p for p in places if not FROM <= p.xi <= TO),
    )  # fmt: skip


def _moved(base: Estimate, end: float, xi: Sequence[float]) -> tuple[float, ...]:
    return tuple(base.observed + x * (end - base.observed) for x in xi)


def _grouped(at: Sequence[tuple[str, float, float]]) -> list[Place]:
    """Methods in order of ``xi``, those whose marks would cover each other as one place."""
    places: list[Place] = []
    for name, xi, total in at:
        near = places and xi <= places[-1].xi * (TO / FROM) ** SAME
        if near:
            last = places.pop()
            places.append(Place(methods=(*last.methods, name), xi=last.xi, total=last.total))
        else:
            places.append(Place(methods=(name,), xi=xi, total=total))
    return places


def _told(place: Place) -> dict[str, Any]:
    return {
        "methods": list(place.methods), "xi": round(place.xi, 3), "total": round(place.total, 1)
    }  # fmt: skip
