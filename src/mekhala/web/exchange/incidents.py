"""API: reports about officials. To police, prosecution and courts these addresses lead nowhere.

Who reported can be given and is never answered: it is read on the page, after a fresh sign-in.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from mekhala.core.vocabulary.places import provinces
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.incidents import policies, queries, services
from mekhala.pathway.incidents.models import Body, Currency, Incident, Kind, Post, ReporterKind, Way
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.kinds import Day, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["incidents"])
PER_PAGE = 50
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in text


class IncidentIn(Strict):
    """A report; ``month`` as 2026-03, ``of_agency`` the code of the official's own agency."""

    kind: Kind
    province_code: str = Field(max_length=2)
    month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    body: Body
    post: Post
    reporter: ReporterKind
    words: str = Field(min_length=1, max_length=4000, pattern=NO_NUL)
    names: str = Field("", max_length=500, pattern=NO_NUL)
    amount: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)
    currency: Currency | None = None
    was_paid: YesNo | None = None
    of_agency: str | None = Field(None, max_length=40, pattern=NO_NUL)
    reporter_name: str = Field("", max_length=200, pattern=NO_NUL)
    reporter_contact: str = Field("", max_length=300, pattern=NO_NUL)


class RouteIn(Strict):
    """Where the reporter wants it to go: to an agency by its code, or on paper by receipt."""

    way: Way
    chosen_on: Day
    agency: str | None = Field(None, max_length=40, pattern=NO_NUL)
    receipt: str = Field("", max_length=40, pattern=NO_NUL)


class IncidentOut(Schema):
    """A report in codes; nobody is named."""

    number: str
    kind: str
    province_code: str
    month: str
    amount: Decimal | None
    currency: str
    was_paid: bool | None
    body: str
    post: str
    reporter: str


class RouteOut(Schema):
    """Where a report went, since a day."""

    way: str
    chosen_on: date
    agency: str | None
    receipt: str


class IncidentReadOut(IncidentOut):
    """A report with its words opened; who reported is not among them."""

    words: str
    names: str
    routes: list[RouteOut]


class PatternOut(Schema):
    """Counts along one dimension; null: held back."""

    dimension: str
    counts: dict[str, int | None]


class PatternsOut(Schema):
    """Counts of all reports; ``total`` null and nothing shown while there are fewer than ten."""

    total: int | None
    patterns: list[PatternOut]


@router.get("/incidents", response=list[IncidentOut])
def incidents(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """List the reports open to the officer, 50 a page, the latest first."""
    _logger(request)
    first = (page - 1) * PER_PAGE
    return list(queries.incidents()[first : first + PER_PAGE])


@router.post("/incidents", response={201: IncidentOut})
def log(request: HttpRequest, given: IncidentIn) -> Any:
    """Take a report down; it is open to the officer who did, and to nobody else."""
    said = given.dict()
    if said["province_code"] not in provinces():
        raise WrongInput("province_code: expected a code of the gazetteer such as 12")
    if (said["amount"] is None) != (said["currency"] is None):
        raise WrongInput("amount: expected together with currency, or neither")
    said |= {"currency": said["currency"] or "", "of_agency": _agency(said["of_agency"])}
    kept = services.log(by=_logger(request), at=timezone.now(), **said)
    return Status(201, queries.incidents().get(pk=kept.pk))


@router.get("/incidents/patterns", response=PatternsOut)
def patterns(request: HttpRequest) -> Any:
    """Count along one dimension each, small numbers held back."""
    if not policies.may_see_patterns(officer_of(request)):
        raise Http404
    total, found = queries.patterns()
    told = [{"dimension": p.dimension, "counts": dict(p.shown)} for p in found]
    return {"total": total, "patterns": told}


@router.get("/incidents/{slug:incident}", response=IncidentReadOut)
def incident(request: HttpRequest, incident: str) -> Any:
    """Read one report with its words; the look is noted."""
    officer = _logger(request)
    found = get_object_or_404(queries.incidents(), number=incident)
    audit.record("incidents.read", subject=incident, by=officer, at=timezone.now())
    return {
        **{name: getattr(found, name) for name in IncidentOut.model_fields},
        "words": found.words, "names": found.names, "routes": _routes(found),
    }  # fmt: skip


@router.post("/incidents/{slug:incident}/routes", response={201: list[RouteOut]})
def choose_route(request: HttpRequest, incident: str, given: RouteIn) -> Any:
    """Keep where the reporter wants the report to go; answers every choice so far."""
    officer = _logger(request)
    found = get_object_or_404(queries.incidents(), number=incident)
    said = given.dict() | {"agency": _agency(given.agency)}
    services.choose_route(found, by=officer, at=timezone.now(), **said)
    return Status(201, _routes(found))


def _logger(request: HttpRequest) -> Officer:
    """Return the officer; for whom the room is sealed from, nothing is here."""
    officer = officer_of(request)
    if not policies.may_log(officer):
        raise Http404
    return officer


def _agency(code: str | None) -> Agency | None:
    if not code:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise WrongInput("agency: no agency here has this code; expected one, or none")
    return found


def _routes(found: Incident) -> list[dict[str, Any]]:
    return [
        {
            "way": route.way, "chosen_on": route.chosen_on, "receipt": route.receipt,
            "agency": route.agency.code if route.agency else None,
        }
        for route in found.routes.select_related("agency")
    ]  # fmt: skip
