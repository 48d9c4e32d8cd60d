"""Who asks to read dossiers, who lets them, who reads. Nothing here changes anything."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from mekhala.core.check_digit import is_right
from mekhala.population.dossiers import errors
from mekhala.population.dossiers.models import Access, State, Taken
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.access.queries import purposes_for
from mekhala.safeguards.agencies.models import AgencyKind

MOST_NAMED, MOST_FILES, LONGEST = 30, 3, timedelta(days=365)
PREFIX = "PR"
LET = frozenset({Role.JUSTICE})  # asks for the second signature, as supervisor
SIGN = frozenset({Role.AUTHORITY})
CONCERNED = frozenset({Role.STATISTICIAN}) | LET | SIGN


def may_ask(officer: Officer) -> bool:
    """Answer whether the officer may ask to read: a researcher has the role of a statistician."""
    return officer.role == Role.STATISTICIAN


def may_see(officer: Officer) -> bool:
    """Answer whether requests are any business of the officer's role."""
    return officer.role in CONCERNED


def check_may_ask(by: Officer) -> None:
    """Refuse every role but the one that works with numbers."""
    if not may_ask(by):
        raise NotYourRole


def check_request(
    named: Sequence[str], *, supervisor: Officer, until: datetime, approval: str,
    approved_on: date, by: Officer, at: datetime,
) -> None:  # fmt: skip
    """Refuse a request without an end, an approval, a supervisor elsewhere, or numbers."""
    if not 1 <= len(named) <= MOST_NAMED or not all(is_right(one, PREFIX) for one in named):
        raise errors.NotADossier
    if not at < until <= at + LONGEST + timedelta(days=1):
        raise errors.TooLong
    if approved_on > timezone.localdate(at) or not any(sign.isdigit() for sign in approval):
        raise errors.ApprovalUnclear
    if not may_supervise(supervisor, by):
        raise errors.NotASupervisor


def may_supervise(supervisor: Officer, by: Officer) -> bool:
    """Answer whether ``supervisor`` stands over what ``by`` reads: justice, in another agency."""
    fits = supervisor.role in LET and supervisor.agency.kind == AgencyKind.COURT
    return fits and supervisor.is_active and supervisor.agency_id != by.agency_id


def check_may_sign(access: Access, *, by: Officer, at: datetime) -> None:
    """Refuse to sign to all but the supervisor first, then the authority of a third agency."""
    if access.state(at) != State.ASKED:
        raise errors.NotOpenNow
    named = [one.dossier for one in access.named.all()]
    holds = all(Purpose.JUSTICE in purposes_for(by, number, now=at) for number in named)
    first = by.pk == access.supervisor_id and by.role in LET and holds
    second = by.role in SIGN and by.agency_id != access.agency_id
    if not (first or second):
        raise errors.NotYoursToSign


def check_may_read(access: Access, *, by: Officer, at: datetime) -> None:
    """Refuse all but who asked, and everybody once it has ended."""
    check_may_ask(by)
    if by.pk != access.asked_by_id or access.state(at) != State.OPEN:
        raise errors.NotOpenNow


def check_may_take(access: Access) -> None:
    """Refuse a file beyond the number that is handed out under one request."""
    if Taken.objects.filter(access=access).count() >= MOST_FILES:
        raise errors.EnoughFiles


def may_end(access: Access, *, by: Officer, at: datetime) -> bool:
    """Answer whether the officer may end it now: who reads, who supervises, the authority."""
    concerned = by.pk in (access.asked_by_id, access.supervisor_id) or by.role in SIGN
    return concerned and may_see(by) and access.state(at) != State.ENDED


def check_may_end(access: Access, *, by: Officer, at: datetime) -> None:
    """Refuse who has no part in it, and to end what has ended."""
    if not may_see(by):
        raise NotYourRole
    if not may_end(access, by=by, at=at):
        raise errors.AlreadyEnded
