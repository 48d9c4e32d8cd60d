"""Which services suit, and how fresh what we know of them is. Nothing here changes anything."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mekhala.pathway.directory.fitting import Found, match
from mekhala.pathway.directory.models import (
    Hold,
    Inspection,
    InspectionFinding,
    ProviderRegistration,
    Restriction,
    Service,
)
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.offers import COLUMNS, Offer
from mekhala.safeguards.agencies.models import Agency

FRESH = timedelta(days=14)  # older entries are not shown: they send people to closed doors
ASK_AFTER = timedelta(days=7)  # so long after the last word a provider is asked for a new one
AT_ONCE = 100  # rows read at once: more would be kept alive, and pauses to collect them long
MISSING = Q(met__in=["partly", "not_met"], mended_on=None)


@dataclass(frozen=True, kw_only=True)
class NotShown:
    """How many entries for a need are left out, and why."""

    stale: int
    planned: int


def as_now(found: QuerySet[Service], *, now: datetime) -> QuerySet[Service]:
    """Return services with ``overdue_held`` and ``restricted`` as they are at ``now``.

    Places whose hold is over by the clock are free, whether a job has taken note or not.
    """
    over = (
        Hold.objects.filter(service=OuterRef("pk"), until__lte=now)
        .order_by().values("service").annotate(n=Sum("places")).values("n")
    )  # fmt: skip
    limits = Restriction.objects.filter(service=OuterRef("pk"), lifted_at=None).order_by("id")
    return found.annotate(
        overdue_held=Coalesce(Subquery(over), 0),
        restricted=ArraySubquery(limits.values("leaves_out")),
    )


def offered(*, now: datetime, need: str = "", province_code: str = "") -> QuerySet[Service]:
    """Return open services confirmed within 14 days; planned ones are never capacity."""
    return as_now(_shown(now=now, need=need, province_code=province_code), now=now)


def offers(*, now: datetime, need: str = "") -> Iterator[Offer]:
    """Yield the same services as the match reads them, in three statements however many."""
    over = Hold.objects.filter(until__lte=now).order_by().values_list("service")
    overdue = dict(over.annotate(n=Sum("places")))
    limits: dict[int, list[str]] = defaultdict(list)
    in_force = Restriction.objects.filter(lifted_at=None).order_by("id")
    for service, kind in in_force.values_list("service", "leaves_out"):
        limits[service].append(kind)
    shown = _shown(now=now, need=need).order_by().values_list(*COLUMNS)
    for row in shown.iterator(chunk_size=AT_ONCE):
        yield Offer._make((*row, overdue.get(row[0], 0), limits.get(row[0], ())))


def _shown(*, now: datetime, need: str, province_code: str = "") -> QuerySet[Service]:
    found = Service.objects.select_related("agency").filter(
        is_open=True, confirmed_at__gt=now - FRESH, agency__is_active=True
    )
    found = found.filter(need=need) if need else found
    return found.filter(province_code=province_code) if province_code else found


def not_shown(*, now: datetime, need: str = "", province_code: str = "") -> NotShown:
    """Count what ``offered`` leaves out."""
    found = Service.objects.filter(agency__is_active=True)
    found = found.filter(need=need) if need else found
    found = found.filter(province_code=province_code) if province_code else found
    kept = list(found.values_list("is_open", "confirmed_at"))
    return NotShown(
        stale=sum(1 for is_open, at in kept if is_open and at <= now - FRESH),
        planned=sum(1 for is_open, _at in kept if not is_open),
    )


def suitable(need: str, needs: Needs, *, now: datetime, most: int | None = None) -> Found:
    """Judge every offered service for ``need``; list suitable and near ones first, with reasons.

    Of those that suit and those that do not ``most`` are listed; without it, all. What is not
    known never rules a service out. Nothing about the person's worth or story enters.
    """
    return match(needs, offers(now=now, need=need), most=most)


def run_by(agency: Agency) -> QuerySet[Service]:
    """Return the services of one agency, planned and stale ones too."""
    return Service.objects.filter(agency=agency)


def to_confirm(agency_id: int, *, now: datetime) -> QuerySet[Service]:
    """Return what a provider has not confirmed for seven days, the oldest first."""
    found = Service.objects.filter(agency=agency_id, is_open=True)
    return found.filter(confirmed_at__lte=now - ASK_AFTER).order_by("confirmed_at", "id")


def gone_quiet(*, now: datetime) -> QuerySet[Service]:
    """Return the services whose provider is to be asked: quiet for a week, and not asked since."""
    found = Service.objects.filter(
        is_open=True, agency__is_active=True, confirmed_at__lte=now - ASK_AFTER
    )
    asked = Q(asked_to_confirm_at=None) | Q(asked_to_confirm_at__lte=F("confirmed_at"))
    return found.filter(asked | Q(asked_to_confirm_at__lte=now - FRESH)).order_by("id")


def registrations(agencies: Iterable[int]) -> dict[int, ProviderRegistration]:
    """Return the registration of each of these agencies that has one."""
    return ProviderRegistration.objects.filter(agency__in=agencies).in_bulk(field_name="agency_id")


def inspections(service: Service) -> QuerySet[Inspection]:
    """Return the inspections of a service with their findings, newest first."""
    found = Inspection.objects.filter(service=service).select_related("by__agency")
    return found.prefetch_related("findings")


def restrictions(service: Service) -> QuerySet[Restriction]:
    """Return what is in force on a service."""
    return Restriction.objects.filter(service=service, lifted_at=None)


def missing(agency_id: int) -> QuerySet[InspectionFinding]:
    """Return what inspections found missing at an agency and nobody has seen mended."""
    found = InspectionFinding.objects.filter(MISSING, inspection__service__agency=agency_id)
    return found.select_related("inspection__service").filter(due_on__isnull=False)


def overdue(*, today: date) -> QuerySet[InspectionFinding]:
    """Return what should be mended by now and was not seen mended, the longest overdue first."""
    found = InspectionFinding.objects.filter(MISSING, due_on__lt=today)
    return found.select_related("inspection__service__agency").order_by("due_on", "id")
