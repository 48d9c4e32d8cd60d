"""The core's wording of facts, elements and indicators in the language of the page.

The core speaks English and knows no framework; its words are message ids of the catalogue.
"""

from django.utils.translation import gettext, pgettext_lazy
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
ELEMENT_VALUES = {
    "yes": pgettext_lazy("element", "Made out"),
    "no": pgettext_lazy("element", "Not made out"),
    "unknown": pgettext_lazy("element", "Not known yet"),
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
