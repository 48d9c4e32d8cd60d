"""What the facts fit best on the international definition, beside what domestic law says.

Trafficking needs its elements (Palermo Protocol, Article 3); smuggling is the irregular entry
of another for a benefit (Smuggling Protocol, Article 3(a)), without exploitation.
"""

from enum import StrEnum

from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.outcome import Finding
from mekhala.core.reasoning.palermo import PalermoOutcome


class Classification(StrEnum):
    """What the facts fit best."""

    TRAFFICKING = "trafficking"
    SMUGGLING = "smuggling"
    PROCURING = "procuring"
    EXPLOITATION_ONLY = "exploitation_only"
    NONE = "none"
    UNDETERMINED = "undetermined"


def classify(findings: Findings, palermo: PalermoOutcome) -> Classification:
    """Return what the facts fit best.

    While the definition is open nothing else is said. Once it is not met, harm done to the
    person comes before an offence against a border, and "none" is said only if each of these
    was answered no.
    """
    if palermo.finding is Finding.MET:
        return Classification.TRAFFICKING
    if palermo.finding is Finding.UNDETERMINED:
        return Classification.UNDETERMINED
    signs = _signs(findings, palermo)
    for classification, values in signs.items():
        if True in values:
            return classification
    every = [value for values in signs.values() for value in values]
    return Classification.UNDETERMINED if None in every else Classification.NONE


def _signs(
    findings: Findings, palermo: PalermoOutcome
) -> dict[Classification, tuple[bool | None, ...]]:
    """What shows each classification, the one that says most about the person first."""
    fact = findings.fact
    return {
        Classification.PROCURING: (
            fact("act.procuring"),
            fact("act.managing_prostitution"),
            fact("purpose.prostitution_of_others"),
        ),
        Classification.EXPLOITATION_ONLY: (
            palermo.purpose.value,
            fact("act.purchase_of_sex_from_minor"),
        ),
        Classification.SMUGGLING: (fact("act.irregular_entry_for_gain"),),
    }
