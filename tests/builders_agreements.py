"""Invented sharing agreements, and tokens of agencies that have one."""

from datetime import timedelta

from django.utils import timezone

from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.agreements.models import Agreement
from tests.builders import NOW, agency, officer


def agreement(of, *, other=None, feeds=("agency_list", "exchange"), **more):
    """Return an agreement of an agency with an invented committee, in force for years."""
    committee = other or agency(AgencyKind.NATIONAL_COMMITTEE)
    more = {
        "lists": [], "elements": ["open"], "purpose": "counting", "breach": "stop_at_once",
        "from_on": NOW.date() - timedelta(days=30), "until_on": NOW.date() + timedelta(days=36500),
        "signed_reference": "Invented 1", "entered_by": officer(Role.ADMINISTRATOR, at=committee),
        "entered_at": NOW,
    } | more  # fmt: skip
    return Agreement.objects.create(agency=of, other=committee, feeds=list(feeds), **more)


def new_token(of, label, **more):
    """Return a token of an officer whose agency has an agreement for the door of programs."""
    if not Agreement.objects.filter(agency=of.agency).exists():
        agreement(of.agency)
    return access.new_token(of, label, **{"at": timezone.now()} | more)
