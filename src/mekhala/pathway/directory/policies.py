"""Who may speak for a service's places, who enters it in the directory, and who inspects it."""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from mekhala.pathway.directory.errors import (
    AgesDoNotFit,
    ClosureIsOver,
    HoursMissing,
    MorePlacesThanThere,
    MoreThanUsual,
    NightsNotRight,
    NoDayToMend,
    NoPlaceToStay,
    NotAProvider,
    NothingLookedAt,
    NotIndependent,
    NotYourService,
    PlacesNotCounted,
    Retired,
    StillHolds,
)
from mekhala.pathway.directory.models import Met, Need, Service
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind

REGISTERING = frozenset({Role.REGISTRAR, Role.AUTHORITY})
WEEK = frozenset(range(1, 8))
INSPECTORS = frozenset({Role.REGISTRAR, Role.AUTHORITY, Role.STATISTICIAN})
MISSING = frozenset({Met.PARTLY, Met.NOT_MET})


def check_may_confirm(officer: Officer, service: Service) -> None:
    """Refuse whoever is not a provider of the agency that runs ``service``."""
    if officer.role != Role.PROVIDER:
        raise NotYourRole
    if officer.agency_id != service.agency_id:
        raise NotYourService


def check_possible(service: Service, free: int | None, *, missing: int = 0) -> None:
    """Refuse a number of free places that the service cannot have beside those it holds.

    ``missing`` are the places that tonight has fewer than usual. Nobody is refused who says 0.
    """
    if (free is None) != (service.places_total is None):
        raise PlacesNotCounted
    most = max(0, (service.places_total or 0) - service.places_held - missing)
    if free is not None and not 0 <= free <= most:
        raise MorePlacesThanThere


def check_may_inspect(officer: Officer, service: Service, *, no_tie: bool | None) -> None:
    """Refuse roles that do not inspect, and whoever is of the provider's agency or has a tie to it.

    ``no_tie`` is what the inspector says; what was not said is no yes.
    """
    if officer.role not in INSPECTORS:
        raise NotYourRole
    if officer.agency_id == service.agency_id or no_tie is not True:
        raise NotIndependent


def may_inspect(officer: Officer, service: Service) -> bool:
    """Return whether ``officer`` could inspect, having no tie."""
    return officer.role in INSPECTORS and officer.agency_id != service.agency_id


def check_findings(findings: Mapping[str, tuple[str, date | None]], *, on: date) -> None:
    """Refuse an inspection that looked at nothing, or one that lets what is missing stay so."""
    if not any(met != Met.NOT_SEEN for met, _due in findings.values()):
        raise NothingLookedAt
    if any(met in MISSING and (due is None or due <= on) for met, due in findings.values()):
        raise NoDayToMend


def check_may_register(officer: Officer, agency: Agency) -> None:
    """Refuse roles that keep no register, the provider itself, and what is no provider."""
    if officer.role not in REGISTERING or officer.agency_id == agency.pk:
        raise NotYourRole
    if not runs_services(agency):
        raise NotAProvider


def runs_services(agency: Agency) -> bool:
    """Return whether an active agency is a provider, or has officers who act as one."""
    helpers = Officer.objects.filter(agency=agency, role=Role.PROVIDER, is_active=True)
    return agency.is_active and (agency.kind == AgencyKind.PROVIDER or helpers.exists())


def check_ages(told: Mapping[str, Any]) -> None:
    """Refuse a youngest age above the oldest."""
    if told.get("youngest", 0) > told.get("oldest", 120):
        raise AgesDoNotFit


def check_stay(told: Mapping[str, Any]) -> None:
    """Refuse a length of stay of what is no place to stay."""
    if told.get("stay") and told.get("need") != Need.SHELTER:
        raise NoPlaceToStay


def check_not_retired(service: Service) -> None:
    """Refuse to act on what is offered no more."""
    if service.retired_on is not None:
        raise Retired


def check_room_for_held(service: Service) -> None:
    """Refuse fewer places than are held."""
    if service.places_total is not None and service.places_held > service.places_total:
        raise StillHolds


def check_holds_nobody(service: Service) -> None:
    """Refuse to retire a service while people are referred to it."""
    if service.places_held:
        raise StillHolds


def check_opening(opens_at: time | None, closes_at: time | None, days: Collection[int]) -> None:
    """Refuse one hour of two, days that are none, and a week without an open day."""
    if (opens_at is None) != (closes_at is None) or not set(days) < WEEK:
        raise HoursMissing


def check_closure(first_on: date, last_on: date, *, today: date) -> None:
    """Refuse a closure that ends before it begins, or that is over."""
    if last_on < first_on or last_on < today:
        raise ClosureIsOver


def check_nights(
    service: Service, first_on: date, last_on: date | None, weekdays: Collection[int],
    places: int, *, today: date,
) -> None:  # fmt: skip
    """Refuse nights that are over or none, and more places than the service usually has."""
    over = last_on is not None and (last_on < first_on or last_on < today)
    if over or not set(weekdays) <= WEEK:
        raise NightsNotRight
    if service.places_total is None or not 0 <= places <= service.places_total:
        raise MoreThanUsual
