"""How the age of a person counts.

Only an age that is *known* settles anything. A person not known to be 18 or older is
protected as a child; a person not known to be under 18 never makes a sentence heavier.
An age that is estimated or disputed is therefore a presumption both ways, whatever its
number: an estimate of 40 can still be answered by making the age known. (Palermo Protocol,
Article 3(d); UNODC and UNICEF guidance on the presumption of minority.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mekhala.core.law.expression import PersonPredicate
from mekhala.core.vocabulary.person import AgeCertainty, Sex

MAJORITY = 18
UNDER_15 = 15


class AgeBasis(StrEnum):
    """As what the person is treated, and on what ground."""

    CHILD = "child"
    PRESUMED_CHILD = "presumed_child"
    ADULT = "adult"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Age in whole years at the time of the conduct, how it is known, and sex."""

    age: int | None = None
    age_certainty: AgeCertainty = AgeCertainty.UNKNOWN
    sex: Sex = Sex.UNKNOWN

    @property
    def known_age(self) -> int | None:
        """The age if it is known, otherwise None."""
        return self.age if self.age_certainty is AgeCertainty.KNOWN else None

    @property
    def age_basis(self) -> AgeBasis:
        """Whether the person is treated as a child, and why."""
        if self.known_age is None:
            return AgeBasis.PRESUMED_CHILD
        return AgeBasis.CHILD if self.known_age < MAJORITY else AgeBasis.ADULT

    @property
    def treated_as_child(self) -> bool:
        """Whether the rules for children protect the person."""
        return self.age_basis is not AgeBasis.ADULT

    def predicates(self) -> Mapping[PersonPredicate, bool | None]:
        """Return what is known of the age for offences: a presumption is None, never True."""
        age = self.known_age
        return {
            PersonPredicate.MINOR: None if age is None else age < MAJORITY,
            PersonPredicate.ADULT: None if age is None else age >= MAJORITY,
            PersonPredicate.UNDER_15: None if age is None else age < UNDER_15,
        }
