"""Opening a file in an emergency, reviewing that, and suspending where nobody did."""

from datetime import datetime

from django.db import connection, transaction

from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.queries import watchers
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.emergency import errors
from mekhala.safeguards.emergency.models import Opening
from mekhala.safeguards.emergency.reasons import Reason
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind

LONG_ENOUGH = 30  # letters
REFUSALS: dict[str, type[ActRefused]] = {
    "role": errors.NotForYourRole, "words": errors.WordsTooShort, "twice": errors.TriedTwice,
    "overdue": errors.ReviewOverdue, "no_reviewer": errors.NobodyToReview,
}  # fmt: skip


@transaction.atomic
def open_file(number: str, *, reason: Reason, words: str, by: Officer, at: datetime) -> Opening:
    """Open one file to ``by`` for an hour and tell its holders and who reviews it.

    The database decides, keeps the try and tells (``emergency_open``). A number that opens
    nothing is a try too: it is kept and returned without ``until``. Raises ``ActRefused``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select answer, id from emergency_open(%s, %s, %s)", [number, reason.value, words]
        )
        answer, pk = cursor.fetchone()
    if answer in REFUSALS:
        raise REFUSALS[answer]
    if answer == "nothing":
        audit.record("emergency.tried", subject=by.username, by=by, at=at, reason=reason.value)
        return Opening.objects.get(pk=pk)
    opening = Opening.objects.get(pk=pk)
    audit.record("emergency.opened", subject=number, by=by, at=at, reason=reason.value,
                 parts=opening.parts, opening=pk, emergency=True)  # fmt: skip
    return opening


@transaction.atomic
def review(
    opening: Opening, *, justified: bool, words: str, by: Officer, at: datetime
) -> Opening:  # fmt: skip
    """Say whether an opening was justified. If not, the account is suspended and it is reported.

    Raises ``NotYoursToReview``, ``WordsTooShort``.
    """
    if len(words.strip()) < LONG_ENOUGH:
        raise errors.WordsTooShort
    with connection.cursor() as cursor:
        cursor.execute("select emergency_review(%s, %s, %s)", [opening.pk, justified, words])
        if not cursor.fetchone()[0]:
            raise errors.NotYoursToReview
    about = opening.officer
    audit.record("emergency.reviewed", subject=opening.file_number, by=by, at=at,
                 justified=justified, opening=opening.pk)  # fmt: skip
    if not justified:
        audit.record("access.account_closed", subject=about.username, by=by, at=at)
        notices.tell(
            watchers(about), Kind.BREAK_GLASS_NOT_JUSTIFIED, subject=about.username, by=by, at=at,
            opening=opening.pk,
        )  # fmt: skip
    opening.refresh_from_db()
    return opening


@transaction.atomic
def suspend_overdue(*, at: datetime) -> int:
    """Suspend the officers whose openings nobody reviewed in time; return how many. For the job."""
    with connection.cursor() as cursor:
        cursor.execute("select id, officer from emergency_suspend_overdue()")
        overdue = cursor.fetchall()
    for pk, officer in overdue:
        about = Officer.objects.get(pk=officer)
        audit.record("emergency.review_overdue", subject=about.username, by=None, at=at, opening=pk)
        notices.tell(
            [*watchers(about), about], Kind.BREAK_GLASS_OVERDUE, subject=about.username, by=None,
            at=at, opening=pk,
        )  # fmt: skip
    return len(overdue)
