"""Network scale-up: how many are hidden, from how many of them other people know.

- ``scale_up`` (Killworth and others 1998): the hidden among all whom respondents know,
  sum y / sum d. Each d is reckoned from groups of known size: d = N sum_k y_k / sum_k N_k.
- ``generalised_scale_up`` (Feehan & Salganik 2016): reports, over how visible people of the
  hidden population are. It asks them too, and needs no assumption on how many they know.

Intervals are percentiles of the rescaled bootstrap over respondents or their clusters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import gammaincinv

from mekhala.core.estimation.acquaintances import Answers, resampled
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.recruitment import Floats
from mekhala.core.estimation.shares import (
    Asked,
    Found,
    Frame,
    Sampling,
    answered_share,
)
from mekhala.core.wrong_input import WrongInput

ASKED = "Respondents are a random sample of the frame and count right whom they know."
KILLWORTH = Sampling(
    method="network-scale-up", design="network scale-up",
    model="hidden people reported over all whom respondents know",
    assumption=f"{ASKED} Hidden people are known by as many as others are, and who knows one "
    "knows that they are hidden, but for the corrections given.",
    reference="Killworth, McCarty, Bernard, Shelley & Johnsen 1998, Evaluation Review 22:289-308",
    covers="sampling of respondents",
)  # fmt: skip
GENERALISED = Sampling(
    method="generalised-scale-up", design="network scale-up",
    model="hidden people reported, over how many know of each that they are hidden",
    assumption=f"{ASKED} People of the hidden population who were asked stand for all of it, and "
    "are as visible to the known groups as to the frame.",
    reference="Feehan & Salganik 2016, Sociological Methodology 46:153-186",
    covers="sampling of respondents and of hidden people asked",
)  # fmt: skip
AMISS = 2.0  # a known group told half or twice its size shows that answers are not to be trusted


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """Factors that carry what is known of ties and reports into ``scale_up``; 1 is none.

    ``degree_ratio``: mean acquaintances of a hidden person over those of a respondent.
    ``true_positive_rate``: share of hidden acquaintances who are reported. ``precision``: share
    of those reported who are hidden. All above 0, the last two at most 1.
    """

    degree_ratio: float = 1.0
    true_positive_rate: float = 1.0
    precision: float = 1.0

    @property
    def factor(self) -> float:
        """What the basic estimate is multiplied by (Feehan & Salganik 2016)."""
        return self.precision / (self.degree_ratio * self.true_positive_rate)


def scale_up(
    told: Answers,
    sizes: Mapping[str, int],
    *,
    population: int,
    corrections: Corrections | None = None,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the hidden share of ``population`` people, and how many that is.

    Raises ``WrongInput`` where a known group is larger than the population, nobody asked knows
    anybody of the known groups, or a correction is out of range.
    """
    corrections = corrections or Corrections()
    frame = _checked(told, sizes, population, frame)
    asked = Asked.now(
        level=level, bootstrap=bootstrap, seed=seed, frame=frame, people=len(told.weight)
    )
    _check_corrections(corrections)
    degrees = population * told.known.sum(axis=1) / sum(sizes[g] for g in told.groups)
    weights = resampled(told, bootstrap, np.random.default_rng(seed))
    factor = corrections.factor
    share = factor * float(told.weight @ _hidden(told)) / float(told.weight @ degrees)
    replicates = _shares(factor * (weights @ _hidden(told)), weights @ degrees)
    return _answered(
        told, replicates, KILLWORTH, asked, share=share,
        none_known=factor / float(degrees.sum()),
        data=(told.data(), sorted(sizes.items()), population, vars(corrections)),
        more={"mean_degree": float(told.weight @ degrees / told.weight.sum()),
              **_held_out(told, sizes), "corrections": dict(vars(corrections))},
    )  # fmt: skip


def generalised_scale_up(
    told: Answers,
    aware: Answers,
    sizes: Mapping[str, int],
    *,
    population: int,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 0,
    frame: Frame | None = None,
) -> Estimate:
    """Estimate the hidden share from reports (``told``) and visibility (``aware``).

    ``aware`` holds, for people of the hidden population asked, how many of each known group
    know that they belong to it. Raises ``WrongInput`` where nobody is aware of anybody.
    """
    frame = _checked(told, sizes, population, frame)
    asked = Asked.now(
        level=level, bootstrap=bootstrap, seed=seed, frame=frame, people=len(told.weight)
    )
    rng = np.random.default_rng(seed)
    ours, theirs = resampled(told, bootstrap, rng), resampled(aware, bootstrap, rng)
    groups = sum(sizes[g] for g in aware.groups)
    visible = aware.known.sum(axis=1)  # of the known groups; over N_A: of anybody
    if not visible.any():
        raise WrongInput("--hidden: nobody of the known groups knows of anybody asked there")
    reports = _means(told.weight[None], _hidden(told))[0]
    share = float(reports * groups / _means(aware.weight[None], visible)[0]) / population
    replicates = _shares(_means(ours, _hidden(told)) * groups, _means(theirs, visible) * population)
    return _answered(
        told, replicates, GENERALISED, asked, share=share,
        none_known=groups / float(visible.mean()) / population / len(told.weight),
        data=(told.data(), aware.data(), sorted(sizes.items()), population),
        more={"visibility": float(_means(aware.weight[None], visible)[0]) / groups * population,
              "hidden_asked": len(aware.weight), **_held_out(told, sizes)},
    )  # fmt: skip


