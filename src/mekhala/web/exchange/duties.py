"""API: the duty to register: announcing without a name, and how each organisation meets it."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from mekhala.pathway.registration import duty
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.exchange.encounter import case_for
from mekhala.web.officers import officer_of

router = Router(tags=["registration"])
PURPOSES = {Purpose.FIRST_CONTACT, Purpose.REGISTRATION}  # as on the page


class AnnouncedOut(Schema):
    """An announcement as its organisation keeps it: under a number of its own, without a name."""

    number: str
    sex: str
    age_told: str
    known_on: date
    announced_at: datetime


class DutyOut(Schema):
    """How an organisation meets its duty: counts, nobody in them."""

    agency: str
    waiting: int
    overdue: int
    announced: int
    registered: int


@router.post("/cases/{number}/announcement", response={201: AnnouncedOut})
def announce(request: HttpRequest, number: str) -> Status:
    """Tell the ministry, without a name, that the organisation helps somebody."""
    by, now = officer_of(request), timezone.now()
    if not access.purposes_for(by, number, now=now) & PURPOSES:
        raise NotOpenToYou
    return Status(201, duty.announce(case_for(request, number), by=by, at=now))


@router.get("/duties", response=list[DutyOut])
def duties(request: HttpRequest) -> Any:
    """Show the ministry how many each organisation owes, in time and overdue."""
    if not duty.may_oversee(officer_of(request)):
        raise Http404
    return duty.by_agency(today=timezone.localdate())
