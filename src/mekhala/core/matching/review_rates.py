"""What a checked sample says of all pairs: false links, missed pairs, precision and recall.

Each band's share counts for the band (stratified sampling: Cochran 1977, 5); near pairs by the
inverse of their chance (Hansen & Hurwitz 1943). False and missed pairs are rare and their
weights unlike, so their totals have gamma intervals for weighted counts (Fay & Feuer 1997; of
bands in the mid-p form of Fay & Kim 2017, of near pairs, whose weights are most unlike, in the
plain one). Precision and recall join several totals and have their intervals from draws of these
(melding: Fay, Proschan & Brittain 2015).
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation.binomial import clopper_pearson
from mekhala.core.estimation.review import Review
from mekhala.core.matching.review_sample import FAR, JOINED, NEAR, TOLD, Drawn
from mekhala.core.wrong_input import WrongInput

DRAWS = 20_000
TINY = 1e-9
MOST = 1_000_000  # what a review is worth at most, in pairs

type Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A pair that was drawn and what people found: ``same`` None where they cannot tell."""

    drawn: Drawn
    same: bool | None


@dataclass(frozen=True, kw_only=True)
class Rare:
    """An estimated number of rare pairs, its variance, and what one more found would add."""

    pairs: float = 0.0
    variance: float = 0.0
    unit: float = 0.0

    def __add__(self, other: "Rare") -> "Rare":
        """Both, drawn apart."""
        return Rare(pairs=self.pairs + other.pairs, variance=self.variance + other.variance,
                    unit=max(self.unit, other.unit))  # fmt: skip

    def draws(self, rng: np.random.Generator, upper: float = 0.5) -> Floats:
        """Draw from the confidence distribution, a share ``upper`` of it in its upper form."""
        low = _gamma(self.pairs, self.variance, rng)
        high = _gamma(self.pairs + self.unit, self.variance + self.unit**2, rng)
        return np.where(rng.random(DRAWS) < upper, high, low)


