"""What somebody needs of a service: asked for the match and kept nowhere."""

from dataclasses import dataclass
from datetime import date, datetime

from mekhala.pathway.encounter.models import Case, Sex

ADULT = 18
YOUNGEST_PARENT = 13  # years between a parent and a child, at the very least


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child who comes along. Unknown: sex "unknown", age None."""

    sex: str = Sex.UNKNOWN
    age: int | None = None


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Who comes. Unknown is "unknown" for sex, None for age and yes or no, "" for words.

    ``sex`` is what the person says and lives as, ``province_code`` where from, ``at`` the local
    time of arrival, ``night`` the day of arrival (None: not said), ``stay`` for how long a place
    to stay is looked for ("": any), ``is_parent`` whether somebody who is no known adult is the
    parent of the ``children``. There is nothing here about merit, story or status.
    """

    sex: str = Sex.UNKNOWN
    age: int | None = None
    language: str = ""
    province_code: str = ""
    transgender: bool | None = None
    children: tuple[Child, ...] = ()
    is_parent: bool | None = None
    nationality: str = ""
    cannot_climb: bool | None = None
    form: str = ""
    stay: str = ""
    at: datetime | None = None
    night: date | None = None

    @property
    def places(self) -> int:
        """Return how many places are needed: one for each who comes."""
        return 1 + len(self.children)

    @property
    def with_parent(self) -> bool | None:
        """Return whether the children come with a parent; a known adult is taken as one.

        Of others it is what they say; unsaid, a child is no parent of children near in age.
        """
        if self.age is not None and self.age >= ADULT:
            return True
        if self.is_parent is None and self._too_near_in_age:
            return False
        return self.is_parent

    @property
    def _too_near_in_age(self) -> bool:
        if self.age is None:
            return False
        ages = [child.age for child in self.children]
        return all(age is not None and self.age - age < YOUNGEST_PARENT for age in ages)

    @property
    def everybody(self) -> tuple[Child, ...]:
        """Return each who comes, with sex and age, the person first."""
        return (Child(sex=self.sex, age=self.age), *self.children)


def age_to_fit(case: Case) -> int | None:
    """Return the age a service is asked about: None where it is disputed or not known."""
    return case.age if case.age_certainty in ("known", "estimated") else None


def needs_of(case: Case, **more: object) -> Needs:
    """Return what the case says; ``more`` is what was asked for the match alone."""
    said: dict = {
        "sex": case.sex, "age": age_to_fit(case), "language": case.language,
        "nationality": case.nationality,
    }  # fmt: skip
    return Needs(**(said | more))
