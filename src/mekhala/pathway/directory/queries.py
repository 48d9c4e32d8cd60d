"""Which services suit, and how fresh what we know of them is. Nothing here changes anything."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    DateField,
    F,
    OuterRef,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils.timezone import localdate

from mekhala.pathway.directory.fitting import Found, match
from mekhala.pathway.directory.models import (
    Closure,
    Hold,
    Inspection,
    InspectionFinding,
    Need,
    NightPlaces,
    ProviderRegistration,
    Restriction,
    Service,
)
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.nights import Fewer, Given, fewer_than, most_given
from mekhala.pathway.directory.offers import COLUMNS, Offer
from mekhala.safeguards.agencies.models import Agency

FRESH = timedelta(days=14)  # older entries are not shown: they send people to closed doors
ASK_AFTER = timedelta(days=7)  # so long after the last word a provider is asked for a new one
SAID = {name: name for name in ("first_on", "last_on", "weekdays", "places")}  # of nights
AT_ONCE = 100  # rows read at once: more would be kept alive, and pauses to collect them long
MISSING = Q(met__in=["partly", "not_met"], mended_on=None)


@dataclass(frozen=True, kw_only=True)
class NotShown:
    """How many entries for a need are left out, and why."""

    stale: int
    planned: int


def as_now(
    found: QuerySet[Service], *, now: datetime, night: date | None = None
) -> QuerySet[Service]:
    """Return services with ``overdue_held``, ``restricted`` and ``closed_until`` as at ``now``.

    Places whose hold is over by the clock are free, whether a job has taken note or not; those
    that ``night`` (none said: the night of ``now``) has not are none.
    """
    night = night or localdate(now)
    over = (
        Hold.objects.filter(service=OuterRef("pk"), until__lte=now)
        .order_by().values("service").annotate(n=Sum("places")).values("n")
    )  # fmt: skip
    limits = Restriction.objects.filter(service=OuterRef("pk"), lifted_at=None).order_by("id")
    return found.annotate(
        overdue_held=Coalesce(Subquery(over), 0),
        restricted=ArraySubquery(limits.values("leaves_out")),
        closed_until=Subquery(
            _closures(night).filter(service=OuterRef("pk")).values("last_on")[:1]
        ),
        night_asked=Value(night, DateField()),
        nights_to_come=ArraySubquery(
            _nights_from(night).filter(service=OuterRef("pk")).values(told=JSONObject(**SAID))
        ),
    )


def _nights_from(day: date) -> QuerySet[NightPlaces]:
    """Return the nights with other numbers that are not over on a day."""
    return NightPlaces.objects.filter(Q(last_on=None) | Q(last_on__gte=day)).order_by(
        "first_on", "id"
    )


def _by_night(night: date) -> tuple[dict[int, date], dict[int, list[Fewer]]]:
    """Return the last day closed of services closed over a night, and the nights with less room.

    One statement for both; a closure is a row without places.
    """
    none = Value(None, PositiveIntegerField())
    shut = (
        _closures(night)
        .order_by()
        .annotate(
            weekdays=Value([], ArrayField(PositiveSmallIntegerField())), places=none, usual=none
        )
    )
    said = _nights_from(night).order_by().annotate(usual=F("service__places_total"))
    columns = ("service", "first_on", "last_on", "weekdays", "places", "usual")
    closed: dict[int, date] = {}
    fewer: dict[int, list[Fewer]] = defaultdict(list)
    rows = shut.values_list(*columns).union(said.values_list(*columns), all=True).order_by()
    for service, first, last, weekdays, places, usual in rows:
        if places is None:
            closed[service] = max(last, closed.get(service, last))
        else:
            told = Fewer(first, last, tuple(weekdays), fewer_than(usual, places))
            fewer[service].append(told)
    return closed, fewer


def offered(
    *, now: datetime, need: str = "", province_code: str = "", stay: str = ""
) -> QuerySet[Service]:
    """Return open services confirmed within 14 days; planned ones are never capacity.

    ``stay`` leaves out what is meant for another length of stay, or of which nobody has said.
    """
    found = _shown(now=now, need=need, province_code=province_code)
    return as_now(found.filter(stay=stay) if stay else found, now=now)


def _closures(day: date) -> QuerySet[Closure]:
    """Return the closures over a day, those that last longest first."""
    return Closure.objects.filter(first_on__lte=day, last_on__gte=day).order_by("-last_on", "id")


def offers(*, now: datetime, need: str = "", night: date | None = None) -> Iterator[Offer]:
    """Yield the same services as the match reads them, in four statements however many.

    Closures are those over ``night``; where none is said, over the night of ``now``.
    """
    night = night or localdate(now)
    over = Hold.objects.filter(until__lte=now).order_by().values_list("service")
    overdue = dict(over.annotate(n=Sum("places")))
    limits: dict[int, list[str]] = defaultdict(list)
    in_force = Restriction.objects.filter(lifted_at=None).order_by("id")
    for service, kind in in_force.values_list("service", "leaves_out"):
        limits[service].append(kind)
    closed, fewer = _by_night(night)
    shown = _shown(now=now, need=need).order_by().values_list(*COLUMNS)
    for row in shown.iterator(chunk_size=AT_ONCE):
        service = row[0]
        yield Offer._make(
            (
                *row,
                overdue.get(service, 0),
                limits.get(service, ()),
                closed.get(service),
                night,
                fewer.get(service, ()),
            )
        )


def _shown(*, now: datetime, need: str, province_code: str = "") -> QuerySet[Service]:
    found = Service.objects.select_related("agency").filter(
        is_open=True, confirmed_at__gt=now - FRESH, agency__is_active=True
    )
    found = found.filter(need=need) if need else found
    return found.filter(province_code=province_code) if province_code else found


def not_shown(
    *, now: datetime, need: str = "", province_code: str = "", stay: str = ""
) -> NotShown:
    """Count what ``offered`` leaves out though it is of the kind that is asked for."""
    found = Service.objects.filter(agency__is_active=True, retired_on=None)
    found = found.filter(stay=stay) if stay else found
    found = found.filter(need=need) if need else found
    found = found.filter(province_code=province_code) if province_code else found
    kept = list(found.values_list("is_open", "confirmed_at"))
    return NotShown(
        stale=sum(1 for is_open, at in kept if is_open and (at is None or at <= now - FRESH)),
        planned=sum(1 for is_open, _at in kept if not is_open),
    )


def suitable(need: str, needs: Needs, *, now: datetime, most: int | None = None) -> Found:
    """Judge every offered service for ``need``; list suitable and near ones first, with reasons.

    Of those that suit and those that do not ``most`` are listed; without it, all. What is not
    known never rules a service out. Nothing about the person's worth or story enters.
    """
    if need != Need.SHELTER:
        needs = replace(needs, stay="")  # said of places to stay only
    return match(needs, offers(now=now, need=need, night=needs.night), most=most)


def run_by(agency: Agency) -> QuerySet[Service]:
    """Return the services of one agency, planned and stale ones too, retired ones not."""
    return Service.objects.filter(agency=agency, retired_on=None)


def to_confirm(agency_id: int, *, now: datetime) -> QuerySet[Service]:
    """Return what a provider has not confirmed for seven days, the oldest first."""
    found = Service.objects.filter(agency=agency_id, is_open=True)
    return found.filter(_quiet(now)).order_by(F("confirmed_at").asc(nulls_first=True), "id")


def _quiet(now: datetime) -> Q:
    return Q(confirmed_at=None) | Q(confirmed_at__lte=now - ASK_AFTER)


def gone_quiet(*, now: datetime) -> QuerySet[Service]:
    """Return the services whose provider is to be asked: quiet for a week, and not asked since."""
    found = Service.objects.filter(_quiet(now), is_open=True, agency__is_active=True)
    asked = Q(asked_to_confirm_at=None) | Q(asked_to_confirm_at__lte=F("confirmed_at"))
    return found.filter(asked | Q(asked_to_confirm_at__lte=now - FRESH)).order_by("id")


def not_retired() -> QuerySet[Service]:
    """Return every service but the retired, planned, stale and unconfirmed ones too, by agency."""
    return (
        Service.objects.filter(retired_on=None)
        .select_related("agency")
        .order_by("agency__name", "name", "id")
    )


def closures_to_come(service: Service, *, today: date) -> QuerySet[Closure]:
    """Return the closures of a service that are not over."""
    return Closure.objects.filter(service=service, last_on__gte=today)


def fewer_nights(service: Service, *, day: date) -> list[Fewer]:
    """Return what was said of nights from a day on."""
    told = _nights_from(day).filter(service=service)
    return [nights.as_fewer(service.places_total) for nights in told]


def nights_to_come(service: Service, *, today: date) -> list[tuple[NightPlaces, int]]:
    """Return the nights with other numbers that are not over, each with the places given then."""
    held = Hold.objects.filter(service=service).values_list("first_on", "last_on", "places")
    given = [Given(*row) for row in held]
    return [
        (told, most_given(told.as_fewer(service.places_total), given, today=today))
        for told in _nights_from(today).filter(service=service)
    ]


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
