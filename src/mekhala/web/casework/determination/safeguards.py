"""What a person must not be punished for, in words for a page.

The core finds the safeguard; its words stand here so that they can be translated. An offence on
which sources differ is told too: until that is settled a charge waits.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.facts import FactGroup, facts
from mekhala.web.casework.meanings import of_fact

VICTIM = _(
    "A victim should not be detained, charged or punished for an offence that is a direct "
    "consequence of having been trafficked."
)
CONSTRAINT = _(
    "Nobody answers for an act done under force or constraint that could not be resisted."
)
RULES = {
    "met": (VICTIM, _("On the findings the definition of trafficking is met: this applies.")),
    "undetermined": (VICTIM, _(
        "Whether the person was trafficked is still open. Until it is settled this applies, and "
        "a charge waits."
    )),
    "not_met": (CONSTRAINT, _(
        "On the findings the definition of trafficking is not met. To have been made to do "
        "something is still a defence of its own."
    )),
}  # fmt: skip
OFFENCES = {
    "compelled.soliciting": _(
        "The offence asks for a will to solicit, and a minor is not punished for it. Whoever was "
        "made to do it lacks that will."
    ),
    "compelled.immigration": _(
        "A person is not liable for having been smuggled, nor for an irregular entry, stay or "
        "exit that the situation brought about."
    ),
    "compelled.documents": _("False papers held because of the situation are not punished."),
    "compelled.fraud": _(
        "Online fraud done under force is a sign of trafficking, not a reason to charge the person."
    ),
    "compelled.drugs": _(
        "Making, carrying or growing drugs under force is a sign of trafficking, not a reason to "
        "charge the person."
    ),
    "compelled.recruiting_others": _(
        "What was done to the person is looked at first. To have been a victim and to be accused "
        "do not exclude each other."
    ),
    "compelled.other": _("It is asked whether the situation brought the offence about."),
}


def safeguards_in_words(outcome: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the safeguard, why it applies and what for; None where nothing was compelled."""
    found = outcome.get("non_punishment", ())  # what was kept before this was weighed has none
    differ = [c for c in outcome["sources_differ"] if _is_compelled(c)]
    if not found and not differ:
        return None
    rule, because = RULES[outcome["palermo"]["finding"]]
    return {
        "rule": rule,
        "because": because,
        "each": [
            {"offence": of_fact(f["code"]), "words": OFFENCES[f["code"]], "source": f["source"],
             "verified": f["verified"]}
            for f in found
        ],
        "differ": [of_fact(code) for code in differ],
    }  # fmt: skip


def _is_compelled(code: str) -> bool:
    return code in facts() and facts()[code].group is FactGroup.COMPELLED
