"""A share from time-location sampling: people met at venues, days and hours drawn by chance.

Who comes more often is met more often. Each person weighs 1 / (chance of the meeting x share of
those present who were asked x visits in the period), and the share is a ratio of weighted sums
whose variance comes from how the clusters (venues, or where there are none the meetings) differ
(Karon & Wejnert 2012; ratio and clusters as in Cochran 1977, 6.4 and 9A.1).
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mekhala.core.estimation import cells
from mekhala.core.estimation.binomial import Kind, limits
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.shares import (
    Found,
    Frame,
    Sampling,
    answered_share,
    check_level,
    check_population,
    of_refusals,
)
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

COLUMNS = ("event", "positive", "visits")
FEW_CLUSTERS = 10
MANY_ALIKE = 2.0  # weights that double the variance
TIME_LOCATION = Sampling(
    method="time-location",
    design="time-location",
    model="venue-day-time meetings, people weighted by one over how often they come",
    assumption="Everybody in the frame comes to a venue of the frame in the period; meetings were "
    "drawn with the chances given; people told rightly how often they come.",
    reference="Karon & Wejnert 2012, J. Urban Health 89:565-586",
    covers="sampling of venues and meetings",
)


@dataclass(frozen=True, kw_only=True)
class Met:
    """Somebody asked at a meeting: a venue, a day and hours, drawn with ``chance``.

    ``visits`` counts how often the person came to any venue of the frame in the period,
    ``present`` the people there at the meeting; None is unknown, ``positive`` too. Where only
    numbers are kept, ``people`` says for how many alike it stands.
    """

    event: str
    positive: bool | None
    visits: float | None
    venue: str | None = None
    present: int | None = None
    chance: float = 1.0
    people: int = 1


def read_met(text: str, name: str = "people") -> list[Met]:
    """Read a CSV, a row for each person: event, positive, visits; venue, present, chance.

    The last three columns may be left out; ``chance`` may be any number that is in proportion
    to the chance of the meeting. Raises ``WrongInput`` naming file, row and column.
    """
    met = [_met(row, where) for where, row in named_rows(text, name, COLUMNS)]
    _check(met, name)
    return met


def _met(row: dict[str, str], where: str) -> Met:
    if not row["event"]:
        raise WrongInput(f"{where}, column event: is empty; expected a name")
    visits, chance = row["visits"], row.get("chance", "")
    return Met(
        event=row["event"],
        positive=cells.answer(row["positive"], f"{where}, column positive"),
        visits=cells.above_zero(visits, f"{where}, column visits", most=1e6) if visits else None,
        venue=row.get("venue") or None,
        present=cells.people_if_known(row.get("present", ""), f"{where}, column present", least=1),
        chance=cells.above_zero(chance, f"{where}, column chance") if chance else 1.0,
    )


def time_location(
    met: Sequence[Met],
    *,
    level: float = 0.95,
    interval: Kind = Kind.WILSON,
    frame: Frame | None = None,
    name: str = "people",
) -> Estimate:
    """Estimate the share among all who come to the venues of the frame in the period.

    People whose outcome or visits are not known are left out and counted as without an answer;
    who refused is best given as a row without an outcome.
    Raises ``WrongInput`` for meetings that contradict themselves; ``name`` is the file to name.
    """
    started = time.perf_counter()
    check_level(level)
    met = sorted(met, key=repr)
    _check(met, name)
    check_population((frame or Frame()).population, _people(met))
    found = _found(met, _weights(met), level, interval)
    return answered_share(found, TIME_LOCATION, frame, level=level, started=started)


def _weights(met: Sequence[Met]) -> list[float | None]:
    """1 / (chance x share asked of those present x visits); None without visits."""
    asked = _asked(met)
    weights = []
    for m in met:
        reached = asked[m.event] / m.present if m.present else 1.0
        weights.append(1 / (m.chance * reached * m.visits) if m.visits else None)
    return weights


def _found(met: Sequence[Met], weights: Sequence[float | None], level: float, kind: Kind) -> Found:
    rows = [(m, w) for m, w in zip(met, weights, strict=True) if w and m.positive is not None]
    total = sum(m.people * w for m, w in rows)
    share = min(sum(m.people * w for m, w in rows if m.positive) / total, 1.0)
    sums: dict[str, float] = {}
    for m, w in rows:
        cluster = m.venue or m.event
        sums[cluster] = sums.get(cluster, 0.0) + m.people * w * (bool(m.positive) - share)
    k, people = len(sums), _people(m for m, _ in rows)
    positive = _people(m for m, _ in rows if m.positive)
    variance = k / (k - 1) * sum(z * z for z in sums.values()) / total**2
    got = limits(
        share, variance=variance, people=people, degrees=k - 1, level=level, kind=kind,
        never_better=True,
    )  # fmt: skip
    unanswered = _people(met) - people
    spread = people * sum(m.people * w * w for m, w in rows) / total**2
    return Found(
        share=share, low=got.low, high=got.high, interval=str(got.kind), size=got.size,
        positive=positive, screened=people,
        design_effect=got.design_effect, refused=unanswered or None,
        refusal_bounds=_bounds(met, weights) if unanswered else None,
        data=("met", [vars(m) for m in met]),
        warnings=(*of_refusals(unanswered or None), *_warnings(met, k, spread)),
        more={"meetings": len({m.event for m in met}), "clusters": k, "weight_effect": spread,
              "unweighted": positive / people},
    )  # fmt: skip


def _bounds(met: Sequence[Met], weights: Sequence[float | None]) -> dict[str, float]:
    """Shares if none, or all, without a known outcome were positive; unknown visits weigh a mean.

    Manski 1989.
    """
    known = [(m.people, w) for m, w in zip(met, weights, strict=True) if w]
    mean = sum(n * w for n, w in known) / sum(n for n, _ in known)
    rows = [(m, m.people * (w or mean)) for m, w in zip(met, weights, strict=True)]
    total, low = sum(w for _, w in rows), sum(w for m, w in rows if m.positive)
    return {
        "low": low / total,
        "high": (low + sum(w for m, w in rows if m.positive is None)) / total,
    }


def _people(met: Iterable[Met]) -> int:
    return sum(m.people for m in met)


def _asked(met: Sequence[Met]) -> Counter[str]:
    """How many people were asked at each meeting."""
    asked = Counter[str]()
    for m in met:
        asked[m.event] += m.people
    return asked


def _check(met: Sequence[Met], name: str) -> None:
    """Refuse a table of nobody, and meetings told in two ways or with more asked than present."""
    usable = [m for m in met if m.visits and m.positive is not None]
    if len({m.venue or m.event for m in usable}) < 2:
        raise WrongInput(
            f"{name}: people with a known outcome and visits come from fewer than two venues or "
            "meetings; expected two or more"
        )
    asked, told = _asked(met), dict[str, tuple[object, ...]]()
    for m in met:
        if m.people < 1:
            raise WrongInput(f"{name}: event {m.event!r}: {m.people} people; expected 1 or more")
        facts = (m.venue, m.present, m.chance)
        if told.setdefault(m.event, facts) != facts:
            raise WrongInput(
                f"{name}: event {m.event!r} has two venues, numbers present or chances; "
                "expected the same on each of its rows"
            )
        if m.present is not None and m.present < asked[m.event]:
            raise WrongInput(
                f"{name}: event {m.event!r}: {asked[m.event]} asked of {m.present} present "
                "cannot be"
            )


def _warnings(met: Sequence[Met], clusters: int, spread: float) -> Iterator[Warned]:
    unknown = _people(m for m in met if m.visits is None)
    if unknown:
        yield Warned(
            code="visits_unknown",
            because=f"{unknown} of {_people(met)} did not say how often they come and are left out",
        )
    if any(m.present is None for m in met):
        yield Warned(
            code="present_unknown",
            because="how many were present was not counted at every meeting; there everybody "
            "present is taken as asked",
        )
    if clusters < FEW_CLUSTERS:
        yield Warned(code="few_clusters", because=f"only {clusters} venues or meetings")
    if spread > MANY_ALIKE:
        yield Warned(
            code="unequal_weights",
            because=f"people's visits differ so much that weighting costs a factor {spread:.1f}",
        )
