"""Who may load and correct published figures. Reading them is open to every officer."""

from typing import TYPE_CHECKING

from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer


def may_load(by: "Officer") -> bool:
    """Answer whether the officer's role is statistician."""
    return by.role == Role.STATISTICIAN


def check_may_load(by: "Officer") -> None:
    """Refuse every role but the statistician's."""
    if not may_load(by):
        raise NotYourRole
