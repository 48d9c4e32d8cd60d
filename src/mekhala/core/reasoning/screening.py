"""``screen``: the indicators seen in, the dimensions and what they amount to out.

An aid to a first responder. The rule is that of ILO and the European Commission (2009) for
every list, also for our own: for an adult exploitation, coercion at destination and one
dimension of wrongful recruitment together; for a child exploitation alone. Nothing here sets a
status.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mekhala.core.reasoning.age import AgeBasis, Person
from mekhala.core.reasoning.case import read_person
from mekhala.core.reasoning.indicators import (
    Dimension,
    Indicator,
    dimension_names,
    indicators,
    weighed,
)
from mekhala.core.reasoning.profiles import ForWhom, Profile, ScreeningList, screening_lists
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

KEYS = ("case", "profile", "indicators", "person")
# How like a word must be to count as a slip: "version" and "person_id" are words of their own.
SLIPS = dict.fromkeys(KEYS, CLEARLY_A_SLIP) | {"person": 0.82}
RECRUITMENT = (
    "deceptive_recruitment",
    "coercive_recruitment",
    "recruitment_by_abuse_of_vulnerability",
)
EXPLOITATION = "exploitation"
COERCION = "coercion_at_destination"
CHILD = "For a child signs of exploitation are enough."


class ScreeningResult(StrEnum):
    """What the positive dimensions amount to."""

    TRAFFICKING = "trafficking"
    DECEIVED_AND_EXPLOITED = "deceived_and_exploited"
    COERCED_AND_EXPLOITED = "coerced_and_exploited"
    EXPLOITATION_ONLY = "exploitation_only"
    NONE = "none"


def screen(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dimensions and the result for one person, as ``mekhala screen --json`` does.

    ``document`` holds ``case``, ``profile`` and ``indicators`` (codes seen; each counts once),
    and may hold ``person`` as ``assess`` takes it. The age decides for a list that is for
    anybody: a person not known to be 18 or older is a child. For another list it changes nothing
    but is held against the list, and ``why`` says where they do not fit. An indicator that the
    profile does not have is left out and ``why`` says so. Raises ``WrongInput`` naming the case,
    the field and the nearest valid code.
    """
    return _screened(document, "the object")


def screen_all(document: object) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the result for one object, or a list of results for an array of them."""
    if isinstance(document, list):
        return [_screened(each, f"object {i}") for i, each in enumerate(document, start=1)]
    if not isinstance(document, Mapping):
        raise WrongInput("expected one object or an array of objects")
    return _screened(document, "the object")


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """One object as it was read."""

    name: str | None
    list: ScreeningList
    person: Person
    told: bool  # whether anything was said of the person
    seen: tuple[Indicator, ...]

    @property
    def doubt(self) -> str | None:
        """The sentence on a list that does not fit the person of whom something was said."""
        return self.list.doubt_about(self.person) if self.told else None

    @property
    def exploitation_is_enough(self) -> bool:
        """Whether nothing but exploitation is asked, as for a child."""
        return self.list.exploitation_is_enough(self.person)

    @property
    def why_enough(self) -> str:
        """The sentence on a child; an age that is not known is named."""
        presumed = self.person.age_basis is AgeBasis.PRESUMED_CHILD
        if self.list.for_whom is ForWhom.ANY and presumed:
            return f"The person is not known to be 18 or older. {CHILD}"
        return CHILD


def _screened(document: object, place: str) -> dict[str, Any]:
    asked = _read(document, place)
    profile = asked.list.profile
    counted = tuple(i for i in asked.seen if profile in i.weights)
    left_out = tuple(i.code for i in asked.seen if profile not in i.weights)
    dimensions = {d: weighed(d, counted, profile) for d in dimension_names()}
    result, reason = _result(asked, dimensions)
    unread = [f"{code} does not belong to {profile} and is left out." for code in left_out]
    doubts = [asked.doubt] if asked.doubt else []
    return {
        "case": asked.name,
        "profile": profile.value,
        "version": asked.list.version,
        "dimensions": {d: dimension.as_answer() for d, dimension in dimensions.items()},
        "result": result.value,
        "exploitation_is_enough": asked.exploitation_is_enough,
        "list_fits": asked.doubt is None if asked.told else None,
        "left_out": list(left_out),
        **_provenance(asked.list),
        "why": [reason, *(d.because for d in dimensions.values()), *unread, *doubts],
    }


def _provenance(read_by: ScreeningList) -> dict[str, object]:
    """Return where the list comes from and who compared it with the original."""
    on = read_by.verified_on
    return {
        "source": read_by.source,
        "basis": read_by.basis,
        "verified": read_by.verified,
        "verified_by": read_by.verified_by,
        "verified_on": on.isoformat() if on else None,
    }


def _result(asked: _Asked, dimensions: Mapping[str, Dimension]) -> tuple[ScreeningResult, str]:
    """Join the dimensions and say in one sentence why."""
    if not dimensions[EXPLOITATION].positive:
        return ScreeningResult.NONE, "Not enough signs of exploitation were seen."
    if asked.exploitation_is_enough:
        return ScreeningResult.TRAFFICKING, asked.why_enough
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


def _read(document: object, place: str) -> _Asked:
    if not isinstance(document, Mapping):
        raise WrongInput(f"{place}: expected an object with case, profile and indicators")
    name = document.get("case")
    if name is not None and not isinstance(name, str):
        raise WrongInput(f"{place}: case: {name!r} is not a text; expected a name in quotes")
    where = f"case {name!r}" if name else place
    _refuse_misspelt_keys(document, where)
    read_by = screening_lists()[_profile(document.get("profile"), where)]
    person = read_person(document.get("person"), where=f"{where}: person")
    return _Asked(
        name=name,
        list=read_by,
        person=person,
        told=document.get("person") is not None,
        seen=_seen(document, where),
    )


def _refuse_misspelt_keys(document: Mapping[str, Any], where: str) -> None:
    for key in document:
        near = [own for own, like in SLIPS.items() if nearest(str(key), [own], cutoff=like)]
        if key not in KEYS and near:
            raise WrongInput(f"{where}: {key!r} is no key; did you mean {near[0]!r}?")


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
