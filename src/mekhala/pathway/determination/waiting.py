"""Which files wait, for whom and for what: the work lists of the authority, one query each."""

from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from mekhala.core.calendar.stages import first_day_still_open
from mekhala.pathway.determination import clock
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    FactRequest,
    Reading,
    Recusal,
    TraffickingStatus,
)
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.models import Officer


def files_to_read(officer: Officer, *, at: datetime) -> QuerySet[DeterminationFile]:
    """Return the open files this officer may read now, the first due first.

    Not those of a person the officer screened, has a tie to or has read this question about;
    not those that are paused, wait for facts, or whose time to recover still runs. Row security
    leaves the files open to the acting officer, who must be ``officer``.
    """
    waiting = FactRequest.objects.filter(file=OuterRef("pk"), ended_at=None)
    return (
        open_to_read(officer)
        .filter(~Exists(waiting), paused_at=None)
        .exclude(not_before__gt=clock.today_of(at))
    )


def open_to_read(officer: Officer) -> QuerySet[DeterminationFile]:
    """Return the open files ``officer`` may read with a free mind, now or once they wait no more.

    A stage is asked again only to look at its decision anew: who read it does not read it again.
    """
    read = Reading.objects.filter(
        reader=officer, file__case=OuterRef("case"), file__stage=OuterRef("stage")
    )
    screened = Screening.objects.filter(screened_by=officer, case=OuterRef("case"))
    tied = Recusal.objects.filter(officer=officer, case=OuterRef("case"))
    return (
        DeterminationFile.objects.filter(closed_at=None)
        .exclude(screened_by=officer)
        .filter(~Exists(read), ~Exists(screened), ~Exists(tied))
        .order_by("due_on", "id")
    )


def files_for_a_further_reader(officer: Officer, *, at: datetime) -> QuerySet[DeterminationFile]:
    """Return what this officer may read now and two others have read without settling it.

    Which way they read is not told: two may differ, or be of one agency where two are needed.
    """
    reads = Reading.objects.filter(file=OuterRef("pk")).order_by().values("file")
    times = reads.annotate(n=Count("pk")).values("n")
    return files_to_read(officer, at=at).annotate(times=Subquery(times)).filter(times__gte=2)


def decisions_to_ask_again(*, today: date) -> QuerySet[Decision]:
    """Return the negative decisions that stand and may still be asked again in time, oldest first.

    Not those that are looked at again already.
    """
    asked = DeterminationFile.objects.filter(asks_again=OuterRef("pk"))
    first = timezone.make_aware(datetime.combine(first_day_still_open(today), time.min))
    return Decision.objects.filter(
        ~Exists(asked), status=TraffickingStatus.NOT_ESTABLISHED, replaced_by=None,
        decided_at__gte=first,
    ).order_by("decided_at", "id")  # fmt: skip


def files_waiting_for_facts() -> QuerySet[DeterminationFile]:
    """Return the open files in which a fact is asked for, the longest waiting first."""
    waiting = FactRequest.objects.filter(file=OuterRef("pk"), ended_at=None)
    oldest = waiting.order_by("asked_at").values("asked_at")[:1]
    return (
        DeterminationFile.objects.filter(Exists(waiting), closed_at=None)
        .annotate(asked_at=Subquery(oldest))
        .order_by("asked_at", "id")
    )


def files_recovering(*, today: date) -> QuerySet[DeterminationFile]:
    """Return the open files whose time to recover still runs, the first to end first."""
    return DeterminationFile.objects.filter(closed_at=None, not_before__gt=today).order_by(
        "not_before", "id"
    )


def files_paused() -> QuerySet[DeterminationFile]:
    """Return the open files whose clock stands still, the longest first."""
    return (
        DeterminationFile.objects.filter(closed_at=None)
        .exclude(paused_at=None)
        .order_by("paused_at", "id")
    )


def files_overdue(*, today: date) -> QuerySet[DeterminationFile]:
    """Return the open files that should have been decided before ``today``, oldest first.

    Paused files are left out: waiting for a reason on record is not delay.
    """
    return DeterminationFile.objects.filter(
        closed_at=None, paused_at=None, due_on__lt=today
    ).order_by("due_on", "id")


def files_asked_again(officer: Officer) -> QuerySet[DeterminationFile]:
    """Return the open reconsiderations this officer may read."""
    return open_to_read(officer).exclude(asks_again=None)


def requests_to(officer: Officer) -> QuerySet[FactRequest]:
    """Return what the authority returned to this officer for an answer, the oldest first."""
    return FactRequest.objects.filter(asked_of=officer, ended_at=None).select_related("file")
