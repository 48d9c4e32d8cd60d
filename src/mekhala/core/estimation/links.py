"""The people in all when nobody can be sure which records are one person.

Partitions of the records are drawn (``partitions``), the table of each is estimated anew with its
own bootstrap, and all are one ``mixture``: linkage-averaging (Sadinle 2018, arXiv 1812.09590).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation.answering import Method, Settings, answered
from mekhala.core.estimation.chao import CHAO
from mekhala.core.estimation.choice import Progress, choose
from mekhala.core.estimation.design import Design, Floats, design_for
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.independence import INDEPENDENCE
from mekhala.core.estimation.interval_draws import draws_of
from mekhala.core.estimation.intervals import Interval
from mekhala.core.estimation.link_records import Links
from mekhala.core.estimation.methods import check_settings
from mekhala.core.estimation.mixture import Mixture
from mekhala.core.estimation.partitions import UNLISTED, draw_tables
from mekhala.core.estimation.review import Review, put_right
from mekhala.core.estimation.stepwise import STEPWISE
from mekhala.core.estimation.tables import from_counts
from mekhala.core.wrong_input import WrongInput

TRUE = "Of the pairs the linker gives a probability p, a share p are one person, and no others are."
SADINLE = "linkage: Sadinle 2018, Annals of Applied Statistics 12: 1013-1038; arXiv 1812.09590"
PARTITIONS, OF_A_MEMBER = 200, 20
FEWEST = 50  # replicates: a variance within a partition needs some
DOMINATES = 0.5
CUT_OFF = 0.2  # links less likely than this are too few to matter


def linked(
    links: Links,
    method: str | Callable[..., Estimate] = "stepwise",
    *,
    level: float = 0.95,
    partitions: int | None = None,
    bootstrap: int = 1000,
    seed: int = 0,
    review: Review | None = None,
    unlisted: float = UNLISTED,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the people in all over drawn partitions of the records.

    ``method``: "stepwise" or "independence", with ``bootstrap`` replicates of each partition, or
    any member of the panel, whose own interval then stands for its replicates. ``partitions``: by
    default 200, or 20 of such a member. ``review`` puts every table right by a checked sample;
    ``unlisted`` is the probability of a pair not handed over. ``observed`` is the median over
    partitions; ``diagnostics["linkage"]`` has the shares of the variance.
    """
    check_settings(level=level, bootstrap=bootstrap, seed=seed)
    if partitions is None:
        partitions = PARTITIONS if isinstance(method, str) else OF_A_MEMBER
    _check(partitions, unlisted)
    settings = Settings.now(level=level, bootstrap=bootstrap, seed=seed)
    design, _ = design_for(links.plug_in())
    tables = draw_tables(links, draws=partitions, seed=seed, unlisted=unlisted)
    if review:
        tables = put_right(design, tables, review, seed=seed)
    if isinstance(method, str):
        by, mixture = _chosen(design, tables, method, settings, progress)
    else:
        by, mixture = _member(design, tables, method, settings, progress)
    return _answer(links, by, settings, mixture, tables=tables, plug_in=_plug_in(links, method))


def _plug_in(links: Links, method: str | Callable[..., Estimate]) -> float:
    """The number if the linker's people were certain; infinite where there is none."""
    table = links.plug_in()
    if not isinstance(method, str):
        return method(table, bootstrap=0).estimate or math.inf
    design, counts = design_for(table)
    return float(_totals(design, counts[None], pairs=method == STEPWISE.name)[0][0])


def _answer(
    links: Links, by: Method, settings: Settings, mixture: Mixture, *, tables: Floats,
    plug_in: float,
) -> Estimate:  # fmt: skip
    tail = (1 - settings.level) / 2
    low, high = map(float, np.quantile(mixture.totals, [tail, 1 - tail], method="higher"))
    kind = "lower_bound" if by.name == CHAO.name else "mixture"
    unbounded = float(np.isinf(mixture.totals).mean())
    shares = mixture.shares()
    seen = np.quantile(tables.sum(axis=1), [tail, 0.5, 1 - tail], method="lower")
    method = Method(
        name=by.name, assumption=f"{by.assumption} {TRUE}", reference=f"{by.reference}; {SADINLE}"
    )
    found = answered(
        links.plug_in(), method, settings,
        total=float(np.quantile(mixture.points, 0.5, method="higher")),
        interval=Interval(kind=kind, low=low, high=high, unbounded=unbounded),
        covers="sampling, the choice of model where the method makes one, and linkage",
        model=f"{by.name}, averaged over {len(tables)} partitions of the records", borrows=True,
        warnings=tuple(_warned(links, shares, plug_in, low=low, high=high)),
        diagnostics={"linkage": _told(links, mixture, shares, plug_in, seen)},
    )  # fmt: skip
    return replace(found, observed=int(seen[1]), data_hash=links.data_hash())


