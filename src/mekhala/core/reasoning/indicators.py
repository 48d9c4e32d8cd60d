"""Operational indicators of trafficking, joined by dimension: an aid to a first responder.

Method: ILO and European Commission, *Operational indicators of trafficking in human beings*
(2009, from a Delphi survey), four profiles and six dimensions. ``indicators.csv`` keeps the
weights (S strong, M medium, W weak, blank: not in the profile); no expert has yet checked them
against the original, so every answer says ``"verified": false``. Nothing here sets a status.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

INDICATORS_FILE = Path(__file__).with_name("indicators.csv")
VERSION = "ILO-EC-2009/1"
SOURCE = "ILO and European Commission, Operational indicators of trafficking in human beings, 2009"
KEYS = ("case", "profile", "indicators")


class Profile(StrEnum):
    """Whom the indicators are read for; chosen first, because the weights depend on it."""

    ADULT_LABOUR = "adult_labour"
    CHILD_LABOUR = "child_labour"
    ADULT_SEXUAL = "adult_sexual"
    CHILD_SEXUAL = "child_sexual"

    @property
    def is_child(self) -> bool:
        """Whether exploitation alone is enough."""
        return self in (Profile.CHILD_LABOUR, Profile.CHILD_SEXUAL)


class Weight(StrEnum):
    """How much one indicator says in one profile."""

    STRONG = "S"
    MEDIUM = "M"
    WEAK = "W"


class ScreeningResult(StrEnum):
    """What the positive dimensions amount to."""

    TRAFFICKING = "trafficking"
    DECEIVED_AND_EXPLOITED = "deceived_and_exploited"
    COERCED_AND_EXPLOITED = "coerced_and_exploited"
    EXPLOITATION_ONLY = "exploitation_only"
    NONE = "none"


RECRUITMENT = (
    "deceptive_recruitment",
    "coercive_recruitment",
    "recruitment_by_abuse_of_vulnerability",
)
EXPLOITATION = "exploitation"
COERCION = "coercion_at_destination"

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
    )


@cache
def dimension_names() -> tuple[str, ...]:
    """Return the names of the six dimensions, recruitment first."""
    return tuple(dict.fromkeys(i.dimension for i in indicators().values()))


def screen(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dimensions and the result for one person, as ``mekhala screen --json`` does.

    ``document`` holds ``case``, ``profile`` and ``indicators`` (codes seen; each counts once).
    An indicator that the profile does not have is left out and ``why`` says so. Raises
    ``WrongInput`` naming the case, the field and the nearest valid code.
    """
    return _screened(document, "the object")


def screen_all(document: object) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the result for one object, or a list of results for an array of them."""
    if isinstance(document, list):
        return [_screened(each, f"object {i}") for i, each in enumerate(document, start=1)]
    if not isinstance(document, Mapping):
        raise WrongInput("expected one object or an array of objects")
    return _screened(document, "the object")


def _screened(document: object, place: str) -> dict[str, Any]:
    name, profile, seen = _read(document, place)
    counted = tuple(i for i in seen if profile in i.weights)
    left_out = tuple(i for i in seen if profile not in i.weights)
    dimensions = {d: _dimension(d, counted, profile) for d in dimension_names()}
    result, reason = _result(dimensions, profile)
    unread = [f"{i.code} does not belong to {profile} and is left out." for i in left_out]
    return {
        "case": name,
        "profile": profile.value,
        "version": VERSION,
        "dimensions": {d: dimension.as_answer() for d, dimension in dimensions.items()},
        "result": result.value,
        "left_out": [i.code for i in left_out],
        "source": SOURCE,
        "verified": False,
        "why": [reason, *(d.because for d in dimensions.values()), *unread],
    }


def _dimension(name: str, counted: Sequence[Indicator], profile: Profile) -> Dimension:
    seen = tuple(i for i in counted if i.dimension == name)
    by_weight = Counter(i.weights[profile] for i in seen)
    return Dimension(
        name=name,
        strong=by_weight[Weight.STRONG],
        medium=by_weight[Weight.MEDIUM],
        weak=by_weight[Weight.WEAK],
        seen=seen,
    )


def _result(dimensions: Mapping[str, Dimension], profile: Profile) -> tuple[ScreeningResult, str]:
    """Join the dimensions and say in one sentence why."""
    if not dimensions[EXPLOITATION].positive:
        return ScreeningResult.NONE, "Not enough signs of exploitation were seen."
    if profile.is_child:
        return ScreeningResult.TRAFFICKING, "For a child signs of exploitation are enough."
    recruited = any(dimensions[name].positive for name in RECRUITMENT)
    return RESULTS[recruited, dimensions[COERCION].positive]


# By whether recruitment and whether coercion at destination is positive, given exploitation.
RESULTS: Mapping[tuple[bool, bool], tuple[ScreeningResult, str]] = {
    (True, True): (
        ScreeningResult.TRAFFICKING,
        "Signs of exploitation, of coercion at destination and of wrongful recruitment.",
    ),
    (True, False): (
        ScreeningResult.DECEIVED_AND_EXPLOITED,
        "Signs of exploitation and of wrongful recruitment; not of coercion at destination.",
    ),
    (False, True): (
        ScreeningResult.COERCED_AND_EXPLOITED,
        "Signs of exploitation and of coercion at destination; not of wrongful recruitment.",
    ),
    (False, False): (
        ScreeningResult.EXPLOITATION_ONLY,
        "Signs of exploitation; not of wrongful recruitment or of coercion at destination.",
    ),
}


def _read(document: object, place: str) -> tuple[str | None, Profile, tuple[Indicator, ...]]:
    if not isinstance(document, Mapping):
        raise WrongInput(f"{place}: expected an object with case, profile and indicators")
    name = document.get("case")
    if name is not None and not isinstance(name, str):
        raise WrongInput(f"{place}: case: {name!r} is not a text; expected a name in quotes")
    where = f"case {name!r}" if name else place
    _refuse_misspelt_keys(document, where)
    return name, _profile(document.get("profile"), where), _seen(document, where)


def _refuse_misspelt_keys(document: Mapping[str, Any], where: str) -> None:
    for key in document:
        near = nearest(str(key), KEYS, cutoff=CLEARLY_A_SLIP)
        if key not in KEYS and near is not None:
            raise WrongInput(f"{where}: {key!r} is no key; did you mean {near!r}?")


def _profile(written: object, where: str) -> Profile:
    if not isinstance(written, str):
        raise WrongInput(f"{where}: profile: expected one of {', '.join(Profile)}")
    if written not in set(Profile):
        near = nearest(written, Profile)
        raise WrongInput(f"{where}: profile: {written!r} is no profile; did you mean {near!s}?")
    return Profile(written)


def _seen(document: Mapping[str, Any], where: str) -> tuple[Indicator, ...]:
    written = document.get("indicators")
    if not isinstance(written, list):
        raise WrongInput(f"{where}: indicators: expected a list of indicator codes")
    for code in written:
        if not isinstance(code, str) or code not in indicators():
            near = nearest(str(code), indicators())
            raise WrongInput(
                f"{where}: indicators: {code!r} is no indicator; did you mean {near!r}?"
            )
    return tuple(indicators()[code] for code in dict.fromkeys(written))
