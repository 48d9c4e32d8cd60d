"""Who keeps and reads visits: organisations, never police, border or courts."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from mekhala.core.vocabulary.places import place
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.policies import KNOW_OF_ENCOUNTERS
from mekhala.pathway.visits import errors
from mekhala.pathway.visits.models import LET_IN
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind

# The migration holds the same lists at the rows.
VISITORS = frozenset({Role.FIRST_RESPONDER, Role.PROVIDER})
OF_KINDS = frozenset({AgencyKind.FIRST_RESPONDER, AgencyKind.PROVIDER})


def may_visit(officer: Officer) -> bool:
    """Answer whether this room is there for the officer: one of an organisation that goes out."""
    return officer.role in VISITORS and officer.agency.kind in OF_KINDS


def may_count(officer: Officer) -> bool:
    """Answer whether the counts are there for the officer."""
    return may_visit(officer) or officer.role == Role.STATISTICIAN


def check_may_visit(by: Officer) -> None:
    """Refuse every other role and agency."""
    if not may_visit(by):
        raise NotYourRole


def check_said(
    *, on: date, province: str, district: str, entry: str, seen: Mapping[str, bool | None],
    at: datetime,
) -> None:  # fmt: skip
    """Refuse a day to come, a district elsewhere, and something seen where nobody was let in."""
    if on > timezone.localdate(at):
        raise errors.DayToCome
    is_place = place(district) is not None and len(district) == 4 if district else True
    if not is_place or not district.startswith(province if district else "") or not place(province):
        raise errors.NoSuchPlace
    if entry not in LET_IN and any(answer is not None for answer in seen.values()):
        raise errors.SawFromOutside


def check_may_link(by: Officer, case: Case, *, at: datetime) -> None:
    """Refuse whoever does not meet people here, and for whom the case is not open as such."""
    check_may_visit(by)
    if not access.purposes_for(by, case.number, now=at) & KNOW_OF_ENCOUNTERS:
        raise NotOpenToYou