def _check(partitions: int, unlisted: float) -> None:
    if not 10 <= partitions <= 10_000:
        raise WrongInput(f"partitions: {partitions} are not 10 to 10000; expected for example 200")
    if not 0 < unlisted < 1:
        raise WrongInput(
            f"unlisted: {unlisted} is not between 0 and 1; expected such as {UNLISTED}"
        )


def _chosen(
    design: Design, tables: Floats, name: str, settings: Settings, progress: Progress | None
) -> tuple[Method, Mixture]:
    """Estimate every table and bootstrap replicates of each, choosing anew each time."""
    methods = {STEPWISE.name: STEPWISE, INDEPENDENCE.name: INDEPENDENCE}
    if name not in methods:
        raise WrongInput(f"--method {name}: expected of {', '.join(methods)}, or a member itself")
    pairs, times = name == STEPWISE.name, max(settings.bootstrap, FEWEST)
    points, _ = _totals(design, tables, pairs=pairs)
    totals, models = [], []
    rng = np.random.default_rng([settings.seed, 3])
    for number, row in enumerate(tables, start=1):
        drawn = rng.multinomial(int(row.sum()), row / row.sum(), size=times).astype(float)
        of_row, chosen = _totals(design, drawn, pairs=pairs)
        totals.append(of_row)
        models.append(chosen)
        if progress:
            progress(number, len(tables))
    return methods[name], Mixture(points=points, totals=np.stack(totals), models=np.stack(models))


def _totals(design: Design, rows: Floats, *, pairs: bool) -> tuple[Floats, NDArray[np.int64]]:
    """People in all of each row, and its model as a number."""
    found = choose(design, rows, pairs=pairs)
    numbers = found.pairs.astype(np.int64) @ (1 << np.arange(found.pairs.shape[1]))
    return rows.sum(axis=1) + found.unseen, numbers


def _member(
    design: Design, tables: Floats, member: Callable[..., Estimate], settings: Settings,
    progress: Progress | None,
) -> tuple[Method, Mixture]:  # fmt: skip
    """Ask any member about every table; draws of its interval stand for replicates."""
    times = max(settings.bootstrap, FEWEST)
    cells = [tuple(map(int, cell)) for cell in design.on_list]
    points, totals = [], []
    for number, row in enumerate(tables, start=1):
        table = from_counts(design.lists, dict(zip(cells, map(int, row), strict=True)))
        found = member(
            table, level=settings.level, bootstrap=settings.bootstrap, seed=settings.seed
        )
        points.append(math.inf if found.estimate is None else found.estimate)
        totals.append(draws_of(found, times, settings.seed + number))
        if progress:
            progress(number, len(tables))
    method = Method(name=found.method, assumption=found.assumption, reference=found.reference)
    return method, Mixture(points=np.array(points), totals=np.stack(totals), models=None)


def _told(
    links: Links, mixture: Mixture, shares: dict[str, float], plug_in: float, seen: Floats
) -> dict[str, Any]:
    """What the partitions showed, as plain values."""
    points = np.quantile(mixture.points, [0.025, 0.975], method="higher")
    unsure = (links.probability > 0.05) & (links.probability < 0.95)
    return {
        "partitions": len(mixture.points), "records": len(links.person),
        "pairs": len(links.pairs), "unsure_pairs": int(unsure.sum()),
        "observed": [int(n) for n in seen],
        "estimate_by_partition": [_rounded(float(n)) for n in points],
        "plug_in": _rounded(plug_in),
        "variance_shares": {name: round(share, 4) for name, share in shares.items()},
    }  # fmt: skip


def _rounded(number: float) -> float | None:
    return round(number, 1) if math.isfinite(number) else None


def _warned(
    links: Links, shares: dict[str, float], plug_in: float, *, low: float, high: float
) -> list[Warned]:
    found = []
    if shares.get("linkage", 0.0) > DOMINATES:
        found.append(Warned(
            code="linkage_dominates",
            because=f"{shares['linkage']:.0%} of the variance comes from not knowing which records "
            "are one person; checking links helps more than more people would",
        ))  # fmt: skip
    if not low <= plug_in <= high:
        found.append(Warned(
            code="plug_in_outside_interval",
            because="taking the linker's people as certain gives a number outside the interval",
        ))  # fmt: skip
    if not len(links.pairs) or links.probability.min() > CUT_OFF:
        least = links.probability.min() if len(links.pairs) else 1.0
        found.append(Warned(
            code="unlikely_links_not_handed_over",
            because=f"no pair less likely than {least:.2f} was handed over, so links missed among "
            "those are never drawn and the number may be too high",
        ))  # fmt: skip
    return found