@dataclass(frozen=True, kw_only=True)
class Total:
    """An estimated number of pairs: ``of`` bands in which most are, but for ``less``, and ``more``.

    Kept apart, because what is rare in a band, to be one person or not to be, is what varies.
    """

    of: float = 0.0
    less: Rare = Rare()
    more: Rare = Rare()

    @property
    def pairs(self) -> float:
        """The estimate."""
        return self.of - self.less.pairs + self.more.pairs

    def __add__(self, other: "Total") -> "Total":
        """Both, drawn apart."""
        return Total(of=self.of + other.of, less=self.less + other.less,
                     more=self.more + other.more)  # fmt: skip

    def draws(self, rng: np.random.Generator, most: float = math.inf) -> Floats:
        """Draw from the confidence distribution, from 0 to ``most``."""
        most_of = np.maximum(self.of - self.less.draws(rng), 0)
        return np.minimum(most_of + self.more.draws(rng), most)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share with its interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Error rates of a linkage from a checked sample.

    ``links``: pairs joined; ``false``, ``missed_told``, ``missed_outside``: estimated numbers.
    ``cannot_tell``: checked pairs without an answer, left out of their band. ``far_at_most``: the
    number of matches among far pairs that the sample cannot rule out, not part of the interval.
    """

    links: float
    false: Total
    missed_told: Total
    missed_outside: Total
    precision: Share
    recall: Share
    f1: Share
    checked: int
    cannot_tell: int
    far_checked: int
    far_at_most: float
    level: float
    seed: int

    def __str__(self) -> str:
        """Say it in words."""
        return (
            f"precision {_said(self.precision)}: {self.false.pairs:.0f} false of {self.links:.0f} "
            f"links; recall {_said(self.recall)}: {self.missed_told.pairs:.0f} pairs missed below "
            f"the threshold, {self.missed_outside.pairs:.0f} never told. {self.checked} pairs "
            f"checked, {self.cannot_tell} of them nobody can tell. Of pairs that share nothing "
            f"{self.far_checked} were checked: up to {self.far_at_most:.0f} more could be missed "
            "among those, which no interval here covers."
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        shares = {name: vars(getattr(self, name)) for name in ("precision", "recall", "f1")}
        return {
            **{name: {k: round(v, 5) for k, v in one.items()} for name, one in shares.items()},
            "links": round(self.links), "false_links": round(self.false.pairs, 1),
            "false_match_rate": round(1 - self.precision.share, 5),
            "false_non_match_rate": round(1 - self.recall.share, 5),
            "missed_told": round(self.missed_told.pairs, 1),
            "missed_outside": round(self.missed_outside.pairs, 1), "checked": self.checked,
            "cannot_tell": self.cannot_tell, "far_checked": self.far_checked,
            "far_at_most": round(self.far_at_most), "level": self.level, "seed": self.seed,
        }  # fmt: skip

    def review(self, told: Mapping[tuple[int, int], float]) -> Review:
        """Return what ``estimate mse`` needs: errors that the probabilities themselves do not tell.

        Linkage-averaging already draws every told pair by its probability. Left are links that
        fewer are of than the probabilities add up to, and matches that were never told.
        """
        rng = np.random.default_rng([self.seed, 11])
        promised = sum(told.values())
        right = self.links - self.false.draws(rng, self.links)
        right += self.missed_told.draws(rng, sum(p > 0 for p in told.values()))
        outside = self.missed_outside.draws(rng)
        false = np.maximum(promised - right, 0) / max(promised, 1)
        missed = (outside + np.maximum(right - promised, 0)) / np.maximum(right + outside, 1)
        links, false_links = _worth(false, self.checked)
        matches, lost = _worth(missed, self.checked)
        return Review(links=links, false_links=false_links, matches=matches, missed=lost)


def rates(checked: Sequence[Checked], *, level: float = 0.95, seed: int = 0) -> Rates:
    """Return the error rates that a checked sample tells.

    Raises ``WrongInput`` for a stratum that was drawn and has no answer at all.
    """
    strata: defaultdict[str, list[Checked]] = defaultdict(list)
    for one in checked:
        strata[one.drawn.stratum].append(one)
    kinds: defaultdict[str, list[list[Checked]]] = defaultdict(list)
    for stratum, held in sorted(strata.items()):
        kinds[stratum.split()[0]].append(_answered(stratum, held))
    if not kinds[JOINED]:
        raise WrongInput("checked pairs: none was joined; expected a sample that holds links")
    links = sum(h[0].drawn.weight * h[0].drawn.of for h in kinds[JOINED])
    false = sum((_of_band(h, same=False) for h in kinds[JOINED]), Total())
    told = sum((_of_band(h, same=True) for h in kinds[TOLD]), Total())
    outside = sum((_of_draws(h) for kind in (NEAR, FAR) for h in kinds[kind]), Total())
    return _rates(checked, links, (false, told, outside), far=kinds[FAR], level=level,
                  seed=seed)  # fmt: skip


def _answered(stratum: str, held: Sequence[Checked]) -> list[Checked]:
    """Those with an answer, each weighing for those without."""
    found = [one for one in held if one.same is not None]
    if not found:
        raise WrongInput(f"stratum {stratum}: has no answer yet; expected some of each stratum")
    of = found[0].drawn.of
    kept = of - (len(held) - len(found))
    return [
        replace(c, drawn=replace(c.drawn, of=kept, weight=c.drawn.weight * of / kept))
        for c in found
    ]


def _of_band(held: Sequence[Checked], *, same: bool) -> Total:
    """How many of a band are (or are not) one person: drawn without putting back."""
    pairs, many = held[0].drawn.weight * held[0].drawn.of, len(held)
    share = sum(one.same is same for one in held) / many
    rest = max(1 - many / pairs, 0.0)
    spread = share * (1 - share) / max(many - 1, 1)
    rare = Rare(pairs=pairs * min(share, 1 - share), variance=pairs**2 * rest * spread,
                unit=pairs * rest / many)  # fmt: skip
    return Total(of=pairs, less=rare) if share > 0.5 else Total(more=rare)


def _of_draws(held: Sequence[Checked]) -> Total:
    """How many of pairs drawn with putting back are one person; far draws dropped count as no."""
    one = held[0].drawn
    many = len(held) if one.stratum == NEAR else one.of
    each = np.zeros(many)
    each[: len(held)] = [c.drawn.weight * c.drawn.of * bool(c.same) for c in held]
    total = float(each.mean())
    if one.stratum == FAR and not total:
        return Total()
    variance = float(each.var(ddof=1)) / many if many > 1 else total**2
    unit = max((c.drawn.weight for c in held if c.same), default=0.0)
    unit = unit or float(np.median([c.drawn.weight for c in held]))
    return Total(more=Rare(pairs=total, variance=variance, unit=unit))


def _rates(
    checked: Sequence[Checked], links: float, totals: tuple[Total, Total, Total], *,
    far: Sequence[Sequence[Checked]], level: float, seed: int,
) -> Rates:  # fmt: skip
    false, told, outside = totals
    rng = np.random.default_rng([seed, 5])
    wrong, below = false.draws(rng, links), told.draws(rng)
    least, most = (below + outside.more.draws(rng, upper) for upper in (0.0, 1.0))
    right, many = links - false.pairs, far[0][0].drawn.of if far else 0
    at, found = right + told.pairs + outside.pairs, links - wrong
    every = far[0][0].drawn.weight * many if far else 0.0
    return Rates(
        links=links, false=false, missed_told=told, missed_outside=outside,
        precision=_share(right / links, 1 - wrong / links, 1 - wrong / links, level),
        recall=_share(right / at if at else 0.0, found / np.maximum(found + most, TINY),
                      found / np.maximum(found + least, TINY), level),
        f1=_share(2 * right / (links + at), 2 * found / (links + found + most),
                  2 * found / (links + found + least), level),
        checked=len(checked), cannot_tell=sum(one.same is None for one in checked),
        far_checked=sum(map(len, far)), level=level, seed=seed,
        far_at_most=every * clopper_pearson(0, many, level)[1] if many else 0.0,
    )  # fmt: skip


def _share(point: float, lower: Floats, upper: Floats, level: float) -> Share:
    """The interval whose ends are quantiles of the draws that are on the safe side for each."""
    tail = (1 - level) / 2
    low, high = float(np.quantile(lower, tail)), float(np.quantile(upper, 1 - tail))
    return Share(share=point, low=min(low, point), high=max(high, point))


def _gamma(mean: float, variance: float, rng: np.random.Generator) -> Floats:
    if mean <= 0 or variance <= 0:
        return np.full(DRAWS, max(mean, 0.0))
    return rng.gamma(mean * mean / variance, variance / mean, size=DRAWS)


def _worth(drawn: Floats, checked: int) -> tuple[int, int]:
    """How many pairs, and how many of them wrong, have a Beta posterior like these draws."""
    mean, variance = float(drawn.mean()), float(drawn.var())
    if mean <= 0 or variance <= 0:
        return checked, round(mean * checked)
    many = min(mean * (1 - mean) / variance - 1, MOST)
    wrong = round(max(many * mean - 0.5, 0))
    return max(round(many - 1), wrong, 1), wrong


def _said(one: Share) -> str:
    return f"{one.share:.4f} ({one.low:.4f} to {one.high:.4f})"
