"""Who may plan, enter and read surveys. Rows hold counts, so role and agency decide.

Statisticians plan and read every survey. Its days are entered by the agency that works it: by
its statisticians, and by its registrars and social workers at the posts. Only who enters a
survey reads a post's day with a count below ten. What first responders of that agency fill in at
the posts counts as well, form by form; it gives them nothing to read.
"""

from typing import TYPE_CHECKING

from mekhala.population.surveys.errors import NotYourRole, RoundClosed
from mekhala.population.surveys.models import Round, SamplingFrame
from mekhala.safeguards.access.purposes import Role

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

READERS = (Role.STATISTICIAN, Role.REGISTRAR)


def may_read(by: "Officer") -> bool:
    """Answer whether the role reads surveys: statisticians all, registrars their agency's."""
    return by.role in READERS


def may_plan(by: "Officer") -> bool:
    """Answer whether the officer makes frames and rounds: a statistician."""
    return by.role == Role.STATISTICIAN


def check_may_plan(by: "Officer") -> None:
    """Refuse every role but the statistician's."""
    if not may_plan(by):
        raise NotYourRole


def may_enter(by: "Officer", frame: SamplingFrame) -> bool:
    """Answer whether the officer enters, and so reads, the figures of each day."""
    return may_read(by) and by.agency_id == frame.worked_by_id


def check_may_enter(by: "Officer", frame: SamplingFrame) -> None:
    """Refuse who does not work this survey."""
    if not may_enter(by, frame):
        raise NotYourRole


def check_may_add(by: "Officer", frame: SamplingFrame, *, from_forms: bool) -> None:
    """Refuse who does not work this survey; ``from_forms``: filled forms count by themselves."""
    at_a_post = by.role == Role.FIRST_RESPONDER and by.agency_id == frame.worked_by_id
    if not (may_enter(by, frame) or (from_forms and at_a_post)):
        raise NotYourRole


def check_open(of: Round) -> None:
    """Refuse to add to a closed round."""
    if of.closed_at is not None:
        raise RoundClosed
