"""Screenings as one officer may see them. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from typing import Any

from mekhala.core.reasoning.indicators import Profile as CoreProfile
from mekhala.core.reasoning.indicators import screen
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.screening.models import Screening


def newest(case: Case) -> Screening | None:
    """Return the latest screening of a case, None where there is none or it is not open."""
    return Screening.objects.filter(case=case).select_related("screened_by").first()


def aid(profile: str, indicators: Sequence[str]) -> Mapping[str, Any] | None:
    """Return what the ILO/EC indicators amount to; None without a profile. Never a status."""
    if profile not in set(CoreProfile):
        return None
    return screen({"profile": profile, "indicators": list(indicators)})


def fitting_profiles(case: Case) -> tuple[CoreProfile, ...]:
    """Return the lists that fit the person's age: a child's unless known to be 18 or more."""
    child = not is_known_adult(case)
    return tuple(each for each in CoreProfile if each.is_child is child)
