"""Invented reports about officials. Nobody here is real."""

from decimal import Decimal

from mekhala.pathway.incidents import services
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_justice import AT

BRIBE = {
    "kind": "bribe", "province_code": "12", "month": "2024-03", "amount": Decimal(500),
    "currency": "USD", "body": "police", "post": "chief", "reporter": "counsel",
    "words": "Asked for 500 to drop it.", "names": "Invented Official",
}  # fmt: skip
WHO = {"reporter_name": "Invented Reporter", "reporter_contact": "012 000 000"}


def counsel(at=None):
    """Return an invented officer of a legal aid organisation."""
    return officer(Role.PROVIDER, at=at or agency(AgencyKind.PROVIDER))


def logged(by, **more):
    """Return an invented report taken down by ``by``; run as that officer."""
    return services.log(by=by, at=AT, **(BRIBE | more))


def all_of_incidents(by):
    """Leave every kind of row, taken down by this officer."""
    from mekhala.safeguards.access.acting import become

    become(by.pk)
    told = logged(by, **WHO)
    services.choose_route(told, way="nobody_yet", chosen_on=AT.date(), by=by, at=AT)
    return {"incident": told.pk}
