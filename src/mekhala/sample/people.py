"""The invented people: who they are, what happened to them, and what came out about it.

Nobody here exists. Shares (sex, age, nationality, situation) were chosen so that every path
of the software is walked, men, children and foreigners among them; they measure nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from mekhala.core.wrong_input import WrongInput

from .draws import Draws, Weighted
from .facts import seen_indicators, told_facts
from .names import InventedName, invent_name
from .places import Commune, communes
from .situations import SITUATIONS, Situation

YEAR = 2026  # the year ages are counted in, unless another is given

SEX = Weighted({"female": 56, "male": 41, "other": 3})
NATIONALITY = Weighted({"KHM": 73, "VNM": 10, "THA": 6, "CHN": 4, "IDN": 3, "PHL": 2, "MMR": 2})
LANGUAGES = MappingProxyType(
    {"KHM": "km", "VNM": "vi", "THA": "th", "CHN": "zh", "IDN": "id", "PHL": "tl", "MMR": "my"}
)
CHILD_SHARE = 0.22
CHILD_AGE = Weighted({age: 1 + (age - 7) * 0.6 for age in range(7, 18)})
ADULT_AGE = Weighted({age: max(0.3, 12 - abs(age - 24) * 0.5) for age in range(18, 66)})
AGE_CERTAINTY = Weighted({"known": 70, "estimated": 15, "disputed": 6, "unknown": 9})
AGE_ERROR = MappingProxyType({"known": 0, "estimated": 2, "disputed": 3})
ID_SHARE = 0.55
FOR_ANYBODY = "forced_criminality"  # the list whose answer depends on the age given with it
COPRIME = 7_919_317  # spreads numbers over nine digits without a repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """One invented person. ``None`` and ``unknown`` mean that nobody knows.

    ``age`` and ``birth_year`` are as told in ``YEAR``; ``true_age``, ``truly_victim``,
    ``situation`` and ``exploitation`` are the truth, which no agency is told.
    """

    number: int
    sex: str  # female | male | other
    age: int | None
    age_certainty: str  # known | estimated | disputed | unknown
    birth_year: int | None
    born_on: date | None  # only where the age is known
    true_age: int
    nationality: str  # ISO 3166-1 alpha-3
    language: str  # ISO 639-1
    name: InventedName
    national_id: str | None
    province_code: str | None  # of origin, two digits; None for foreigners
    commune_code: str | None  # of origin, six digits
    truly_victim: bool
    situation: str
    exploitation: str | None  # a purpose code
    country_of_exploitation: str
    profile: str  # a list of indicators, as ``screen`` takes it
    facts: Mapping[str, str]  # code → yes | no | unknown, as told
    none_of: tuple[str, ...]  # groups asked in full
    indicators: tuple[str, ...]

    @property
    def native_name(self) -> str:
        """The name in its own script."""
        return self.name.native

    @property
    def latin_name(self) -> str:
        """The name in its usual Latin spelling."""
        return self.name.latin

    def assess_input(
        self, case: str, *, conduct: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The input of ``assess`` for this person; ``conduct`` holds ``from`` and ``to``."""
        return {
            "case": case,
            "conduct": dict(conduct or {}),
            "person": self.as_judged(),
            "facts": dict(self.facts),
            "none_of": list(self.none_of),
        }

    def as_judged(self) -> dict[str, Any]:
        """What ``assess`` and ``fair-trial`` are told about the person."""
        return {"age": self.age, "age_certainty": self.age_certainty, "sex": self.sex}

    def screen_input(self, case: str) -> dict[str, Any]:
        """The input of ``screen`` for this person."""
        return {
            "case": case,
            "profile": self.profile,
            "indicators": list(self.indicators),
            "person": self.as_judged(),
        }


def people(n: int, seed: int, *, year: int = YEAR) -> Iterator[InventedPerson]:
    """Yield ``n`` invented people, one at a time; ages are counted in ``year``.

    The same seed always gives the same people, and a smaller country is the beginning of a
    larger one. Raises ``WrongInput`` for a negative number or seed.
    """
    if n < 0 or seed < 0:
        raise WrongInput(f"people: n={n}, seed={seed}: both must be 0 or greater.")
    draws = Draws(seed, "people")
    return (_person(draws, number, year) for number in range(1, n + 1))


def _person(draws: Draws, number: int, year: int) -> InventedPerson:
    sex, nationality = draws.of(SEX), draws.of(NATIONALITY)
    is_child = draws.chance(CHILD_SHARE)
    true_age = draws.of(CHILD_AGE if is_child else ADULT_AGE)
    situation = draws.of(_situations(nationality, _group(sex, is_child)))
    certainty = draws.of(AGE_CERTAINTY)
    age = _age_as_told(draws, true_age, certainty)
    home = _home(draws, nationality)
    facts, none_of = told_facts(draws, situation, is_child=is_child)
    return InventedPerson(
        number=number,
        sex=sex,
        age=age,
        age_certainty=certainty,
        birth_year=None if age is None else year - age,
        born_on=_birthday(draws, year - true_age) if certainty == "known" else None,
        true_age=true_age,
        nationality=nationality,
        language=LANGUAGES[nationality],
        name=invent_name(draws, nationality=nationality, sex=sex),
        national_id=_identity_number(draws, number),
        province_code=home.province_code if home else None,
        commune_code=home.code if home else None,
        truly_victim=situation.victim,
        situation=situation.code,
        exploitation=situation.exploitation,
        country_of_exploitation=draws.pick(situation.countries),
        profile=_profile(age, certainty, situation),
        facts=MappingProxyType(facts),
        none_of=none_of,
        indicators=seen_indicators(draws, situation.indicators),
    )


def _group(sex: str, is_child: bool) -> str:
    if is_child:
        return "boy" if sex == "male" else "girl"
    return {"female": "woman", "male": "man"}.get(sex, "other")


@cache
def _situations(nationality: str, group: str) -> Weighted[Situation]:
    """How common each situation is for this nationality and group."""
    return Weighted(
        {
            each: each.weights.get(group, 0)
            * each.nationalities.get(nationality, each.nationalities.get("*", 0))
            for each in SITUATIONS
        }
    )


def _age_as_told(draws: Draws, true_age: int, certainty: str) -> int | None:
    if certainty == "unknown":
        return None
    error = AGE_ERROR[certainty]
    return true_age + draws.between(-error, error)


def _birthday(draws: Draws, birth_year: int) -> date:
    return date(birth_year, 1, 1) + timedelta(days=draws.between(0, 364))


def _profile(age: int | None, certainty: str, situation: Situation) -> str:
    """The screening profile; who is not known to be an adult is screened as a child."""
    if situation.profile == FOR_ANYBODY:
        return situation.profile
    adult = age is not None and age >= 18 and certainty == "known"
    return f"{'adult' if adult else 'child'}_{situation.profile}"


def _home(draws: Draws, nationality: str) -> Commune | None:
    return draws.pick(communes()) if nationality == "KHM" else None


def _identity_number(draws: Draws, number: int) -> str | None:
    """A number that no real card bears: its letters say that it is invented."""
    if not draws.chance(ID_SHARE):
        return None
    return f"INV{number * COPRIME % 1_000_000_000:09d}"
