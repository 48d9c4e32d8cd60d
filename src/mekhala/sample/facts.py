"""What came out about an invented person: facts and indicators, with what nobody knows.

What is true and what is known are two things. A truth that was not asked about, or not told,
is ``unknown``; it is never turned into ``no``.
"""

from __future__ import annotations

from functools import cache

from .draws import Draws, Weighted
from .situations import Chances, Situation

HIDDEN = 0.15  # share of true things that never came out
ASKED_ALL = 0.65  # share of interviews in which a whole group was asked about
UNNAMED = "unknown"
GROUPS = ("act", "means", "purpose")

LEADING_ACT = Weighted({"act.recruitment": 5, "act.harbouring": 2, "act.receipt": 2})


def told_facts(
    draws: Draws, situation: Situation, *, is_child: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The facts as told (code → ``yes``, ``no``, ``unknown``) and the groups asked in full.

    For a group asked in full, a code that is not named was answered no.
    """
    facts: dict[str, str] = {}
    _tell(draws, facts, _acts(draws, situation))
    _tell(draws, facts, _means(draws, situation, is_child=is_child))
    if situation.exploitation:
        facts[situation.exploitation] = _as_told(draws, true=True)
    for code, chance in situation.besides.items():
        if code != situation.exploitation:
            facts[code] = _as_told(draws, true=draws.chance(chance))
    return facts, tuple(group for group in GROUPS if draws.chance(ASKED_ALL))


def _acts(draws: Draws, situation: Situation) -> dict[str, bool]:
    """What was done; a victim's story always holds one act that leads into exploitation."""
    found = {code: draws.chance(chance) for code, chance in situation.act.items()}
    leading = draws.of(LEADING_ACT)
    if situation.victim and not any(found.get(code) for code in _leading(situation)):
        found[leading] = True
    return found


@cache
def _leading(situation: Situation) -> tuple[str, ...]:
    aside = ("act.border_crossing", "act.confinement", "act.procuring")
    return tuple(code for code in situation.act if code not in aside)


def _means(draws: Draws, situation: Situation, *, is_child: bool) -> dict[str, bool]:
    """How it was done; of an adult victim at least one means is true, of a child perhaps none."""
    found = {code: draws.chance(chance) for code, chance in situation.means.items()}
    if found and not is_child and not any(_counted(found)):
        found[next(iter(found))] = True
    return found


def _counted(found: dict[str, bool]) -> list[bool]:
    """Leave out confinement used as a means, which Article 3 does not name."""
    return [true for code, true in found.items() if code != "means.confinement"]


def _tell(draws: Draws, facts: dict[str, str], truths: dict[str, bool]) -> None:
    for code, true in truths.items():
        facts[code] = _as_told(draws, true=true)


def _as_told(draws: Draws, *, true: bool) -> str:
    if draws.chance(HIDDEN):
        return UNNAMED
    return "yes" if true else "no"


def seen_indicators(draws: Draws, chances: Chances) -> tuple[str, ...]:
    """Codes of the indicators that the first responder saw."""
    return tuple(code for code, chance in chances.items() if draws.chance(chance))
