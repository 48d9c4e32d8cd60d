"""Who was asked, and what waits. Nothing here changes anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from mekhala.pathway.directory.fitting import Found
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.codes import Outcome
from mekhala.pathway.referral.models import (
    PlacementDecision,
    Referral,
    ReferralQuestion,
    ReferralStatus,
    UnmetNeed,
    UnmetReason,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

LAPSED_SHOWN = timedelta(days=14)


def of_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of one case, newest first."""
    found = Referral.objects.filter(case=case)
    decisions = PlacementDecision.objects.select_related("decided_by")
    return found.select_related("service__agency", "asked_by", "placement").prefetch_related(
        Prefetch("placement__decisions", decisions)
    )


def asked_of(officer: Officer) -> QuerySet[Referral]:
    """Return what the officer's agency is asked and has not answered, soonest to lapse first."""
    found = Referral.objects.filter(
        service__agency_id=officer.agency_id, status=ReferralStatus.ASKED
    )
    return found.select_related("service").order_by("hold_until", "id")


def of_agency(officer: Officer) -> QuerySet[Referral]:
    """Return every referral the officer's agency was asked, answered or not."""
    return Referral.objects.filter(service__agency_id=officer.agency_id).select_related(
        "service__agency", "placement"
    )


def staying(officer: Officer) -> QuerySet[Referral]:
    """Return the referrals the officer's agency accepted and has not ended."""
    return of_agency(officer).filter(status=ReferralStatus.ACCEPTED).order_by("answered_at", "id")


def unanswered(officer: Officer, *, now: datetime) -> QuerySet[Referral]:
    """Return what the officer asked and nobody answered, the soonest to lapse first.

    A lapsed request stays for 14 days, unless the same need was asked for again since. Places to
    which the ministry did not agree are among them, accepted or not; ``ministry`` says so.
    """
    again = Referral.objects.filter(
        case=OuterRef("case"), need=OuterRef("need"), asked_at__gt=OuterRef("asked_at")
    )
    lapsed = Q(status=ReferralStatus.EXPIRED, hold_until__gt=now - LAPSED_SHOWN) & ~Exists(again)
    latest = PlacementDecision.objects.filter(question__referral=OuterRef("pk"))
    found = Referral.objects.filter(asked_by=officer).annotate(
        ministry=Subquery(latest.values("outcome")[:1])
    )
    refused = Q(status=ReferralStatus.ACCEPTED, ministry=Outcome.NOT_AGREED)
    waits = found.filter(Q(status=ReferralStatus.ASKED) | lapsed | refused)
    return waits.select_related("service").order_by("hold_until", "id")


@dataclass(frozen=True, kw_only=True)
class Circle:
    """One need of one case, and how its circle stands.

    ``state``: closed (she or he has come), expected (accepted, not come yet), waits (asked),
    ended (the help is over), open (nobody took her or him, and nobody is asked).
    """

    need: str
    state: str
    latest: Referral


def circles(referrals: Iterable[Referral]) -> list[Circle]:
    """Return each need asked for, with whether its circle is closed; the open ones first."""
    ordered = sorted(referrals, key=lambda r: (r.need, r.asked_at, r.pk))
    found = [_circle([*of_need]) for _need, of_need in groupby(ordered, key=lambda r: r.need)]
    rank = ("open", "waits", "expected", "closed", "ended")
    return sorted(found, key=lambda c: (rank.index(c.state), c.need))


def _circle(referrals: list[Referral]) -> Circle:
    told = [(_state(referral), referral) for referral in reversed(referrals)]
    for state in ("closed", "expected", "waits"):
        for one, referral in told:
            if one == state:
                return Circle(need=referral.need, state=state, latest=referral)
    state, latest = told[0]
    return Circle(need=latest.need, state=state, latest=latest)


def _state(referral: Referral) -> str:
    status = referral.status
    if status == ReferralStatus.ACCEPTED:
        return "closed" if referral.arrived_at else "expected"
    if status == ReferralStatus.ASKED:
        return "waits"
    return "ended" if status == ReferralStatus.ENDED and referral.arrived_at else "open"


def questions_to(officer: Officer) -> QuerySet[ReferralQuestion]:
    """Return what services asked back of the officer and nobody has told them."""
    found = ReferralQuestion.objects.filter(
        told="", referral__status=ReferralStatus.ASKED, referral__asked_by=officer
    )
    return found.select_related("referral__service").order_by("asked_at", "id")


def questions_of(referrals: Iterable[Referral]) -> list[ReferralQuestion]:
    """Return what services asked back about these requests, the unanswered first."""
    asked = [r.pk for r in referrals if r.status == ReferralStatus.ASKED]
    found = ReferralQuestion.objects.filter(referral__in=asked).select_related("referral__service")
    return sorted(found, key=lambda q: (bool(q.told), q.asked_at, q.pk))


def accepted(case: Case, need: str) -> QuerySet[Referral]:
    """Return where the case was accepted for a need and is still."""
    return of_case(case).filter(status=ReferralStatus.ACCEPTED, need=need)


def without_account(referrals: Iterable[Referral]) -> set[int]:
    """Return which agencies of open requests have nobody who can sign in and answer."""
    asked = {r.service.agency_id for r in referrals if r.status == ReferralStatus.ASKED}
    if not asked:
        return set()
    signs_in = Officer.objects.filter(agency__in=asked, role=Role.PROVIDER, is_active=True)
    return asked - set(signs_in.values_list("agency", flat=True))


def why_unmet(found: Found) -> UnmetReason:
    """Return why none helps: those who would take the person are full, or nobody would."""
    return UnmetReason.ALL_FULL if found.would_take else UnmetReason.NOBODY_TAKES


def unmet_needs() -> QuerySet[UnmetNeed]:
    """Return the needs nobody met, newest first; they name no case."""
    return UnmetNeed.objects.all()
