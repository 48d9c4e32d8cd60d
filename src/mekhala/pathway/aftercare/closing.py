"""Closing a case once nothing is left to do for it, or although something is."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from mekhala.pathway.aftercare.errors import NotFinished, StayOpen
from mekhala.pathway.encounter import closing
from mekhala.pathway.encounter.models import Case, StillOpen
from mekhala.safeguards.access.models import Officer


def still_open(case: Case) -> list[StillOpen]:
    """Return what of a case is not finished, whether or not the officer may see it."""
    with connection.cursor() as cursor:
        cursor.execute("select aftercare_still_open(%s)", [case.number])
        return [StillOpen(code) for code in cursor.fetchone()[0]]


@transaction.atomic
def close_case(
    case: Case, *, because: str, by: Officer, at: datetime, despite: Collection[str] = ()
) -> Case:
    """Close a case for a reason (code of ``ClosingReason``).

    Refused (``NotFinished``) while a question, a request to a service or a day to look in is
    open, unless each of them is named in ``despite``; which they were is kept. Refused
    (``StayOpen``) while the person stays in a house, whatever is named: a case that is over has
    nobody who asks whether she or he still wants to stay.
    """
    closing.check_may_close(case, by, at=at)
    found = still_open(case)
    if StillOpen.STAY in found:
        raise StayOpen
    missing = [one for one in found if one.value not in despite]
    if missing:
        raise NotFinished(missing)
    return closing.close(case, because=because, despite=found, by=by, at=at)
