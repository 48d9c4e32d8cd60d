"""Who may add forms, and who sends and reads answers. Refuses, changes nothing."""

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

ADD = {Role.ADMINISTRATOR, Role.AUTHORITY}
MEET_PEOPLE = {Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER}


def may_add_version(officer: Officer) -> bool:
    """Answer whether the officer may add forms: administrators and the competent authority."""
    return officer.role in ADD


def check_may_add_version(officer: Officer) -> None:
    """Refuse officers who may not add forms."""
    if not may_add_version(officer):
        raise NotYourRole


def may_answer(officer: Officer) -> bool:
    """Answer whether the officer sends and reads answers: those who meet people, nobody else."""
    return officer.role in MEET_PEOPLE


def check_may_answer(officer: Officer) -> None:
    """Refuse officers who meet nobody in their work."""
    if not may_answer(officer):
        raise NotYourRole
