"""Taking a report down, opening it, and sending it where the reporter wants it to go."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege

from mekhala.core.check_digit import new_number
from mekhala.pathway.incidents import errors, policies
from mekhala.pathway.incidents.models import Incident, Opening, Reporter, Route
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

OPEN_FOR = timedelta(days=365)


@transaction.atomic
def log(
    *, kind: str, province_code: str, month: str, body: str, post: str, reporter: str, words: str,
    by: Officer, at: datetime, names: str = "", amount: Decimal | None = None, currency: str = "",
    was_paid: bool | None = None, of_agency: Agency | None = None, reporter_name: str = "",
    reporter_contact: str = "",
) -> Incident:  # fmt: skip
    """Take a report down; it is open to ``by`` and to nobody else.

    ``names`` of officials and ``words`` are sealed under the number of the report; who reported
    is sealed under another. Raises ``NotYourRole``, ``OwnAgency``, ``DayToCome``.
    """
    policies.check_may_log(by)
    policies.check_not_own(of_agency, by)
    policies.check_month(month, now=at)
    number = new_number("IN")
    _opened(number, by, reporter=True, by=by, at=at)
    kept = Incident.objects.create(
        number=number, kind=kind, province_code=province_code, month=month, amount=amount,
        currency=currency if amount is not None else "", was_paid=was_paid, body=body, post=post,
        of_agency=of_agency, reporter=reporter, pseudonym=new_number("RP"), names=names,
        words=words, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if reporter_name or reporter_contact:
        Reporter.objects.create(
            number=kept.pseudonym, incident=kept, name=reporter_name, contact=reporter_contact
        )
    audit.record("incidents.logged", subject=number, by=by, at=at)
    return kept


@transaction.atomic
def open_to(
    incident: Incident, officer: Officer, *, by: Officer, at: datetime, reporter: bool = False
) -> None:
    """Open a report to another officer; with who reported only if ``reporter``.

    Raises ``NotForThem``: the database refuses every role and agency the room is sealed from.
    """
    policies.check_may_log(by)
    _opened(incident.pk, officer, reporter=reporter, by=by, at=at)
    audit.record("incidents.opened", subject=incident.pk, by=by, at=at, officer=officer.pk,
                 reporter=reporter)  # fmt: skip


def _opened(number: str, to: Officer, *, reporter: bool, by: Officer, at: datetime) -> None:
    try:
        with transaction.atomic():
            Opening.objects.create(
                incident_id=number, officer=to, reporter=reporter, given_by=by, given_at=at,
                until=at + OPEN_FOR,
            )  # fmt: skip
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise errors.NotForThem from None


@transaction.atomic
def choose_route(
    incident: Incident, *, way: str, chosen_on: date, by: Officer, at: datetime,
    agency: Agency | None = None, receipt: str = "",
) -> Route:  # fmt: skip
    """Keep where the reporter wants the report to go, and let that agency read it if it is here.

    Who reported goes with it nowhere. Raises ``NotARoute``, ``NotForThem``, ``DayToCome``.
    """
    policies.check_may_log(by)
    policies.check_past(chosen_on, now=at)
    policies.check_route(way, agency, receipt)
    route = Route.objects.create(
        incident=incident, way=way, chosen_on=chosen_on, agency=agency, receipt=receipt,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    for officer in readers_of(agency) if agency else ():
        if officer.pk != by.pk:
            _opened(incident.pk, officer, reporter=False, by=by, at=at)
    audit.record("incidents.routed", subject=incident.pk, by=by, at=at, way=str(way))
    return route


def readers_of(agency: Agency) -> list[Officer]:
    """Return who reads reports at an agency. Raises ``NotForThem`` where nobody may."""
    found = Officer.objects.filter(agency=agency, is_active=True, agency__is_active=True)
    readers = [officer for officer in found if policies.may_log(officer)]
    if not readers:
        raise errors.NotForThem
    return readers


@transaction.atomic
def show_reporter(incident: Incident, *, by: Officer, at: datetime) -> Reporter:
    """Return who reported, for one look that is noted. Raises ``ReporterNotShown``."""
    policies.check_may_log(by)
    found = Reporter.objects.filter(incident=incident).first()
    if found is None:
        raise errors.ReporterNotShown
    audit.record("incidents.reporter_shown", subject=incident.pk, by=by, at=at)
    return found
