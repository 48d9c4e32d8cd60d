"""The lists of indicators a person can be screened by, each with its version and source.

``profiles.yaml`` beside this module says where each list comes from and whether anybody
compared it with the original. Whom a list is for decides whether exploitation alone is enough:
for a child it is (Palermo Protocol, Article 3(c)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from mekhala.core.reasoning.age import AgeBasis, Person

PROFILES_FILE = Path(__file__).with_name("profiles.yaml")


class Profile(StrEnum):
    """Which list the indicators are read by; chosen first, because the weights depend on it."""

    ADULT_LABOUR = "adult_labour"
    CHILD_LABOUR = "child_labour"
    ADULT_SEXUAL = "adult_sexual"
    CHILD_SEXUAL = "child_sexual"
    FORCED_CRIMINALITY = "forced_criminality"


class ForWhom(StrEnum):
    """Whom a list is for; ``any`` leaves it to the person's age."""

    ADULT = "adult"
    CHILD = "child"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class ScreeningList:
    """What is known of one list besides its weights."""

    profile: Profile
    version: str
    for_whom: ForWhom
    source: str
    basis: str  # where the weights were taken from
    verified: bool
    verified_by: str | None = None
    verified_on: date | None = None

    def fits(self, *, treated_as_child: bool) -> bool:
        """Return whether the list is for a person of this age."""
        if self.for_whom is ForWhom.ANY:
            return True
        return treated_as_child is (self.for_whom is ForWhom.CHILD)

    def exploitation_is_enough(self, person: Person) -> bool:
        """Return whether signs of exploitation suffice.

        The list says so itself; one for anybody asks the age, and an age that is not known, or
        only estimated, is a child's.
        """
        if self.for_whom is ForWhom.ANY:
            return person.treated_as_child
        return self.for_whom is ForWhom.CHILD

    def doubt_about(self, person: Person) -> str | None:
        """Return one sentence where the list is not for a person of this age, else None."""
        if self.fits(treated_as_child=person.treated_as_child):
            return None
        return f"{self.profile} is a list for {DOUBTS[person.age_basis]}"


DOUBTS: Mapping[AgeBasis, str] = {
    AgeBasis.CHILD: "adults and the person was under 18: read it again by a list for a child.",
    AgeBasis.PRESUMED_CHILD: "adults and the person is not known to be 18 or older: read it again "
    "by a list for a child.",
    AgeBasis.ADULT: "children and the person was 18 or older: read it again by a list for an "
    "adult.",
}


@cache
def screening_lists() -> Mapping[Profile, ScreeningList]:
    """Return each list by its profile, in the order of ``Profile``."""
    kept = yaml.safe_load(PROFILES_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({profile: read_list(profile, kept[profile]) for profile in Profile})


def read_list(profile: Profile, row: Mapping[str, Any]) -> ScreeningList:
    """Return one entry of ``profiles.yaml``.

    Raises ``ValueError`` where a list is called verified and nobody, or no day, is named.
    """
    by, on = row.get("verified_by"), row.get("verified_on")
    if row["verified"] and not (by and on):
        raise ValueError(f"{profile}: verified needs verified_by and verified_on")
    return ScreeningList(
        profile=profile,
        version=row["version"],
        for_whom=ForWhom(row["for"]),
        source=row["source"],
        basis=row["basis"],
        verified=bool(row["verified"]),
        verified_by=by,
        verified_on=on,
    )
