"""A share from strata: posts, provinces, or kinds of people, each sampled on its own.

Where the people of each stratum are counted, the share is p = sum W p_h with W = N_h / N, and
its variance sum W^2 (1 - n_h/N_h) p_h q_h / (n_h - 1) (Neyman 1934; Cochran 1977, 5.3), which
also holds, given the sizes that came, where strata were made afterwards (Holt & Smith 1979).
Where only those asked are counted, the strata are classes of non-response: W is the share of
those asked, and its own chance adds sum W (p_h - p)^2 / n (Oh & Scheuren 1983; Cochran 12.2).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
)
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

COLUMNS = ("stratum", "positive", "screened")


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """People of one stratum: positive of those screened, and how many refused and are in all.

    ``refused`` and ``population`` are None where nobody counted them.
    """

    stratum: str
    positive: int
    screened: int
    refused: int | None = None
    population: int | None = None


def read_strata(text: str, name: str = "strata") -> list[Stratum]:
    """Read a CSV: stratum, positive, screened; refused and population where counted.

    Raises ``WrongInput`` naming file, row and column.
    """
    strata = [_stratum(row, where) for where, row in named_rows(text, name, COLUMNS)]
    _check(strata, name)
    return strata


def _stratum(row: dict[str, str], where: str) -> Stratum:
    if not row["stratum"]:
        raise WrongInput(f"{where}, column stratum: is empty; expected a name")
    known = {
        column: cells.people_if_known(row.get(column, ""), f"{where}, column {column}")
        for column in ("refused", "population")
    }
    screened = cells.people(row["screened"], f"{where}, column screened", least=2)
    positive = cells.people(row["positive"], f"{where}, column positive")
    return Stratum(stratum=row["stratum"], positive=positive, screened=screened, **known)


def stratified(
    strata: Sequence[Stratum],
    *,
    level: float = 0.95,
    interval: Kind = Kind.WILSON,
    frame: Frame | None = None,
    name: str = "strata",
) -> Estimate:
    """Estimate the share over all strata, each weighing as many people as it holds.

    The interval is for the effective sample size. Raises ``WrongInput`` for strata of fewer
    than two people screened, counts that cannot be, or sizes known for some strata only;
    ``name`` is the file to name there.
    """
    started = time.perf_counter()
    check_level(level)
    strata = sorted(strata, key=lambda s: s.stratum)
    _check(strata, name)
    asked = [s.screened + (s.refused or 0) for s in strata]
    known = strata[0].population is not None
    total = sum(s.population or 0 for s in strata) if known else sum(asked)
    weights = [(s.population or 0) / total if known else a / total
               for s, a in zip(strata, asked, strict=True)]  # fmt: skip
    frame = _with_population(frame, total if known else None, sum(asked))
    found = _found(strata, weights, known, level, interval)
    return answered_share(found, _sampling(len(strata), known), frame, level=level, started=started)


def _found(
    strata: Sequence[Stratum], weights: Sequence[float], known: bool, level: float, kind: Kind
) -> Found:
    """The weighted share, its variance, and its interval."""
    shares = [s.positive / s.screened for s in strata]
    share = min(sum(w * p for w, p in zip(weights, shares, strict=True)), 1.0)
    variance = sum(w**2 * _variance(s) for w, s in zip(weights, strata, strict=True))
    screened = sum(s.screened for s in strata)
    refused = sum(s.refused or 0 for s in strata)
    if not known:
        apart = sum(w * (p - share) ** 2 for w, p in zip(weights, shares, strict=True))
        variance += apart / (screened + refused)
    got = limits(
        share, variance=variance, people=screened, degrees=screened - len(strata), level=level,
        kind=kind,
    )  # fmt: skip
    if variance == 0:  # everybody of every stratum was screened
        got = replace(got, low=share, high=share)
    return Found(
        share=share, low=got.low, high=got.high, interval=str(got.kind), screened=screened,
        positive=sum(s.positive for s in strata), design_effect=got.design_effect, size=got.size,
        refused=None if all(s.refused is None for s in strata) else refused,
        refusal_bounds=_bounds(strata, weights) if refused else None,
        data=("strata", [vars(s) for s in strata]),
        more={"strata": {s.stratum: {"share": p, "weight": w}
                         for s, p, w in zip(strata, shares, weights, strict=True)}},
        warnings=tuple(_warnings(strata, known)),
    )  # fmt: skip


def _variance(stratum: Stratum) -> float:
    """(1 - n/N) p q / (n - 1); a stratum all alike counts one more of each (Agresti & Caffo 2000).

    Otherwise a small stratum in which nobody was found would seem to be known for certain.
    """
    left = 1 - stratum.screened / stratum.population if stratum.population else 1.0
    share = stratum.positive / stratum.screened
    if share in (0, 1):
        share = (stratum.positive + 1) / (stratum.screened + 2)
    return left * share * (1 - share) / (stratum.screened - 1)


def _bounds(strata: Sequence[Stratum], weights: Sequence[float]) -> dict[str, float]:
    """Weighted shares if none, or all, of those who refused were positive (Manski 1989)."""
    low = high = 0.0
    for s, w in zip(strata, weights, strict=True):
        asked = s.screened + (s.refused or 0)
        low += w * s.positive / asked
        high += w * (s.positive + (s.refused or 0)) / asked
    return {"low": low, "high": high}


def _sampling(strata: int, known: bool) -> Sampling:
    if known:
        return Sampling(
            method="stratified", design="stratified",
            model=f"simple random samples in {strata} strata, weighted by their people",
            assumption="Within a stratum everybody had the same chance of being screened, and "
            "those who refused do not differ from those screened; the strata's sizes are right.",
            reference="Neyman 1934, JRSS 97:558-625; Holt & Smith 1979, JRSS A 142:33-46",
        )  # fmt: skip
    return Sampling(
        method="weighting-classes", design="stratified",
        model=f"simple random sample in {strata} classes, weighted by those asked",
        assumption="Everybody in the frame had the same chance of being asked; within a class "
        "those who refused do not differ from those screened.",
        reference="Oh & Scheuren 1983, in Incomplete Data in Sample Surveys 2:143-184; Cochran "
        "1977, 12.2",
    )  # fmt: skip


def _with_population(frame: Frame | None, counted: int | None, asked: int) -> Frame:
    """The frame with the population the strata add up to; a given one is checked against it."""
    frame = frame or Frame()
    if counted is None:
        check_population(frame.population, asked)
        return frame
    if frame.population not in (None, counted):
        raise WrongInput(
            f"--population: is {frame.population}, but the strata add up to {counted}; give one"
        )
    return Frame(covered=frame.covered, not_covered=frame.not_covered, population=counted)


def _check(strata: Sequence[Stratum], name: str) -> None:
    """Refuse strata that are there twice, cannot be, or are counted for some only."""
    if not strata:
        raise WrongInput(f"{name}: holds no strata; expected one row for each")
    names = [s.stratum for s in strata]
    for s in strata:
        where = f"{name}: stratum {s.stratum!r}"
        if names.count(s.stratum) > 1:
            raise WrongInput(f"{where} is there twice; expected one row for each")
        if s.screened < 2:
            raise WrongInput(f"{where}: {s.screened} screened show no spread; join it with another")
        if not 0 <= s.positive <= s.screened:
            raise WrongInput(f"{where}: {s.positive} positive of {s.screened} screened cannot be")
        if s.population is not None and s.population < s.screened + (s.refused or 0):
            raise WrongInput(f"{where}: {s.population} people are fewer than those asked")
        if (s.population is None) != (strata[0].population is None):
            raise WrongInput(f"{where}: population is known for some strata only; give all or none")


def _warnings(strata: Sequence[Stratum], known: bool) -> Iterator[Warned]:
    alike = [s.stratum for s in strata if s.positive in (0, s.screened)]
    if alike:
        yield Warned(
            code="strata_all_alike",
            because=f"everybody screened had the same result in {', '.join(alike)}; their spread "
            "is a guess, as if one more of each had been found",
        )
    if any(s.refused is None for s in strata):
        yield Warned(
            code="refusals_unknown", because="how many refused was not given for every stratum"
        )
        if not known:
            yield Warned(
                code="weights_from_screened",
                because="neither people nor refusals are counted in every stratum, so strata "
                "weigh as many as were screened there",
            )
