"""The duty to register: who helps a presumed victim tells the ministry, at first without a name.

Owed by organisations that are no authority, for each person whom they met and advised to refer.
The clock runs in working days from that advice. The ministry sees how much is owed and overdue by
organisation, and each announcement under a number of its own; the case number it never sees.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from mekhala.core.calendar.stages import first_day_to_announce_in_time, last_day_to_announce
from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import AgeCertainty, Case
from mekhala.pathway.registration.errors import NoDutyHere
from mekhala.pathway.registration.models import AgeTold, Announcement
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.audit import services as audit

PREFIX = "RP"
WHO_OWE = frozenset({AgencyKind.FIRST_RESPONDER, AgencyKind.PROVIDER})
ADULT = 18


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One person of the own organisation of whom the ministry is not told yet."""

    number: str
    known_on: date

    @property
    def due_on(self) -> date:
        """Return the last day to tell it."""
        return last_day_to_announce(self.known_on)


@dataclass(frozen=True, kw_only=True)
class OfAgency:
    """How an organisation meets its duty: counts, nobody in them."""

    agency: str
    waiting: int
    overdue: int
    announced: int
    registered: int


@dataclass(frozen=True, kw_only=True)
class Announced:
    """One announcement as the ministry reads it: no case, no name, no place."""

    number: str
    agency: str
    sex: str
    age_told: str
    known_on: date
    announced_at: datetime
    is_registered: bool


def owes(officer: Officer) -> bool:
    """Answer whether the officer's organisation has this duty at all."""
    return officer.agency.kind in WHO_OWE


def may_oversee(officer: Officer) -> bool:
    """Answer whether the officer sees how it is met: a registrar of social affairs."""
    kind = officer.agency.kind
    return officer.role == Role.REGISTRAR and kind == AgencyKind.SOCIAL_AFFAIRS


def owed() -> list[Owed]:
    """Return what the acting officer's organisation owes, of files open to it, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select number, known_at from registration_owed_by_me()")
        rows = cursor.fetchall()
    return [Owed(number=number, known_on=timezone.localdate(at)) for number, at in rows]


def by_agency(*, today: date) -> list[OfAgency]:
    """Return how each organisation meets its duty. The database answers the ministry only."""
    first = timezone.make_aware(datetime.combine(first_day_to_announce_in_time(today),
                                                 datetime.min.time()))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select agency, waiting, overdue, announced, registered"
            " from registration_duties(%s)", [first],
        )  # fmt: skip
        rows = cursor.fetchall()
    return [
        OfAgency(agency=agency, waiting=waiting, overdue=overdue, announced=announced,
                 registered=registered)
        for agency, waiting, overdue, announced, registered in rows
    ]  # fmt: skip


def announced(*, most: int, skip: int = 0) -> list[Announced]:
    """Return announcements, the newest first. The database answers the ministry only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, agency, sex, age_told, known_on, announced_at, is_registered"
            " from registration_announced(%s, %s)", [most, skip],
        )  # fmt: skip
        names = [column.name for column in cursor.description]
        return [Announced(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@transaction.atomic
def announce(case: Case, *, by: Officer, at: datetime) -> Announcement:
    """Tell the ministry, under a new number, that the organisation helps somebody.

    Told are sex, child or adult, and the day. Raises ``NoDutyHere`` where nothing is owed.
    """
    known = {one.number: one.known_on for one in owed()}
    if case.number not in known:
        raise NoDutyHere
    kept = Announcement.objects.create(
        number=new_number(PREFIX), case=case, agency=by.agency, sex=case.sex,
        age_told=age_told(case), known_on=known[case.number], announced_at=at, announced_by=by,
    )  # fmt: skip
    audit.record("registration.announced", subject=case.number, by=by, at=at)
    return kept


def age_told(case: Case) -> str:
    """Return child, adult, or not known: an age counts as adult only where it is known."""
    if case.age is None or case.age_certainty == AgeCertainty.UNKNOWN:
        return AgeTold.UNKNOWN
    if case.age < ADULT:
        return AgeTold.CHILD
    return AgeTold.ADULT if case.age_certainty == AgeCertainty.KNOWN else AgeTold.UNKNOWN


def is_overdue(one: Owed, *, today: date) -> bool:
    """Answer whether its last day is over."""
    return one.due_on < today
