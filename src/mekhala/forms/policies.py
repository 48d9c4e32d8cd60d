"""Who may add forms, and who sends and reads answers. Refuses, changes nothing."""

from datetime import datetime

from mekhala.forms.errors import NotOfYourAgency
from mekhala.forms.models import Submission
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for

ADD = {Role.ADMINISTRATOR, Role.AUTHORITY}
TRAIN = {Role.ADMINISTRATOR, Role.AUTHORITY}
MEET_PEOPLE = {Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER}
LINKED_UNDER = {Purpose.FIRST_CONTACT, Purpose.DETERMINATION, Purpose.REGISTRATION}


def may_add_version(officer: Officer) -> bool:
    """Answer whether the officer may add forms: administrators and the competent authority."""
    return officer.role in ADD


def check_may_add_version(officer: Officer) -> None:
    """Refuse officers who may not add forms."""
    if not may_add_version(officer):
        raise NotYourRole


def may_record_adoption(officer: Officer) -> bool:
    """Answer whether the officer may say that the authority adopted a form: its own officers."""
    return officer.role == Role.AUTHORITY


def check_may_record_adoption(officer: Officer) -> None:
    """Refuse who does not speak for the authority."""
    if not may_record_adoption(officer):
        raise NotYourRole


def may_answer(officer: Officer) -> bool:
    """Answer whether the officer sends and reads answers: those who meet people, nobody else."""
    return officer.role in MEET_PEOPLE


def check_may_answer(officer: Officer) -> None:
    """Refuse officers who meet nobody in their work."""
    if not may_answer(officer):
        raise NotYourRole


def check_may_link(officer: Officer, case_number: str, *, now: datetime) -> None:
    """Refuse to put answers to a case that is not open to the officer."""
    check_may_answer(officer)
    if not purposes_for(officer, case_number, now=now) & LINKED_UNDER:
        raise NotOpenToYou


def may_train(officer: Officer) -> bool:
    """Answer whether the officer records trainings and reads practice: see ``check_may_train``."""
    return officer.role in TRAIN


def check_may_train(officer: Officer, about: Officer) -> None:
    """Refuse who records no trainings: administrators do for their agency, authorities for all."""
    if not may_train(officer):
        raise NotYourRole
    if officer.role == Role.ADMINISTRATOR and officer.agency_id != about.agency_id:
        raise NotOfYourAgency


def may_read_practice(officer: Officer, sent: Submission) -> bool:
    """Answer whether the officer filled this practice form or trains the one who did."""
    if sent.received_from_id == officer.pk:
        return True
    if officer.role == Role.ADMINISTRATOR:
        return officer.agency_id == sent.agency_id
    return officer.role == Role.AUTHORITY
