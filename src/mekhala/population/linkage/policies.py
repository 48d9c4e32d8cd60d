"""Who may count people: the statisticians of the national committee, and nobody else."""

from datetime import datetime
from typing import Any

from mekhala.population.linkage.errors import NamesNotAgreed, NotYourRole
from mekhala.safeguards.access.purposes import FieldClass, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements import queries as agreements
from mekhala.safeguards.agreements.errors import NoAgreement

SAFE_TO_LEAVE = 1000  # people on a list; a smaller overlap table does not leave the system


def may_count(officer: Any) -> bool:
    """Return whether the officer works with numbers of people."""
    return officer is not None and officer.role == Role.STATISTICIAN


def check_may_count(officer: Any) -> None:
    """Refuse any officer who is not a statistician."""
    if not may_count(officer):
        raise NotYourRole


def check_agreed(source: str, *, by: Any, now: datetime) -> None:
    """Refuse another agency's list without an agreement in force that names it (R-22).

    A list is an agency's if it carries its code, or if an agreement ever named it. One that
    belongs to no agency is the committee's own, such as the list of a survey.
    """
    if by.agency.code == source or agreements.is_list_fed(source, now=now):
        return
    if agreements.is_list_known(source) or Agency.objects.filter(code=source).exists():
        raise NoAgreement


def check_names_agreed(source: str, *, by: Any, now: datetime) -> None:
    """Refuse another agency's records with names where the agreement lets it send none.

    The agreement has to name ``identity`` among what is handed over; without it the agency
    sends tokens. The committee's own lists need none.
    """
    check_agreed(source, by=by, now=now)
    if by.agency.code == source or not agreements.is_list_fed(source, now=now):
        return
    if FieldClass.IDENTITY not in agreements.elements_fed(source, now=now):
        raise NamesNotAgreed


def may_leave(people: int) -> bool:
    """Return whether an overlap table of so many people may be handed out.

    Below 1,000 people a table of overlaps can single people out: only estimates with their
    interval leave (UNODC's and our own rule for multiple systems estimation).
    """
    return people >= SAFE_TO_LEAVE
