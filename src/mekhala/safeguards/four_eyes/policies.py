"""Who may ask for a second signature, and who may give it."""

from datetime import datetime

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes import errors
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.four_eyes.models import Answer, SecondSignature

LEAST = 10  # characters of a reason


def check_may_ask(kind: Kind, *, by: Officer, because: str, device: str) -> None:
    """Refuse a role that does not do this act, a reason that says nothing, a browser unknown."""
    if by.role not in kind.ask_roles:
        raise NotYourRole
    check_says_why(because)
    check_device(device)


def check_says_why(because: str) -> None:
    """Refuse a reason of fewer than ten characters."""
    if len(because.strip()) < LEAST:
        raise errors.TooShort


def check_device(device: str) -> None:
    """Refuse a browser that cannot be told from another."""
    if not device:
        raise errors.NoDevice


def check_may_answer(signature: SecondSignature, *, by: Officer, at: datetime, device: str) -> None:
    """Refuse all but an officer of another agency, in a role that may, on another device."""
    check_waits(signature, at=at)
    check_two_people(signature, by)
    check_two_agencies(signature, by)
    if by.role not in signature.answer_roles:
        raise NotYourRole
    check_two_devices(signature, device)


def check_waits(signature: SecondSignature, *, at: datetime) -> None:
    """Refuse what was answered already and what nobody answered in time."""
    if signature.answer != Answer.WAITING:
        raise errors.AnsweredAlready
    if signature.has_lapsed(at):
        raise errors.Lapsed


def check_two_people(signature: SecondSignature, by: Officer) -> None:
    """Refuse who asked."""
    if signature.asked_by_id == by.pk:
        raise errors.SamePerson


def check_two_agencies(signature: SecondSignature, by: Officer) -> None:
    """Refuse the agency that asked."""
    if signature.asked_agency_id == by.agency_id:
        raise errors.SameAgency


def check_two_devices(signature: SecondSignature, device: str) -> None:
    """Refuse the browser it was asked in."""
    check_device(device)
    if signature.asked_device == device:
        raise errors.SameDevice
