"""Who was asked, and what waits. Nothing here changes anything."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from mekhala.pathway.directory.fitting import Fit
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import Referral, ReferralStatus, UnmetNeed, UnmetReason
from mekhala.safeguards.access.models import Officer


def of_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of one case, newest first."""
    return Referral.objects.filter(case=case).select_related("service__agency", "asked_by")


def asked_of(officer: Officer) -> QuerySet[Referral]:
    """Return what the officer's agency is asked and has not answered, soonest to lapse first."""
    found = Referral.objects.filter(
        service__agency_id=officer.agency_id, status=ReferralStatus.ASKED
    )
    return found.select_related("service").order_by("hold_until", "id")


def of_agency(officer: Officer) -> QuerySet[Referral]:
    """Return every referral the officer's agency was asked, answered or not."""
    return Referral.objects.filter(service__agency_id=officer.agency_id).select_related(
        "service__agency"
    )


def staying(officer: Officer) -> QuerySet[Referral]:
    """Return the referrals the officer's agency accepted and has not ended."""
    return of_agency(officer).filter(status=ReferralStatus.ACCEPTED).order_by("answered_at", "id")


def unanswered(officer: Officer, *, now: datetime) -> QuerySet[Referral]:
    """Return what the officer asked and nobody answered: still held, or lapsed, soonest first."""
    return (
        Referral.objects.filter(
            asked_by=officer, status__in=[ReferralStatus.ASKED, ReferralStatus.EXPIRED],
            asked_at__lte=now,
        )
        .select_related("service")
        .order_by("hold_until", "id")
    )  # fmt: skip


def why_unmet(fits: Iterable[Fit]) -> UnmetReason:
    """Return why none helps: those who would take the person are full, or nobody would."""
    would = [f for f in fits if f.takes is not False]
    return UnmetReason.ALL_FULL if would else UnmetReason.NOBODY_TAKES


def unmet_needs() -> QuerySet[UnmetNeed]:
    """Return the needs nobody met, newest first; they name no case."""
    return UnmetNeed.objects.all()
