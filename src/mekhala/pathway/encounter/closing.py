"""Closing a case, opening it again while nothing is erased, and telling of those left lying.

What later rooms have still open is asked in ``aftercare.closing``, which calls this.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.errors import ClosedMeanwhile, ErasedForGood, NotClosed
from mekhala.pathway.encounter.models import Case, ClosingReason
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices.kinds import Kind as Told
from mekhala.safeguards.notices.services import tell

QUIET = timedelta(days=183)  # half a year, as long as a yes stands


@transaction.atomic
def tell_of_quiet(*, at: datetime) -> int:
    """Tell who may close them of open cases nobody did anything in for half a year; how many.

    For the daily job, which acts for nobody. Where nobody may close one, administrators are told,
    who can let a registrar in. A case is told of again after another half year.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, officer from encounter_take_quiet(make_interval(days => %s))",
            [QUIET.days],
        )
        found = cursor.fetchall()
    administrators = list(access.officers_of(Role.ADMINISTRATOR)) if found else []
    numbers = sorted({number for number, _officer in found})
    for number in numbers:
        ids = {officer for of, officer in found if of == number and officer}
        holders = list(Officer.objects.filter(pk__in=ids))
        tell(holders or administrators, Told.QUIET_CASE, subject=number, by=None, at=at)
    return len(numbers)


def check_may_close(case: Case, by: Officer, *, at: datetime) -> None:
    """Refuse all but registrars who hold the case and the worker who opened it."""
    purposes = access.purposes_for(by, case.number, now=at)
    if not purposes:
        raise NotOpenToYou
    leads = case.opened_by_id == by.pk and Purpose.FIRST_CONTACT in purposes
    if not (leads or (by.role == Role.REGISTRAR and Purpose.REGISTRATION in purposes)):
        raise NotYourRole


def may_close(case: Case, by: Officer, *, at: datetime) -> bool:
    """Return whether ``by`` may close this case, or open it again."""
    try:
        check_may_close(case, by, at=at)
    except ActRefused:
        return False
    return True


@transaction.atomic
def close(case: Case, *, because: str, despite: Sequence[str], by: Officer, at: datetime) -> Case:
    """Close a case; ``despite`` names, by code, what is not finished.

    From now on the time runs until the case is erased, and what others than registrars hold open
    of it ends after thirty days. Raises ``ActRefused``, ``WrongInput`` for an unknown reason.
    """
    check_may_close(case, by, at=at)
    if because not in ClosingReason.values:
        raise WrongInput(f"because: {because[:40]!r} is no reason; expected one of "
                         f"{', '.join(ClosingReason.values)}.")  # fmt: skip
    closed = Case.objects.filter(number=case.number, closed_at=None).update(
        closed_at=at, closed_by=by, closed_because=because, closed_despite=list(despite)
    )
    if not closed:
        raise ClosedMeanwhile
    audit.record("encounter.closed", subject=case.number, by=by, at=at, because=because,
                 despite=list(despite))  # fmt: skip
    case.refresh_from_db()
    return case


@transaction.atomic
def reopen(case: Case, *, by: Officer, at: datetime) -> Case:
    """Open a closed case again: no time runs any more. To whom else it was open, it is opened anew.

    Raises ``NotClosed``, ``ErasedForGood`` once nothing of the person is left, ``ActRefused``.
    """
    check_may_close(case, by, at=at)
    now = Case.objects.select_for_update().get(number=case.number)
    if now.erased_at is not None:
        raise ErasedForGood
    if now.closed_at is None:
        raise NotClosed
    Case.objects.filter(number=case.number).update(
        closed_at=None, closed_by=None, closed_because="", closed_despite=[]
    )
    audit.record("encounter.reopened", subject=case.number, by=by, at=at)
    case.refresh_from_db()
    return case
