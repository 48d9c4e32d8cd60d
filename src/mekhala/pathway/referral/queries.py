"""Who was asked, and what waits. Nothing here changes anything."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from mekhala.pathway.directory.fitting import Fit
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import Referral, ReferralStatus, UnmetNeed, UnmetReason
from mekhala.safeguards.access.models import Officer

LAPSED_SHOWN = timedelta(days=14)


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
    """Return what the officer asked and nobody answered, the soonest to lapse first.

    A lapsed request stays for 14 days, unless the same need was asked for again since.
    """
    again = Referral.objects.filter(
        case=OuterRef("case"), need=OuterRef("need"), asked_at__gt=OuterRef("asked_at")
    )
    lapsed = Q(status=ReferralStatus.EXPIRED, hold_until__gt=now - LAPSED_SHOWN) & ~Exists(again)
    found = Referral.objects.filter(Q(status=ReferralStatus.ASKED) | lapsed, asked_by=officer)
    return found.select_related("service").order_by("hold_until", "id")


def why_unmet(fits: Iterable[Fit]) -> UnmetReason:
    """Return why none helps: those who would take the person are full, or nobody would."""
    would = [f for f in fits if f.takes is not False]
    return UnmetReason.ALL_FULL if would else UnmetReason.NOBODY_TAKES


def unmet_needs() -> QuerySet[UnmetNeed]:
    """Return the needs nobody met, newest first; they name no case."""
    return UnmetNeed.objects.all()
