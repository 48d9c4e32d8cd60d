"""Who may record that they met somebody."""

from datetime import date, datetime

from mekhala.core.calendar import years
from mekhala.forms.errors import OnlyPractice
from mekhala.forms.models import Submission
from mekhala.pathway.encounter.errors import (
    AlreadyACase,
    BeforeTheMeeting,
    MetLater,
    MetLongAgo,
    NoGuardianOfAdult,
    PersonSaidNo,
)
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.encounter.queries import first_met_on, is_known_adult
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_MEET_PEOPLE = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR})
KNOW_OF_ENCOUNTERS = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION})
WHO_ASK_ABOUT_CONTACT = frozenset(
    {Role.FIRST_RESPONDER, Role.REGISTRAR, Role.AUTHORITY, Role.PROVIDER}
)
KNOW_SAFE_CONTACT = frozenset(
    {Purpose.FIRST_CONTACT, Purpose.REGISTRATION, Purpose.DETERMINATION, Purpose.SUPPORT}
)


def may_meet(by: Officer) -> bool:
    """Return whether officers in this role meet people: responders and social workers."""
    return by.role in WHO_MEET_PEOPLE


def check_may_open(by: Officer, *, consents: bool | None, met_at: datetime, at: datetime) -> None:
    """Refuse a role that meets nobody, a person who said no, and a meeting in the future."""
    if not may_meet(by):
        raise NotYourRole
    if consents is False:
        raise PersonSaidNo
    _check_met(met_at, at)


def check_may_add(by: Officer, case: Case, *, met_at: datetime, at: datetime) -> None:
    """Refuse whoever meets nobody, and for whom the case is not open as one who meets."""
    if not may_meet(by):
        raise NotYourRole
    if not access.purposes_for(by, case.number, now=at) & KNOW_OF_ENCOUNTERS:
        raise NotOpenToYou
    _check_met(met_at, at)


def check_may_record_safe_contact(
    by: Officer, case: Case, *, guardian_may_know: bool | None, at: datetime
) -> None:
    """Refuse who does not meet the person for help, and a guardian for a known adult."""
    if by.role not in WHO_ASK_ABOUT_CONTACT:
        raise NotYourRole
    if not access.purposes_for(by, case.number, now=at) & KNOW_SAFE_CONTACT:
        raise NotOpenToYou
    if guardian_may_know and is_known_adult(case):
        raise NoGuardianOfAdult


def check_unused(submission: Submission | None, *, case_number: str = "") -> None:
    """Refuse a form from which a case was opened before, or that is about another case."""
    if submission and submission.is_practice:
        raise OnlyPractice
    if submission and Encounter.objects.filter(submission=submission).exists():
        raise AlreadyACase
    if submission and submission.case_number not in ("", case_number):
        raise AlreadyACase


def _check_met(met_at: datetime, at: datetime) -> None:
    if not years.can_be_told(met_at):
        raise MetLongAgo
    if met_at > at:
        raise MetLater


def check_met_before(day: date, case_number: str) -> None:
    """Refuse a day before anybody met the person for what was agreed or done with her or him."""
    met_on = first_met_on(case_number)
    if met_on is not None and day < met_on:
        raise BeforeTheMeeting
