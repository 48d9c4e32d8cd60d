"""Who may speak for a service's places, and who may inspect it."""

from collections.abc import Mapping
from datetime import date

from mekhala.pathway.directory.errors import (
    MorePlacesThanThere,
    NoDayToMend,
    NothingLookedAt,
    NotIndependent,
    NotYourService,
    PlacesNotCounted,
)
from mekhala.pathway.directory.models import Met, Service
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

INSPECTORS = frozenset({Role.REGISTRAR, Role.AUTHORITY, Role.STATISTICIAN})
MISSING = frozenset({Met.PARTLY, Met.NOT_MET})


def check_may_confirm(officer: Officer, service: Service) -> None:
    """Refuse whoever is not a provider of the agency that runs ``service``."""
    if officer.role != Role.PROVIDER:
        raise NotYourRole
    if officer.agency_id != service.agency_id:
        raise NotYourService


def check_possible(service: Service, free: int | None) -> None:
    """Refuse a number of free places that the service cannot have beside those it holds."""
    if (free is None) != (service.places_total is None):
        raise PlacesNotCounted
    if free is not None and not 0 <= free <= (service.places_total or 0) - service.places_held:
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
