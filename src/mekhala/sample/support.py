"""Help for each person: what is asked of whom, what is answered, what stays unmet, the plan.

Help does not wait for a decision: whoever may be a victim is referred from the first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from .draws import Draws, Weighted
from .encounters import Encounter
from .people import InventedPerson
from .services import Service, takes

NEEDS = {
    "shelter": 0.45,
    "clinic": 0.45,
    "counselling": 0.5,
    "legal_aid": 0.4,
    "training": 0.35,
    "family_support": 0.4,
    "return_home": 0.0,  # set by the nationality
    "interpreting": 0.0,  # set by the language
}
URGENT_NEED = {"safe_place": "shelter", "medical": "clinic", "interpreter": "interpreting"}
ACCEPTED, DECLINED, PERSON_DECLINED, AWAITING = (
    "accepted",
    "declined",
    "person_declined",
    "awaiting",
)
ANSWERS = Weighted({ACCEPTED: 72, DECLINED: 20, PERSON_DECLINED: 8})
FULL_DECLINES = 0.6
REASONS = ("no_places", "cannot_keep_safe", "no_interpreter", "too_far", "outside_mandate")
PERSON_REASONS = ("wants_to_go_home", "does_not_trust_it", "has_other_help", "did_not_say")
NOBODY_TAKES, ALL_DECLINED = "no_service_takes_this_person", "all_asked_declined"
TRIES = 2
STAGES = ("pre_integration", "integration", "progress_monitoring", "closed")
CLOSED_BECAUSE = ("goals_reached", "moved_away", "person_asked", "contact_lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One agency asked for one service; ``answered_on`` and ``reason`` are None while awaited."""

    need: str
    service_code: str
    agency_code: str  # the receiving agency
    asked_on: date
    answer: str  # accepted | declined | person_declined | awaiting
    answered_on: date | None
    reason: str | None  # for declined and person_declined


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetNeed:
    """A need that nobody met, and why."""

    need: str
    why: str  # no_service_takes_this_person | all_asked_declined
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The support plan; its stages are those of the ministry's casework forms of 2022."""

    agency_code: str
    started_on: date
    goals: tuple[str, ...]
    stage: str  # pre_integration | integration | progress_monitoring | closed
    next_review_on: date | None
    closed_on: date | None
    closed_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All help for one person: needs, the agencies asked, what stays unmet, the plan."""

    needs: tuple[str, ...]
    referrals: tuple[Referral, ...]
    unmet: tuple[UnmetNeed, ...]
    plan: Plan | None


def support(
    draws: Draws,
    person: InventedPerson,
    met: Encounter,
    services: Sequence[Service],
    *,
    today: date,
) -> Support:
    """Refer the person for each need; ask a second service where the first declines."""
    fits = partial(takes, person=person, province_code=met.province_code)
    needs = _needs(draws, person, met)
    referrals: list[Referral] = []
    unmet: list[UnmetNeed] = []
    for need in needs:
        fitting = [each for each in services if each.kind == need and fits(each)]
        asked = _ask(draws, need, fitting, since=met.met_on, today=today)
        referrals += asked
        if not any(each.answer != DECLINED for each in asked):
            since = asked[-1].answered_on if asked else met.met_on
            why = ALL_DECLINED if asked else NOBODY_TAKES
            unmet.append(UnmetNeed(need=need, why=why, since=since or met.met_on))
    return Support(
        needs=needs,
        referrals=tuple(referrals),
        unmet=tuple(unmet),
        plan=_plan(draws, referrals, today),
    )


def _needs(draws: Draws, person: InventedPerson, met: Encounter) -> tuple[str, ...]:
    chances = {
        **NEEDS,
        "return_home": 0.0 if person.nationality == "KHM" else 0.6,
        "interpreting": 0.0 if person.language == "km" else 0.3,
    }
    urgent = {URGENT_NEED[need] for need in met.urgent_needs if need in URGENT_NEED}
    return tuple(need for need, chance in chances.items() if draws.chance(chance) or need in urgent)


def _ask(
    draws: Draws, need: str, fitting: list[Service], *, since: date, today: date
) -> list[Referral]:
    """Ask up to two fitting services in turn, until one does not decline."""
    asked: list[Referral] = []
    on = since + timedelta(days=draws.between(0, 3))
    while fitting and len(asked) < TRIES and on <= today:
        service = fitting.pop(draws.between(0, len(fitting) - 1))
        asked.append(_referral(draws, need, service, on, today))
        answered_on = asked[-1].answered_on
        if asked[-1].answer != DECLINED or answered_on is None:
            break
        on = answered_on + timedelta(days=1)
    return asked


def _referral(draws: Draws, need: str, service: Service, on: date, today: date) -> Referral:
    answer = draws.of(ANSWERS)
    full = service.places_free == 0 and draws.chance(FULL_DECLINES)
    answered_on = on + timedelta(days=draws.between(0, 6))
    if full:
        answer = DECLINED
    if answered_on > today:
        answer = AWAITING
    return Referral(
        need=need,
        service_code=service.code,
        agency_code=service.agency_code,
        asked_on=on,
        answer=answer,
        answered_on=None if answer == AWAITING else answered_on,
        reason=_reason(draws, answer, full=full),
    )


def _reason(draws: Draws, answer: str, *, full: bool) -> str | None:
    if answer == DECLINED:
        return REASONS[0] if full else draws.pick(REASONS)
    return draws.pick(PERSON_REASONS) if answer == PERSON_DECLINED else None


def _plan(draws: Draws, referrals: Sequence[Referral], today: date) -> Plan | None:
    """The plan of the first agency that said yes; None where nobody has."""
    accepted = [each for each in referrals if each.answer == ACCEPTED and each.answered_on]
    if not accepted:
        return None
    started_on = min(each.answered_on for each in accepted if each.answered_on)
    ends_on = started_on + timedelta(days=draws.between(60, 900))
    closed = ends_on <= today
    because = draws.pick(CLOSED_BECAUSE)
    return Plan(
        agency_code=accepted[0].agency_code,
        started_on=started_on,
        goals=tuple(each.need for each in accepted),
        stage=STAGES[-1] if closed else _stage(started_on, ends_on, today),
        next_review_on=None if closed else today + timedelta(days=draws.between(1, 90)),
        closed_on=ends_on if closed else None,
        closed_because=because if closed else None,
    )


def _stage(started_on: date, ends_on: date, today: date) -> str:
    gone = (today - started_on).days / (ends_on - started_on).days
    return STAGES[min(2, int(gone * 3))]
