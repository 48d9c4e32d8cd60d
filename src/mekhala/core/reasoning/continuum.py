"""Degree of volition in labour migration, A to F. It helps to explain and decides nothing.

Source: Archavanitkul (1998), as redrawn in later reviews of trafficking in the Mekong region:
A forced or kidnapped; B told something false, the work another than promised; C knew the work,
not its conditions; D knew both, could not foresee the difficulties; E knew, could not choose
the worksite; F knew and chose.
"""

from collections.abc import Mapping

# Walked in this order; each step gives its letter on the answer beside it.
STEPS = (
    ("volition.forced_or_kidnapped", True, "A"),
    ("volition.kind_of_work", False, "B"),
    ("volition.conditions", False, "C"),
    ("volition.difficulties", False, "D"),
    ("volition.worksite", False, "E"),
)


def degree_of_volition(facts: Mapping[str, bool | None]) -> str | None:
    """Return ``A`` to ``F``, or None as soon as a step that decides it is unknown."""
    for code, answer, letter in STEPS:
        found = facts.get(code)
        if found is None:
            return None
        if found is answer:
            return letter
    return "F"
