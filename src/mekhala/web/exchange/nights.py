"""API: nights on which a service has fewer places than usual."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.directory import opening, policies, queries
from mekhala.pathway.directory.models import NightPlaces, Service
from mekhala.web.exchange.kinds import Day, Strict, Whole
from mekhala.web.officers import officer_of

router = Router(tags=["directory"])
Weekday = Annotated[Whole, Field(ge=1, le=7)]


class NightsIn(Strict):
    """Fewer places; ``last_on`` null goes on; no ``weekdays``: every night. Monday is 1."""

    first_on: Day
    last_on: Day | None = None
    weekdays: list[Weekday] = Field(default_factory=list, max_length=7)
    places: Whole = Field(ge=0, le=100_000)


class NightsOut(Schema):
    """Nights with fewer places; ``given``: places given at most on one of them."""

    id: int
    first_on: date
    last_on: date | None
    weekdays: list[int]
    places: int
    given: int


@router.get("/services/{int:service_id}/nights", response=list[NightsOut])
def nights(request: HttpRequest, service_id: int) -> list[dict[str, Any]]:
    """List the nights of one's own service that are not over."""
    return _listed(_own(request, service_id))


@router.post("/services/{int:service_id}/nights", response={201: list[NightsOut]})
def state_nights(request: HttpRequest, service_id: int, given: NightsIn) -> Status:
    """State nights with fewer places; what was given before stays given."""
    service = _own(request, service_id)
    opening.state_nights(service, **given.dict(), by=officer_of(request), at=timezone.now())
    return Status(201, _listed(service))


@router.post("/nights/{int:nights_id}/take-back", response=list[NightsOut])
def take_back(request: HttpRequest, nights_id: int) -> list[dict[str, Any]]:
    """Have as many places as usual after all."""
    stated = get_object_or_404(NightPlaces.objects.select_related("service"), pk=nights_id)
    service = _own(request, stated.service_id)
    opening.take_back_nights(stated, by=officer_of(request), at=timezone.now())
    return _listed(service)


def _own(request: HttpRequest, service_id: int) -> Service:
    """Return a service of the officer's own agency; of others nights are told by the match."""
    service = get_object_or_404(Service, pk=service_id)
    policies.check_may_confirm(officer_of(request), service)
    return service


def _listed(service: Service) -> list[dict[str, Any]]:
    return [
        {
            "id": told.pk, "first_on": told.first_on, "last_on": told.last_on,
            "weekdays": told.weekdays, "places": told.places, "given": given,
        }
        for told, given in queries.nights_to_come(service, today=timezone.localdate())
    ]  # fmt: skip
