"""From what a sample of any design found to one ``Estimate`` of a share.

Every design answers with the same keys, and with the words of its frame: whom the sample could
reach, and whom it could not. No interval covers those.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekhala import __version__
from mekhala.core.estimation.estimate import Estimate, Quantity, Warned
from mekhala.core.wrong_input import WrongInput

FEW = 30  # screened people below which the share is shown but called small
MANY_REFUSED = 0.2
MOST = 10**12  # people; beyond, floats no longer tell neighbours apart
FEWEST_REPLICATES = 20


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Whom the sample could reach and whom not, in words, and how many it could (None: unknown).

    ``not_covered`` names those outside: other crossings, people never returned, closed places.
    """

    covered: str | None = None
    not_covered: str | None = None
    population: int | None = None


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How a sample was drawn and read: its names, what must hold, where the method comes from.

    ``method`` names the estimator, ``design`` the way of sampling, ``model`` says it in words.
    """

    method: str
    design: str
    model: str
    assumption: str
    reference: str
    covers: str = "sampling"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found: a share from 0 to 1 with its limits, and the people behind it.

    ``positive`` is None where people were not themselves screened.
    ``refusal_bounds`` are the shares if no one, or every one, of those without an answer were
    positive. ``data`` is what the estimate was made from, in order.
    """

    share: float
    low: float
    high: float
    interval: str
    positive: int | None
    screened: int
    data: object
    refused: int | None = None
    refusal_bounds: dict[str, float] | None = None
    design_effect: float | None = None
    size: float | None = None
    warnings: tuple[Warned, ...] = ()
    more: Mapping[str, Any] | None = None
    bootstrap: int = 0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a resampled estimate was asked for: level, replicates, seed, frame, and when."""

    level: float
    bootstrap: int
    seed: int
    frame: Frame
    started: float

    @classmethod
    def now(
        cls, *, level: float, bootstrap: int, seed: int, frame: Frame | None, people: int
    ) -> "Asked":
        """Return checked settings that begin to count the seconds; ``people`` are in the sample."""
        started = time.perf_counter()
        frame = frame or Frame()
        check_level(level)
        check_replicates(bootstrap, seed)
        check_population(frame.population, people)
        return cls(level=level, bootstrap=bootstrap, seed=seed, frame=frame, started=started)

    def ends(self, replicates: NDArray[np.float64]) -> tuple[float, float]:
        """The percentile interval of the replicates, at most 1; those not finite left out."""
        low, high = np.nanquantile(replicates, [(1 - self.level) / 2, (1 + self.level) / 2])
        return min(float(low), 1.0), min(float(high), 1.0)


def answered_share(
    found: Found, sampling: Sampling, frame: Frame | None, *, level: float, started: float
) -> Estimate:
    """Return the one result object; ``started`` is when ``time.perf_counter`` was first read."""
    frame = frame or Frame()
    return Estimate(
        of=Quantity.SHARE, method=sampling.method, observed=found.screened,
        estimate=found.share, low=found.low, high=found.high, level=level,
        interval=found.interval, covers=sampling.covers, model=sampling.model, pairs=(),
        assumption=f"{sampling.assumption} {_reach(frame)}", exists=True,
        warnings=(*_of_people(found), *_of_frame(frame), *found.warnings),
        seconds=time.perf_counter() - started, bootstrap=found.bootstrap, seed=found.seed,
        data_hash=hashlib.sha256(repr(found.data).encode()).hexdigest(),
        version=__version__, reference=sampling.reference,
        diagnostics=_diagnostics(found, sampling, frame),
    )  # fmt: skip


def _diagnostics(found: Found, sampling: Sampling, frame: Frame) -> dict[str, Any]:
    return {
        "design": sampling.design,
        "design_effect": found.design_effect,
        "effective_size": found.size,
        "positive": found.positive,
        "screened": found.screened,
        "refused": found.refused,
        "refusal_bounds": found.refusal_bounds,
        "implied_count": implied(found, frame.population),
        "frame": frame.covered,
        "not_covered": frame.not_covered,
        **(found.more or {}),
    }


def implied(found: Found, population: int | None) -> dict[str, float] | None:
    """The share and its limits as people of a population; None where it is not known."""
    if population is None:
        return None
    return {
        "estimate": found.share * population,
        "low": found.low * population,
        "high": found.high * population,
        "population": population,
    }


def _reach(frame: Frame) -> str:
    """In words, for whom the share stands and for whom it does not."""
    stands = frame.covered or "everybody the sample could reach"
    words = f"Those in the sample stand for: {stands}."
    if frame.not_covered is not None:
        words += f" The share says nothing about: {frame.not_covered}."
    return words


def _of_people(found: Found) -> Iterator[Warned]:
    """What to know about those screened and those without an answer."""
    if found.refused:
        share = found.refused / (found.screened + found.refused)
        yield Warned(
            code="many_refused" if share > MANY_REFUSED else "some_refused",
            because=f"{found.refused} of {found.screened + found.refused} asked ({share:.0%}) "
            "refused or gave no answer and may differ from those screened"
            + (": see refusal_bounds" if found.refusal_bounds else ""),
        )
    if found.screened < FEW:
        yield Warned(code="small_sample", because=f"only {found.screened} people were screened")
    if found.positive in (0, found.screened):
        yield Warned(code="all_alike", because="everybody screened had the same result")


def of_refusals(refused: int | None) -> Iterator[Warned]:
    """What to know where nobody counted those who refused."""
    if refused is None:
        yield Warned(code="refusals_unknown", because="how many refused was not given")


def _of_frame(frame: Frame) -> Iterator[Warned]:
    """What to know about those for whom the sample stands."""
    if frame.population is not None:
        yield Warned(
            code="extrapolated",
            because="the implied count holds only if those screened stand for the whole "
            "population, as a random sample would",
        )
    if frame.not_covered is None:
        yield Warned(
            code="frame_not_described",
            because="nobody said whom the sample could not reach; the share says nothing about "
            "them",
        )


def check_level(level: float) -> None:
    """Refuse a level that is not a share, in one sentence."""
    if not 0 < level < 1:
        raise WrongInput(f"--level: {level} is not between 0 and 1; expected for example 0.95")


def check_replicates(bootstrap: int, seed: int) -> None:
    """Refuse too few replicates for an interval, and a seed below 0."""
    if bootstrap < FEWEST_REPLICATES:
        raise WrongInput(
            f"--bootstrap: {bootstrap} replicates give no interval; expected {FEWEST_REPLICATES} "
            "or more"
        )
    if seed < 0:
        raise WrongInput(f"--seed: {seed} is negative; expected 0 or more")


def check_population(population: int | None, asked: int) -> None:
    """Refuse a population smaller than those asked, or larger than there are people."""
    if population is None:
        return
    if population > MOST:
        raise WrongInput(f"--population: is more people than there are; expected {MOST:,} at most")
    if population < asked:
        raise WrongInput(f"--population: {population} is fewer than those asked to be screened")
