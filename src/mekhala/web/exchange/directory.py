"""API: services and their places."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from mekhala.pathway.directory import queries
from mekhala.pathway.directory import services as acts
from mekhala.pathway.directory.models import Form, Need, Service, Stay
from mekhala.pathway.directory.needs import Child, Needs
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.encounter.models import Sex
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.kinds import Strict, Whole, YesNo

router = Router(tags=["directory"])


class ServiceOut(Schema):
    """A service; ``places_free`` is null where places are not counted.

    ``stay`` is for how long a place to stay is meant; empty: nobody has said, or it is none.
    """

    id: int
    agency: str
    name: str
    name_km: str
    need: str
    stay: str
    takes_sexes: list[str]
    youngest: int
    oldest: int
    languages: list[str]
    province_code: str
    places_free: int | None
    confirmed_at: datetime


class DirectoryOut(Schema):
    """Open services confirmed in the last 14 days, and how many entries are left out."""

    services: list[ServiceOut]
    stale: int
    planned: int


class ChildIn(Strict):
    """A child who comes along."""

    sex: Sex = Sex.UNKNOWN
    age: Whole | None = Field(None, ge=0, le=17)


class WantedIn(Strict):
    """What is needed and what is known of the person; unknown never rules a service out.

    ``stay``: for how long a place to stay is looked for; empty: any.
    """

    need: Need
    sex: Sex = Sex.UNKNOWN
    age: Whole | None = Field(None, ge=0, le=120)
    language: str = Field("", max_length=10)
    province_code: str = Field("", max_length=2)
    transgender: YesNo | None = None
    children: list[ChildIn] = Field(default_factory=list, max_length=12)
    nationality: str = Field("", max_length=3)
    cannot_climb: YesNo | None = None
    form: Form | Literal[""] = ""
    stay: Stay | Literal[""] = ""
    night: date | None = None


class ReasonOut(Schema):
    """One reason; ``fits`` null: to be asked."""

    about: str
    fits: bool | None
    words: str


class FitOut(Schema):
    """One service with whether it suits (null: to be asked) and why."""

    service: ServiceOut
    fits: bool | None
    same_province: bool | None
    reasons: list[ReasonOut]


class PlacesIn(Strict):
    """How many more people could come today; null only where places are not counted."""

    free: Whole | None = Field(ge=0, le=100_000)


@router.get("/services", response=DirectoryOut)
def services(
    request: HttpRequest,  # noqa: ARG001
    need: Need | None = None,
    stay: Stay | None = None,
    province_code: str = Query("", max_length=2),
) -> dict[str, Any]:
    """List open services confirmed lately; ``stay`` leaves out those of which nobody said it."""
    wanted = {"need": need or "", "stay": stay or "", "province_code": province_code}
    now = timezone.now()
    left_out = queries.not_shown(now=now, **wanted)
    found = [_out(service) for service in queries.offered(now=now, **wanted)]
    return {"services": found, "stale": left_out.stale, "planned": left_out.planned}


@router.post("/services/suitable", response=list[FitOut])
def suitable(request: HttpRequest, given: WantedIn) -> list[dict[str, Any]]:  # noqa: ARG001
    """Say which services suit and why; asked by post, so that no address tells of anybody."""
    said = given.dict()
    need = said.pop("need")
    said["children"] = tuple(Child(**child) for child in said["children"])
    fits = queries.suitable(need, Needs(**said), now=timezone.now())
    return [
        {
            "service": _out(fit.service), "fits": fit.fits, "same_province": fit.same_province,
            "reasons": [{"about": r.about, "fits": r.fits, "words": r.words} for r in fit.reasons],
        }
        for fit in fits
    ]  # fmt: skip


@router.post("/services/{service_id}/places", response=ServiceOut)
def confirm_places(request: HttpRequest, service_id: int, given: PlacesIn) -> ServiceOut:
    """Confirm the places of one's own service."""
    service = get_object_or_404(Service.objects.select_related("agency"), pk=service_id)
    assert isinstance(request.user, Officer)
    return _out(acts.confirm_places(service, given.free, by=request.user, at=timezone.now()))


def _out(service: Service | Offer) -> ServiceOut:
    assert service.confirmed_at is not None  # what nobody confirmed is not told
    code = service.agency_code if isinstance(service, Offer) else service.agency.code
    return ServiceOut(
        id=service.pk, agency=code, name=service.name, name_km=service.name_km,
        need=service.need, stay=service.stay, takes_sexes=[*service.takes_sexes],
        youngest=service.youngest, oldest=service.oldest, languages=[*service.languages],
        province_code=service.province_code, places_free=service.free_now,
        confirmed_at=service.confirmed_at,
    )  # fmt: skip
