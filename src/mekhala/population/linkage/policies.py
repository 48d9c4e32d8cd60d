"""Who may count people: the statisticians of the national committee, and nobody else."""

from typing import Any

from mekhala.population.linkage.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role

SAFE_TO_LEAVE = 1000  # people on a list; a smaller overlap table does not leave the system


def may_count(officer: Any) -> bool:
    """Return whether the officer works with numbers of people."""
    return officer is not None and officer.role == Role.STATISTICIAN


def check_may_count(officer: Any) -> None:
    """Refuse any officer who is not a statistician."""
    if not may_count(officer):
        raise NotYourRole


def may_leave(people: int) -> bool:
    """Return whether an overlap table of so many people may be handed out.

    Below 1,000 people a table of overlaps can single people out: only estimates with their
    interval leave (UNODC's and our own rule for multiple systems estimation).
    """
    return people >= SAFE_TO_LEAVE
