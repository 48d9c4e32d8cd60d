"""Screenings as one officer may see them. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from typing import Any

from mekhala.core.reasoning.profiles import Profile as CoreProfile
from mekhala.core.reasoning.profiles import screening_lists
from mekhala.core.reasoning.screening import screen
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.screening.models import Screening


def newest(case: Case) -> Screening | None:
    """Return the latest screening of a case, None where there is none or it is not open."""
    return Screening.objects.filter(case=case).select_related("screened_by").first()


def aid(case: Case, *, profile: str, indicators: Sequence[str]) -> Mapping[str, Any] | None:
    """Return what the indicators amount to for the person of ``case``. Never a status.

    None without a profile. A list for anybody reads the age of the case: a person not known to
    be 18 or older is a child.
    """
    if profile not in set(CoreProfile):
        return None
    person = {"age": case.age, "age_certainty": case.age_certainty}
    return screen({"profile": profile, "indicators": list(indicators), "person": person})


def list_version(profile: str) -> str:
    """Return the version of the list that ``profile`` names today; empty without a profile."""
    return screening_lists()[CoreProfile(profile)].version if profile else ""


def fitting_profiles(case: Case) -> tuple[CoreProfile, ...]:
    """Return the lists that fit the person's age: a child's unless known to be 18 or more."""
    child = not is_known_adult(case)
    return tuple(p for p, each in screening_lists().items() if each.fits(treated_as_child=child))
