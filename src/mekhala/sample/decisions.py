"""What first responders and the competent authority find, right or wrong, about each person.

People make these findings; here chance stands in for them, and errs as people do: some true
victims are not recognised, some others are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from .agencies import agencies_of
from .draws import Draws, Weighted
from .encounters import Encounter
from .people import InventedPerson

REFER, DO_NOT_REFER, UNSURE = "refer", "do_not_refer", "unsure"
SCREENED = {
    True: Weighted({REFER: 80, UNSURE: 12, DO_NOT_REFER: 8}),
    False: Weighted({REFER: 12, UNSURE: 18, DO_NOT_REFER: 70}),
}
UNSURE_SENT_ON = 0.6
POSITIVE, NEGATIVE = "positive", "negative"
DECIDED = {
    True: Weighted({POSITIVE: 84, NEGATIVE: 6, None: 10}),
    False: Weighted({POSITIVE: 5, NEGATIVE: 80, None: 15}),
}
REGISTERED_SHARE = 0.96
RECOVERY = 30  # days in which nobody decides, after reasonable grounds were found
REFUSED_AT_ONCE = 0.4  # of the negative decisions, at the first stage
USUAL_ACT, USUAL_MEANS, USUAL_PURPOSE = (
    "act.recruitment",
    "means.deception",
    "purpose.forced_labour",
)
# Facts that Article 3 of the Palermo Protocol does not count as an act or a means.
ASIDE = frozenset(
    {
        "act.border_crossing",
        "act.confinement",
        "act.irregular_entry_for_gain",
        "act.managing_prostitution",
        "act.procuring",
        "means.confinement",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One screening by the officer who met the person."""

    agency_code: str
    officer_index: int
    screened_on: date
    profile: str
    indicators: tuple[str, ...]
    facts: Mapping[str, str]
    none_of: tuple[str, ...]
    outcome: str  # refer | do_not_refer | unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """One case before the competent authority; ``decision`` is None while it is open.

    ``believed_on`` is the day reasonable grounds were found, None if not, or not yet: then a
    negative decision is one of the first stage, any other of the second.
    Behind a positive decision the facts make out act, purpose and (for an adult) means; behind
    a negative one every purpose was asked about and answered no.
    """

    agency_code: str
    decider_index: int
    second_reader_index: int  # never the decider, always of the other agency
    opened_on: date
    conduct_from: date
    conduct_to: date
    facts: Mapping[str, str]
    none_of: tuple[str, ...]
    believed_on: date | None
    decision: str | None  # positive | negative
    decided_on: date | None
    registered_on: date | None

    @property
    def conduct(self) -> dict[str, str]:
        """The dates of the conduct, as ``assess`` takes them."""
        return {"from": self.conduct_from.isoformat(), "to": self.conduct_to.isoformat()}


def screening(
    draws: Draws, person: InventedPerson, met: Encounter, *, today: date
) -> Screening | None:
    """The screening that follows an encounter; None if the person does not go on, or not yet."""
    screened_on = met.met_on + timedelta(days=draws.between(0, 5))
    outcome = draws.of(SCREENED[person.truly_victim])
    if not met.may_go_on or screened_on > today:
        return None
    return Screening(
        agency_code=met.agency_code,
        officer_index=met.officer_index,
        screened_on=screened_on,
        profile=person.profile,
        indicators=person.indicators,
        facts=person.facts,
        none_of=person.none_of,
        outcome=outcome,
    )


def determination(
    draws: Draws, person: InventedPerson, screened: Screening, *, today: date
) -> Determination | None:
    """The competent authority's file; None if the person was not referred, or not yet."""
    opened_on = screened.screened_on + timedelta(days=draws.between(0, 10))
    decision = draws.of(DECIDED[person.truly_victim])
    believed_on, decided_on = _days(draws, decision, opened_on)
    if not _sent_on(draws, screened) or opened_on > today:
        return None
    if decided_on > today:
        decision = None
    boards = agencies_of("competent_authority")
    decider, reader = _two_readers(draws, sum(board.officers for board in boards))
    begun = screened.screened_on - timedelta(days=draws.between(60, 900))
    facts, none_of = settled(person, decision)
    return Determination(
        agency_code=boards[0].code,
        decider_index=decider,
        second_reader_index=reader,
        opened_on=opened_on,
        conduct_from=begun,
        conduct_to=screened.screened_on - timedelta(days=draws.between(1, 50)),
        facts=facts,
        none_of=none_of,
        believed_on=believed_on if believed_on and believed_on <= today else None,
        decision=decision,
        decided_on=decided_on if decision else None,
        registered_on=_registered(draws, decision, decided_on, today),
    )


def _sent_on(draws: Draws, screened: Screening) -> bool:
    unsure_sent_on = draws.chance(UNSURE_SENT_ON)
    return screened.outcome == REFER or (screened.outcome == UNSURE and unsure_sent_on)


def _days(draws: Draws, decision: str | None, opened_on: date) -> tuple[date | None, date]:
    """Return when reasonable grounds were found, None if not, and when it was decided."""
    read_on = opened_on + timedelta(days=draws.between(2, 9))
    decided_on = read_on + timedelta(days=RECOVERY + draws.between(0, 40))
    refused_at_once = draws.chance(REFUSED_AT_ONCE) and decision == NEGATIVE
    return (None, read_on) if refused_at_once else (read_on, decided_on)


def _two_readers(draws: Draws, officers: int) -> tuple[int, int]:
    """Return two readers of different agencies: officers of the two take turns in the list."""
    decider = draws.between(0, officers - 1)
    return decider, (decider + 1 + 2 * draws.between(0, officers // 2 - 1)) % officers


def _registered(draws: Draws, decision: str | None, decided_on: date, today: date) -> date | None:
    on = decided_on + timedelta(days=draws.between(0, 14))
    registered = draws.chance(REGISTERED_SHARE)
    return on if registered and decision == POSITIVE and on <= today else None


def settled(
    person: InventedPerson, decision: str | None
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Facts and groups asked in full once the authority has asked what was still unknown."""
    facts = dict(person.facts)
    none_of = person.none_of
    if decision == POSITIVE:
        _make_out(facts, "act.", USUAL_ACT)
        if person.true_age >= 18 or (person.age or 18) >= 18:
            _make_out(facts, "means.", USUAL_MEANS)
        facts[person.exploitation or USUAL_PURPOSE] = "yes"
    elif decision == NEGATIVE:
        facts |= {code: "no" for code in facts if code.startswith("purpose.")}
        none_of = tuple(sorted({*none_of, "purpose"}))
    return MappingProxyType(facts), none_of


def _make_out(facts: dict[str, str], group: str, usual: str) -> None:
    """Let one fact of the group be yes: the one unknown till now, or else the usual one."""
    known = {code: v for code, v in facts.items() if code.startswith(group) and code not in ASIDE}
    if "yes" not in known.values():
        unknown = (code for code, value in known.items() if value == "unknown")
        facts[next(unknown, usual)] = "yes"
