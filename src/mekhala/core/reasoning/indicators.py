"""Operational indicators of trafficking, and when a dimension of them is positive.

Method: ILO and European Commission, *Operational indicators of trafficking in human beings*
(2009, from a Delphi survey): six dimensions and the rule. ``indicators.csv`` keeps the weights
(S strong, M medium, W weak, blank: not in the profile) and where each indicator comes from;
``profiles.yaml`` says of each list whether anybody compared it with the original. A dimension
is positive or not: nothing is summed over a person.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mekhala.core.reasoning.profiles import Profile

INDICATORS_FILE = Path(__file__).with_name("indicators.csv")


class Weight(StrEnum):
    """How much one indicator says in one profile."""

    STRONG = "S"
    MEDIUM = "M"
    WEAK = "W"


class Origin(StrEnum):
    """Where an indicator comes from."""

    ILO_EC_2009 = "ilo_ec_2009"
    UNODC_SUMMARY = "unodc_summary"  # after a summary of UNODC's key indicators, our wording
    OWN = "own"


# The rule each dimension is positive by, the strictest evidence first.
RULES: tuple[tuple[str, int, int, int], ...] = (
    ("2 strong", 2, 0, 0),
    ("1 strong + 1 medium or weak", 1, 1, 0),
    ("1 strong + 1 medium or weak", 1, 0, 1),
    ("3 medium", 0, 3, 0),
    ("2 medium + 1 weak", 0, 2, 1),
)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing seen or heard; ``weights`` leaves out profiles it does not belong to."""

    code: str
    dimension: str
    meaning: str
    weights: Mapping[Profile, Weight]
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One dimension with the indicators seen, counted by weight."""

    name: str
    strong: int
    medium: int
    weak: int
    seen: tuple[Indicator, ...]

    @property
    def rule(self) -> str | None:
        """The rule by which it is positive, or None."""
        for name, strong, medium, weak in RULES:
            if self.strong >= strong and self.medium >= medium and self.weak >= weak:
                return name
        return None

    @property
    def positive(self) -> bool:
        """Whether enough was seen."""
        return self.rule is not None

    @property
    def because(self) -> str:
        """One sentence: what was seen and what it amounts to."""
        name = self.name.replace("_", " ").capitalize()
        seen = "; ".join(i.meaning[:1].lower() + i.meaning[1:] for i in self.seen)
        if self.rule:
            return f"{name} is positive ({self.rule}): {seen}."
        return f"{name} is not positive: {seen or 'nothing seen'}."

    def as_answer(self) -> dict[str, object]:
        """Return the dimension as ``mekhala screen`` prints it."""
        return {
            "positive": self.positive,
            "strong": self.strong,
            "medium": self.medium,
            "weak": self.weak,
            "rule": self.rule,
        }


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator by its code, in the order of the list."""
    with INDICATORS_FILE.open(encoding="utf-8", newline="") as lines:
        return MappingProxyType({row["code"]: _indicator(row) for row in csv.DictReader(lines)})


def _indicator(row: Mapping[str, str]) -> Indicator:
    return Indicator(
        code=row["code"],
        dimension=row["dimension"],
        meaning=row["meaning"],
        weights={profile: Weight(row[profile]) for profile in Profile if row[profile]},
        origin=Origin(row["origin"]),
    )


@cache
def dimension_names() -> tuple[str, ...]:
    """Return the names of the six dimensions, recruitment first."""
    return tuple(dict.fromkeys(i.dimension for i in indicators().values()))


def weighed(name: str, counted: Sequence[Indicator], profile: Profile) -> Dimension:
    """Return the dimension ``name`` with those of ``counted`` that belong to it."""
    seen = tuple(i for i in counted if i.dimension == name)
    by_weight = Counter(i.weights[profile] for i in seen)
    return Dimension(
        name=name,
        strong=by_weight[Weight.STRONG],
        medium=by_weight[Weight.MEDIUM],
        weak=by_weight[Weight.WEAK],
        seen=seen,
    )
