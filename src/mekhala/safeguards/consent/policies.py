"""Who records what a person says yes or no to, and which answers may be kept.

Who helps that person records, never who gains by a yes. No answer is worth more than the way it
was asked for: what contradicts itself is refused, a yes taken before others stands and is asked
for again (``queries.to_ask_again``).
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.errors import (
    BestInterestMissing,
    EndsBeforeItBegins,
    GainsByTheYes,
    GuardianNotAsked,
    LanguageMissing,
    NoGuardianOfAdult,
    NotAlone,
    NotYourStop,
)
from mekhala.safeguards.consent.models import Answer, Manner, Present, Speaker, Stop

WHO_HEAR = frozenset({Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER})
HEARD_UNDER = frozenset(
    {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT}
)
TOLD_TO_STOP = {Purpose.JUSTICE: Role.JUSTICE}  # every other purpose: providers
USUAL_TIME = timedelta(days=183)  # half a year, then asked again; a shorter day may be named
STILL_ALONE = frozenset({Present.ALONE, Present.INTERPRETER})


def check_may_hear(by: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse roles that help nobody, and whoever the file is not open to for helping."""
    if by.role not in WHO_HEAR:
        raise NotYourRole
    if not access.purposes_for(by, case_number, now=now) & HEARD_UNDER:
        raise NotOpenToYou


def check_disinterested(by: Officer, *, recipient: str, answer: Answer) -> None:
    """Refuse a yes to a provider's own agency; a no is heard by everybody."""
    if answer == Answer.GIVEN and by.role == Role.PROVIDER and by.agency.code == recipient:
        raise GainsByTheYes


def check_speaker(
    said_by: Speaker | str, *, answer: Answer, is_adult: bool, best_interest: str,
    guardian_involved: bool | None,
) -> None:  # fmt: skip
    """Refuse somebody else's answer for an adult, and a yes of a guardian who may be involved.

    ``guardian_involved`` None is *not known*, and refused like *yes*: who may have sold a child
    does not say who is told of it. Their no is kept: it takes nothing from the child.
    """
    if said_by == Speaker.PERSON:
        return
    if is_adult:
        raise NoGuardianOfAdult
    if answer != Answer.GIVEN:
        return
    if said_by == Speaker.GUARDIAN and guardian_involved is not False:
        raise GuardianNotAsked
    if said_by == Speaker.APPOINTED and not best_interest:
        raise BestInterestMissing


def check_has_guardian(*, is_adult: bool) -> None:
    """Refuse to keep a guardian of a known adult."""
    if is_adult:
        raise NoGuardianOfAdult


def check_way_asked(*, present: Collection[str], manner: str, language: str) -> None:
    """Refuse "alone" with others there, and a thumbprint under what nobody explained."""
    if Present.ALONE in present and not set(present) <= STILL_ALONE:
        raise NotAlone
    if manner == Manner.THUMBPRINT and not language:
        raise LanguageMissing


def check_ends(until: datetime, *, at: datetime) -> None:
    """Refuse a yes that ends before it begins."""
    if until <= at:
        raise EndsBeforeItBegins


def was_alone(present: Collection[str], asked_alone: bool | None) -> bool | None:
    """Return whether the person was asked alone, from who was there if that is known."""
    if not present:
        return asked_alone
    alone = set(present) <= STILL_ALONE
    if asked_alone is not None and asked_alone != alone:
        raise NotAlone
    return alone


def check_may_confirm(by: Officer, stop: Stop) -> None:
    """Refuse whoever is not an officer whom this stop is for."""
    role = TOLD_TO_STOP.get(Purpose(stop.purpose), Role.PROVIDER)
    if by.agency.code != stop.recipient or by.role != role:
        raise NotYourStop
