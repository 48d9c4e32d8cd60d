"""How somebody is punished who did not do it alone, or did not get to the end.

The answer is that of the statute's own general article, where it is kept. It says nothing on
whether anybody did help, incite or try: that is found by people, like every fact.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mekhala.core.law.library import HOME, statutes
from mekhala.core.law.statute import GeneralRule, Provision


class Participation(StrEnum):
    """What part the suspect is said to have had."""

    PRINCIPAL = "principal"
    ACCOMPLICE = "accomplice"
    INSTIGATOR = "instigator"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Liability:
    """As what somebody answers for an offence; ``rules`` is empty where no rule is kept."""

    as_what: str
    rules: tuple[GeneralRule, ...]

    def as_answer(self) -> dict[str, object]:
        """Return the liability as ``mekhala assess`` prints it; what no rule says is null."""
        sources = dict.fromkeys(f"{rule.statute} Art. {rule.article}" for rule in self.rules)
        return {
            "as": self.as_what,
            "punished_as": self.rules[0].punished_as if self.rules else None,
            "source": " and ".join(sources) or None,
            "verified": bool(self.rules) and all(rule.verified for rule in self.rules),
        }


@cache
def liability_of(
    provision: Provision,
    *,
    participation: Participation,
    completed: bool | None,
    country: str = HOME,
) -> Liability | None:
    """Return as what somebody answers; None for a principal, or where nothing is known.

    A part and an attempt together (``accomplice_in_attempt``) need a rule for each.
    """
    part = [participation.value] if participation in SECONDARY else []
    asked = [*part, *(["attempt"] if completed is False else [])]
    if not asked:
        return None
    kept = statutes(country)[provision.statute].general_rules
    rules = [kept[name] for name in asked if name in kept and _covers(kept[name], provision)]
    complete = len(rules) == len(asked)
    return Liability(as_what="_in_".join(asked), rules=tuple(rules) if complete else ())


SECONDARY = (Participation.ACCOMPLICE, Participation.INSTIGATOR)


def _covers(rule: GeneralRule, provision: Provision) -> bool:
    return not rule.applies_to or provision.article in rule.applies_to
