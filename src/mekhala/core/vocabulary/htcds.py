"""Codes of the Human Trafficking Case Data Standard, kept exactly as it writes them.

Standard: HTCDS (UN Migration), draft field list, fields ``vic_TraffickingStatus`` and
``vic_TypeOfExploitation``. Member names are ours.
"""

from collections.abc import Mapping
from enum import StrEnum


class TraffickingStatus(StrEnum):
    """``vic_TraffickingStatus``: what the competent authority holds about a person."""

    POSSIBLE_VICTIM = "PossibleVictimOfTrafficking"
    ACTUAL_VICTIM = "ActualVictimOfTrafficking"
    NOT_A_VICTIM = "NotAVictimOfTrafficking"


class TypeOfExploitation(StrEnum):
    """``vic_TypeOfExploitation``, of which a person may have met several."""

    FORCED_LABOUR = "ForcedLabour"
    SEXUAL_EXPLOITATION = "SexualExploitation"
    CHILD_LABOUR = "ChildLabour"
    FORCED_MARRIAGE = "ForcedMarriage"
    SERVITUDE = "Servitude"
    FORCED_MILITARY = "ForcedMilitaryByNonStateActors"
    ORGAN_REMOVAL = "OrganRemoval"
    FORCED_BEGGING = "ForcedBegging"
    FORCED_ADOPTION = "ForcedAdoption"
    SURROGACY = "Surrogacy"
    OTHER = "Other"


# Ours, not the standard's: the standard has no code of its own for slavery or debt bondage,
# which its guidance counts under labour, nor for forced crime, which it leaves to "Other".
# Adoption and child labour are passed on only as what they are called, never as forced.
EXPLOITATION_BY_PURPOSE: Mapping[str, TypeOfExploitation] = {
    "purpose.prostitution_of_others": TypeOfExploitation.SEXUAL_EXPLOITATION,
    "purpose.other_sexual_exploitation": TypeOfExploitation.SEXUAL_EXPLOITATION,
    "purpose.pornography": TypeOfExploitation.SEXUAL_EXPLOITATION,
    "purpose.forced_labour": TypeOfExploitation.FORCED_LABOUR,
    "purpose.slavery_or_similar": TypeOfExploitation.FORCED_LABOUR,
    "purpose.debt_bondage": TypeOfExploitation.FORCED_LABOUR,
    "purpose.servitude": TypeOfExploitation.SERVITUDE,
    "purpose.organ_removal": TypeOfExploitation.ORGAN_REMOVAL,
    "purpose.forced_begging": TypeOfExploitation.FORCED_BEGGING,
    "purpose.forced_criminality": TypeOfExploitation.OTHER,
    "purpose.forced_marriage": TypeOfExploitation.FORCED_MARRIAGE,
    "purpose.child_labour": TypeOfExploitation.CHILD_LABOUR,
    "purpose.surrogacy": TypeOfExploitation.SURROGACY,
}


def types_of_exploitation(found: Mapping[str, bool | None]) -> tuple[TypeOfExploitation, ...]:
    """Return the forms of exploitation among the purposes found, each once, in HTCDS order.

    ``found`` maps fact codes to True, False or None (unknown); only True counts. Adoption,
    profit and sexual aggression name no form of exploitation by themselves.
    """
    named = {kind for code, kind in EXPLOITATION_BY_PURPOSE.items() if found.get(code) is True}
    return tuple(kind for kind in TypeOfExploitation if kind in named)
