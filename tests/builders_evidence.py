"""Invented items of evidence. Nobody here is real, and nobody is guilty."""

from datetime import date, timedelta

from mekhala.pathway.evidence import services
from mekhala.pathway.justice import services as justice
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.builders_justice import ARTICLE, AT, DAYS, accused, court_officer

TAKEN_ON = date(2024, 2, 20)
PDF = b"%PDF-1.7 invented original"
LATER = timedelta(hours=1)


def charged():
    """Return an officer of justice, an invented accused and a charge; run as that officer."""
    court = court_officer()
    one = accused(court, upto="charged")
    charge = justice.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    return court, one, charge


def item(by, of, kind="witness_statement", *, at=AT, **more):
    """Return an invented item of the proceeding of accused ``of``."""
    told = {"source": "witness", "basis": "hearing", "taken_on": TAKEN_ON, "what": "Words."}
    return services.register(of.proceeding, kind=kind, by=by, at=at, **(told | more))


def colleague(by, number):
    """Return another officer of the same agency to whom the proceeding is open."""
    other = officer(Role.JUSTICE, at=by.agency)
    open_to(other, number, Purpose.JUSTICE)
    return other


def all_of_evidence(one, charge, court):
    """Leave every kind of row in a proceeding; return their numbers."""
    found = item(court, one, content=PDF, file_name="invented.pdf", place="A house")
    services.bear(found, charge, "act", "against", because="He was elsewhere.", by=court, at=AT)
    made = services.disclose(one, by=court, at=AT, made_on=AT.date())
    return {"item": found.pk, "list": made.pk}
