"""A share corrected for the errors of the screening itself.

p = (seen + specificity - 1) / (sensitivity + specificity - 1) (Rogan & Gladen 1978). Where both
rates were themselves found on people, the interval is that of Lang & Reiczigel (2014), which
carries their chance too; where they are taken as known, it is Wilson's, moved the same way.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

from scipy.special import ndtri

from mekhala.core.estimation.binomial import wilson
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.proportion import bounds, check_counts
from mekhala.core.estimation.shares import (
    MOST,
    Found,
    Frame,
    Sampling,
    answered_share,
    check_level,
    check_population,
    of_refusals,
)
from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How often the screening is right: a share, and of how many people (None: taken as known)."""

    share: float
    people: int | None = None


def read_rate(text: str, field: str) -> Rate:
    """Read ``45/50`` (right for 45 of 50 people) or ``0.9`` (taken as known)."""
    right, _, people = text.partition("/")
    try:
        if people:
            return _checked(Rate(share=int(right) / int(people), people=int(people)), field, text)
        return _checked(Rate(share=float(text)), field, text)
    except (ValueError, ArithmeticError) as error:
        if isinstance(error, WrongInput):
            raise
        raise _refused(field, text) from None


def _checked(rate: Rate, field: str, text: str) -> Rate:
    if not 0 <= rate.share <= 1 or not 1 <= (rate.people or 1) <= MOST:
        raise _refused(field, text)
    return rate


def _refused(field: str, text: str) -> WrongInput:
    return WrongInput(f"{field}: {text!r} is not a share; expected for example 45/50 or 0.9")


def corrected(
    *,
    positive: int,
    screened: int,
    sensitivity: Rate,
    specificity: Rate,
    refused: int | None = None,
    level: float = 0.95,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the share that is truly positive from the share screened positive.

    Raises ``WrongInput`` for counts that cannot be, and for a screening that is right no more
    often than chance (sensitivity + specificity at most 1).
    """
    started = time.perf_counter()
    frame = frame or Frame()
    check_level(level)
    check_counts(positive, screened, refused)
    check_population(frame.population, screened + (refused or 0))
    youden = sensitivity.share + specificity.share - 1
    if youden <= 0:
        raise WrongInput(
            "--sensitivity: with --specificity it adds up to 1 or less, so the screening tells "
            "nothing; expected more than 1"
        )
    raw = (positive / screened + specificity.share - 1) / youden
    low, high = _limits(positive, screened, sensitivity, specificity, level)
    share = min(max(raw, 0.0), 1.0)
    found = Found(
        share=share, low=min(low, share), high=max(high, share), positive=positive,
        screened=screened, refused=refused, refusal_bounds=bounds(positive, screened, refused),
        interval="lang_reiczigel" if _found_on_people(sensitivity, specificity) else "wilson",
        data=("corrected", positive, screened, refused, vars(sensitivity), vars(specificity)),
        warnings=(*of_refusals(refused), *_warnings(raw, sensitivity, specificity)),
        more={"screened_positive": positive / screened, "sensitivity": sensitivity.share,
              "specificity": specificity.share},
    )  # fmt: skip
    return answered_share(found, SAMPLING, frame, level=level, started=started)


SAMPLING = Sampling(
    method="rogan-gladen",
    design="simple",
    model="simple random sample, corrected for the errors of the screening",
    assumption="Everybody in the frame had the same chance of being screened, one by one; the "
    "screening errs as often here as among those its errors were found on.",
    reference="Rogan & Gladen 1978, Am. J. Epidemiol. 107:71-76; Lang & Reiczigel 2014, Prev. "
    "Vet. Med. 113:13-22",
    covers="sampling, and the errors of the screening where they were found on people",
)


def _found_on_people(*rates: Rate) -> bool:
    return all(rate.people is not None for rate in rates)


def _limits(
    positive: int, screened: int, sensitivity: Rate, specificity: Rate, level: float
) -> tuple[float, float]:
    if not _found_on_people(sensitivity, specificity):
        ends = wilson(positive, screened, level)
        youden = sensitivity.share + specificity.share - 1
        low, high = ((end + specificity.share - 1) / youden for end in ends)
    else:
        low, high = _lang_reiczigel(positive, screened, sensitivity, specificity, level)
    return min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0)


def _lang_reiczigel(
    positive: int, screened: int, sensitivity: Rate, specificity: Rate, level: float
) -> tuple[float, float]:
    """Wald's interval after z^2 people are added to the sample, and two to each rate."""
    z = float(ndtri((1 + level) / 2))
    n = screened + z * z
    seen = (positive + z * z / 2) / n
    (se, n_se), (sp, n_sp) = (
        ((r.share * (r.people or 0) + 1) / ((r.people or 0) + 2), (r.people or 0) + 2)
        for r in (sensitivity, specificity)
    )
    youden = se + sp - 1
    share = (seen + sp - 1) / youden
    from_se, from_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    shift = 2 * z * z * (share * from_se - (1 - share) * from_sp)
    spread = seen * (1 - seen) / n + share**2 * from_se + (1 - share) ** 2 * from_sp
    half = z * math.sqrt(spread) / youden
    return share + shift - half, share + shift + half


def _warnings(raw: float, sensitivity: Rate, specificity: Rate) -> Iterator[Warned]:
    if not 0 <= raw <= 1:
        yield Warned(
            code="beyond_0_or_1",
            because="fewer were screened positive than the screening's errors alone would give, or "
            "more than it could find, so the share is set to 0 or 1",
        )
    if not _found_on_people(sensitivity, specificity):
        yield Warned(
            code="errors_taken_as_known",
            because="sensitivity and specificity are taken as known for certain; give both as "
            "right/people, for example 45/50, and the interval covers their chance too",
        )
