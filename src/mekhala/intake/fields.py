"""What answers may become: the fields the rooms take, and what each accepts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mekhala.core.vocabulary.countries import alpha_2
from mekhala.pathway.aftercare.codes import FollowUpOutcome, Housing, Work
from mekhala.pathway.encounter.models import AgeCertainty, Sex, UrgentNeed
from mekhala.pathway.justice.monitors import SEEN
from mekhala.pathway.screening.models import Profile, ScreeningOutcome
from mekhala.population.surveys.day_figures import NAMES as FIGURES
from mekhala.population.surveys.leaving import ANSWERS as LEAVING
from mekhala.population.surveys.leaving import Home, OfSex, Said, Topic
from mekhala.safeguards.identity.models import FIELDS as OF_THE_VAULT

UNKNOWN, NOTHING, YES, NO = "unknown", "nothing", "yes", "no"
ANSWER: Mapping[str, str] = MappingProxyType(
    {YES: YES, NO: NO, "not_known": UNKNOWN, "not_said": UNKNOWN}
)  # what the four answers of our forms mean; none of the last two is a no
MONTHS = ("3", "6", "12", "other")  # which day to look in a form speaks of
NONE_OF_THESE = "none_of_these"  # an answer of its own; "nothing" is a choice nobody counts
REACHED = "reached"  # the person was reached: how things stand is another question


class Kind(StrEnum):
    """How an answer is read."""

    TRUTH = "truth"
    CODE = "code"
    CODES = "codes"
    WORDS = "words"
    WHOLE = "whole"
    MOMENT = "moment"
    PLACE = "place"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a room: ``unknown`` is what it holds where nobody knows."""

    kind: Kind
    codes: frozenset[str] = frozenset()
    unknown: str = ""
    is_required: bool = False
    pattern: str = ""

    def accepts(self, meaning: str) -> bool:
        """Return whether a choice may mean this."""
        if self.kind == Kind.TRUTH:
            return meaning in (YES, NO, UNKNOWN)
        if meaning == (NOTHING if self.kind == Kind.CODES else UNKNOWN):
            return True
        if self.pattern:
            return bool(re.fullmatch(self.pattern, meaning))
        return not self.codes or meaning in self.codes


def _code(values: list[str], *, unknown: str = "", is_required: bool = False) -> Field:
    codes = frozenset(map(str, values))
    return Field(kind=Kind.CODE, codes=codes, unknown=unknown, is_required=is_required)


def sections() -> Mapping[str, Mapping[str, Field]]:
    """Return the fields of each section of a mapping that holds one answer in each."""
    return _of_a_meeting() | _of_what_follows() | _of_a_survey()


def _of_a_meeting() -> dict[str, Mapping[str, Field]]:
    return {
        "case": {"number": Field(kind=Kind.WORDS)},
        "encounter": {
            "met_at": Field(kind=Kind.MOMENT),
            "place_code": Field(kind=Kind.PLACE, is_required=True),
            "sex": _code(Sex.values, unknown=str(Sex.UNKNOWN)),
            "age": Field(kind=Kind.WHOLE),
            "age_certainty": _code(AgeCertainty.values, unknown=str(AgeCertainty.UNKNOWN)),
            "nationality": _code(list(alpha_2())),
            "language": Field(kind=Kind.CODE, pattern=r"[a-z]{2,3}(-[A-Za-z]{2,8})?"),
            "urgent_needs": Field(kind=Kind.CODES, codes=frozenset(map(str, UrgentNeed.values))),
            "consents_to_go_on": Field(kind=Kind.TRUTH, is_required=True),
            "was_alone": Field(kind=Kind.TRUTH),
            "advice": _code(ScreeningOutcome.values),
        },
        "identity": {"agreed": Field(kind=Kind.TRUTH, is_required=True)}
        | dict.fromkeys(OF_THE_VAULT, Field(kind=Kind.WORDS)),
        "screening": {
            "outcome": _code(ScreeningOutcome.values, is_required=True),
            "because": Field(kind=Kind.WORDS),
            "profile": _code(Profile.values),
        },
    }


def _of_what_follows() -> dict[str, Mapping[str, Field]]:
    truth, words = Field(kind=Kind.TRUTH), Field(kind=Kind.WORDS)
    return {
        "follow_up": {
            "months": Field(kind=Kind.CODE, codes=frozenset(MONTHS)),
            "on": Field(kind=Kind.MOMENT),
            "reached": _code([*FollowUpOutcome.values, REACHED], is_required=True),
            "outcome": _code(FollowUpOutcome.values),
            "look_in_again": truth,
            "housing": _code(Housing.values),
            "may_stay": truth,
            "work": _code(Work.values),
            "pay_enough": truth,
            "feels_safe": truth,
        },
        "observation": {
            "hearing": Field(kind=Kind.WORDS, is_required=True),
            "accused": words,
            "minutes": Field(kind=Kind.WHOLE),
        }
        | dict.fromkeys(SEEN, truth),
    }


def _of_a_survey() -> dict[str, Mapping[str, Field]]:
    truth, words = Field(kind=Kind.TRUTH), Field(kind=Kind.WORDS)
    where_and_when = {
        "survey": words, "post": Field(kind=Kind.WORDS, is_required=True),
        "on": Field(kind=Kind.MOMENT),
    }  # fmt: skip
    return {
        "leaving": {
            **where_and_when,
            "sex": _code(OfSex.values, unknown=str(OfSex.UNKNOWN)),
            "home": _code(Home.values, unknown=str(Home.UNKNOWN)),
            "left": truth,
            "route": Field(kind=Kind.CODES, codes=LEAVING[Topic.ROUTE]),
            "cost": _code(sorted(LEAVING[Topic.COST] - {Said.BORROWED})),
            "borrowed": truth,
            "abuse": Field(
                kind=Kind.CODES, codes=LEAVING[Topic.ABUSE] - {Said.NOTHING} | {NONE_OF_THESE}
            ),
        },
        "day": where_and_when,
    }


COUNTED = FIGURES  # of the section ``day``; ``screened`` and the four grades are required
MUST_BE_COUNTED = ("screened", "strong", "some", "none", "unclear")
