"""Who may speak for a service's places."""

from mekhala.pathway.directory.errors import MorePlacesThanThere, NotYourService, PlacesNotCounted
from mekhala.pathway.directory.models import Service
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


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
