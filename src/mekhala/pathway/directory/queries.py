"""Which services suit, and how fresh what we know of them is. Nothing here changes anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from mekhala.pathway.directory.fitting import Fit, fit, in_order
from mekhala.pathway.directory.models import Service
from mekhala.safeguards.agencies.models import Agency

FRESH = timedelta(days=14)  # older entries are not shown: they send people to closed doors


@dataclass(frozen=True, kw_only=True)
class NotShown:
    """How many entries for a need are left out, and why."""

    stale: int
    planned: int


def offered(*, now: datetime, need: str = "", province_code: str = "") -> QuerySet[Service]:
    """Return open services confirmed within 14 days; planned ones are never capacity."""
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


def suitable(
    *, need: str, sex: str, age: int | None, language: str, province_code: str, now: datetime
) -> list[Fit]:
    """Return every offered service for ``need``, suitable and near ones first, with reasons.

    Unknown is ``"unknown"`` for sex, None for age, "" for language and province: it never
    rules a service out. Nothing about the person's worth or story enters.
    """
    return in_order(
        fit(service, sex=sex, age=age, language=language, province_code=province_code)
        for service in offered(now=now, need=need)
    )


def run_by(agency: Agency) -> QuerySet[Service]:
    """Return the services of one agency, planned and stale ones too."""
    return Service.objects.filter(agency=agency)
