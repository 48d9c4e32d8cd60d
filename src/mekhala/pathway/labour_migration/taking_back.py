"""Taking back a licence, a decision on an agency, or work of a worker that was entered in error."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.labour_migration import errors, policies, queries, services
from mekhala.pathway.labour_migration.models import (
    Deployment,
    Incident,
    Licence,
    Placement,
    Recruiter,
    Review,
)
from mekhala.pathway.labour_migration.models.taken_back import STANDS, MayBeTakenBack
from mekhala.pathway.labour_migration.words import Mistake, Rung, Source
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def take_back_licence(
    licence: Licence, because: Mistake | str, *, by: Officer, at: datetime
) -> Licence:
    """Take a licence back; its number may be given again. Months in which workers were sent and
    which it alone covered are noted as without one. Raises ``NotYourRole``, ``TakenBackAlready``.
    """
    policies.check_supervises(by)
    _take_back(licence, because, by=by, at=at)
    audit.record(
        "recruitment.licence_taken_back", subject=licence.recruiter.register_number, by=by, at=at,
        licence=licence.pk, because=str(because),
    )  # fmt: skip
    _note_uncovered(licence, by=by, at=at)
    return licence


@transaction.atomic
def take_back_decision(
    review: Review, because: Mistake | str, *, by: Officer, at: datetime
) -> Review:
    """Take back what was decided on an agency; return the review in which it is looked at again.

    Licences that ended by it run again. Raises ``NotYourRole``, ``NothingDecided``,
    ``NotImpartial``, ``TakenBackAlready``.
    """
    policies.check_may_take_back(by, review)
    kept = Recruiter.objects.select_for_update().get(pk=review.recruiter_id)
    _take_back(review, because, by=by, at=at)
    if review.decision == Rung.REMOVAL:
        _run_again(review)
    audit.record(
        "recruitment.decision_taken_back", subject=kept.register_number, by=by, at=at,
        review=review.pk, because=str(because),
    )  # fmt: skip
    if now_open := queries.open_review(kept):
        now_open.incidents.add(*review.incidents.all())
        return now_open
    return services.open_review(kept, by=by, at=at)


@transaction.atomic
def take_back_deployment(
    work: Deployment, because: Mistake | str, *, by: Officer, at: datetime
) -> Deployment:
    """Take back through whom a worker went where. Complaints that were put to it stay, with none.

    Raises ``NotYourRole``, ``NotOpenToYou``, ``TakenBackAlready``.
    """
    policies.check_may_act(by, work.worker, now=at)
    _take_back(work, because, by=by, at=at)
    audit.record(
        "departure.work_taken_back", subject=work.worker_id, by=by, at=at, deployment=work.pk,
        because=str(because),
    )  # fmt: skip
    return work


def _take_back(row: MayBeTakenBack, because: str, *, by: Officer, at: datetime) -> None:
    """Mark a row that still stands."""
    if because not in Mistake.values:
        raise WrongInput(f"because: {str(because)[:20]!r}; expected one of {Mistake.values}.")
    told = {"taken_back_at": at, "taken_back_by": by, "taken_back_because": str(because)}
    if not type(row)._default_manager.filter(STANDS, pk=row.pk).update(**told):
        raise errors.TakenBackAlready
    row.refresh_from_db(fields=list(told))


def _note_uncovered(licence: Licence, *, by: Officer, at: datetime) -> None:
    of_agency = {"recruiter_id": licence.recruiter_id}
    sent = Placement.objects.select_related("recruiter", "employer").filter(
        **of_agency, people__gt=0, month__gte=licence.valid_from.replace(day=1),
        month__lte=licence.valid_until,
    )  # fmt: skip
    noted = set(
        Incident.objects.filter(**of_agency, source=Source.RECORD).values_list("month", "country")
    )
    for one in sent.order_by("month", "pk"):
        known = (one.month, one.employer.country) in noted
        if not known and not queries.was_licensed_in(one.recruiter, one.month):
            services.note_unlicensed(one, by=by, at=at)


def _run_again(review: Review) -> None:
    """Let licences that ended by a decision run on, until another such decision that stands."""
    assert review.decided_at is not None
    ended = timezone.localdate(review.decided_at)
    others = Review.objects.filter(STANDS, recruiter=review.recruiter, decision=Rung.REMOVAL)
    days = sorted(timezone.localdate(at) for at in others.values_list("decided_at", flat=True))
    until = next((day for day in days if day >= ended), None)
    Licence.objects.filter(recruiter=review.recruiter, ended_on=ended).update(ended_on=until)