def _means(weights: Floats, values: Floats) -> Floats:
    means: Floats = weights @ values / np.maximum(weights.sum(axis=1), 1e-300)
    return means


def _shares(hidden: Floats, people: Floats) -> Floats:
    """Their ratio, at most 1; 1, which promises nothing, for a replicate that knows nobody."""
    return np.where(people > 0, np.minimum(hidden / np.where(people > 0, people, 1), 1.0), 1.0)


def _hidden(told: Answers) -> Floats:
    if told.hidden is None:
        raise WrongInput("--scale-up: the answers have no column hidden; expected one")
    return told.hidden


def _held_out(told: Answers, sizes: Mapping[str, int]) -> dict[str, Any]:
    """Each known group estimated from the others, beside its true size (Feehan et al. 2016)."""
    held = {}
    for i, group in enumerate(told.groups):
        others = [j for j in range(len(told.groups)) if j != i]
        rest = float(told.weight @ told.known[:, others].sum(axis=1))
        if rest > 0:
            size = sum(sizes[told.groups[j]] for j in others)
            held[group] = {
                "size": sizes[group],
                "estimate": float(told.weight @ told.known[:, i]) / rest * size,
            }
    return {"held_out": held}


def _answered(
    told: Answers,
    replicates: Floats,
    sampling: Sampling,
    asked: Asked,
    *,
    share: float,
    none_known: float,
    data: object,
    more: Mapping[str, Any],
) -> Estimate:
    """The share with its percentile interval; for no report at all, the exact Poisson limit.

    ``none_known`` is the share that a single report by one respondent would have made.
    """
    reports = int(_hidden(told).sum())
    if reports:
        low, high = asked.ends(replicates)
    else:
        low, high = 0.0, none_known * float(gammaincinv(1, (1 + asked.level) / 2))
    found = Found(
        share=min(share, 1.0), low=min(low, share, 1.0), high=min(max(high, share), 1.0),
        interval="percentile" if reports else "exact_poisson", data=data,
        positive=None, screened=len(told.weight), refused=told.left_out or None,
        warnings=_warnings(share, reports, more), bootstrap=asked.bootstrap, seed=asked.seed,
        more={**more, "reports": reports, "standard_error": float(replicates.std(ddof=1))},
    )  # fmt: skip
    return answered_share(found, sampling, asked.frame, level=asked.level, started=asked.started)


def _warnings(share: float, reports: int, more: Mapping[str, Any]) -> tuple[Warned, ...]:
    warned = []
    amiss = [
        group for group, held in more["held_out"].items()
        if not held["size"] / AMISS <= held["estimate"] <= held["size"] * AMISS
    ]  # fmt: skip
    if amiss:
        warned.append(Warned(
            code="known_groups_missed",
            because=f"from the other groups {', '.join(amiss)} would be half or twice the known "
            "size: see held_out",
        ))  # fmt: skip
    if share > 1:
        warned.append(Warned(code="beyond_0_or_1", because="the reports make more than everybody"))
    if not reports:
        warned.append(Warned(code="nobody_reported", because="nobody asked knows anybody hidden"))
    return tuple(warned)


def _checked(
    told: Answers, sizes: Mapping[str, int], population: int, frame: Frame | None
) -> Frame:
    """Refuse what cannot be; return the frame with the population."""
    for group in told.groups:
        if sizes[group] > population:
            raise WrongInput(f"--known: group {group!r} is larger than the population {population}")
    if not told.known.any():
        raise WrongInput("--scale-up: nobody asked knows anybody of the known groups")
    frame = frame or Frame()
    return Frame(covered=frame.covered, not_covered=frame.not_covered, population=population)


def _check_corrections(corrections: Corrections) -> None:
    for name, most in (("degree_ratio", 1e6), ("true_positive_rate", 1.0), ("precision", 1.0)):
        value = getattr(corrections, name)
        if not 0 < value <= most:
            field = name.replace("_", "-")
            raise WrongInput(f"--{field}: {value} is not above 0 and at most {most:g}")
