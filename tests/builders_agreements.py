"""Invented sharing agreements, and tokens of agencies that have one."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.agreements.models import Agreement, Said
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
    made = Agreement.objects.create(agency=of, other=committee, feeds=list(feeds), **more)
    for owner in (of, committee):
        said_yes(made, officer(at=owner))
    return made


def said_yes(of, by):
    """Write an owner's yes as the owner of the tables does."""
    row = (of.pk, by.agency_id, Said.YES.value, "Invented letter", by.pk, NOW.isoformat())
    names = "agreement_id, agency_id, said, reference, by_id, at"
    with connection.cursor() as cursor:
        statement = f"insert into agreements_dataowner ({names}) values {row}"
        cursor.execute("select tests.as_owner(%s)", [statement])


def new_token(of, label, **more):
    """Return a token of an officer whose agency has an agreement for the door of programs."""
    if not Agreement.objects.filter(agency=of.agency).exists():
        agreement(of.agency)
    return access.new_token(of, label, **{"at": timezone.now()} | more)
