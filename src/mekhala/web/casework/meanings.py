"""The core's wording of facts, elements and indicators in the language of the page.

The core speaks English and knows no framework; its words are message ids of the catalogue.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mekhala.core.reasoning.indicators import indicators
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group, facts

GROUPS = {
    FactGroup.ACT: _("Act: what was done"),
    FactGroup.MEANS: _("Means: how it was done"),
    FactGroup.PURPOSE: _("Purpose: what for"),
    FactGroup.VOLITION: _("How free the choice was"),
    FactGroup.CONSENT: _("Agreement"),
    FactGroup.AGGRAVATION: _("What makes it graver"),
    FactGroup.KNOWLEDGE: _("What was known or meant"),
    FactGroup.COMPELLED: _("What the person was made to do"),
}
DIMENSIONS = {
    "deceptive_recruitment": _("Deceptive recruitment"),
    "coercive_recruitment": _("Coercive recruitment"),
    "recruitment_by_abuse_of_vulnerability": _("Recruitment by abuse of vulnerability"),
    "exploitation": _("Exploitation"),
    "coercion_at_destination": _("Coercion at destination"),
    "abuse_of_vulnerability_at_destination": _("Abuse of vulnerability at destination"),
}
RESULTS = {
    "trafficking": _("The signs seen are those of trafficking"),
    "deceived_and_exploited": _("The signs seen are of deception and exploitation"),
    "coerced_and_exploited": _("The signs seen are of coercion and exploitation"),
    "exploitation_only": _("The signs seen are of exploitation"),
    "none": _("Not enough signs were seen"),
}
# The rule by which a dimension is positive, as the core names it.
RULES = {
    "2 strong": _("two strong signs"),
    "1 strong + 1 medium or weak": _("one strong sign and one other"),
    "3 medium": _("three medium signs"),
    "2 medium + 1 weak": _("two medium signs and one weak"),
}
LISTS = {
    "ILO-EC-2009/1": _(
        "ILO and European Commission, Operational indicators of trafficking in human beings, 2009"
    ),
    "MEKHALA-FC/1": _(
        "Our own list, not a published one, to be replaced by a list that experts have agreed. "
        "After a summary of UNODC, Key indicators of trafficking in persons for forced criminality"
    ),
}
ELEMENT_VALUES = {
    "yes": _("Made out"),
    "no": _("Not made out"),
    "unknown": _("Not known yet"),
}


def of_fact(code: str) -> str:
    """Return the wording of a fact; the code itself where there is none."""
    return gettext(facts()[code].meaning) if code in facts() else code


def of_indicator(code: str) -> str:
    """Return the wording of an indicator; the code itself where there is none."""
    return gettext(indicators()[code].meaning) if code in indicators() else code


def fact_choices() -> list[tuple[object, list[tuple[str, str]]]]:
    """Return every fact in groups, for a list to choose from."""
    return [
        (words, [(code, of_fact(code)) for code in codes_in_group(group)])
        for group, words in GROUPS.items()
    ]
