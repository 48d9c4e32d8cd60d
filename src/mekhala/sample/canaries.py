"""Invented files among the real ones, that nobody has a reason to open.

Each looks like a file left by a colleague who has gone: met, screened, not referred, months ago,
and open to two officers of the agency and a registrar of the province. It stands below the files
of today in their lists and in no list of work, so that who does the day's work does not meet it
and who goes through the files does. It has no question, no decision and no registration, so it
enters no figure; the counts leave it out besides. Runs as the owner of the tables.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.screening.models import Screening, ScreeningOutcome
from mekhala.pathway.screening.queries import list_version
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity.services import Name
from mekhala.safeguards.reading.models import Canary

from .people import InventedPerson, people
from .places import communes_of, provinces
from .rows import Rows

OPEN_FOR = timedelta(days=365)
OLDEST, YOUNGEST = 700, 200  # days since the file was opened: below the files of today
OFFICERS = 2  # of the agency, to whom each is open
SEEDS = 2**31


@dataclass
class Planted:
    """How many files were planted in which province, and the provinces where nobody works."""

    files: dict[str, int] = field(default_factory=dict)
    nobody_in: list[str] = field(default_factory=list)


@transaction.atomic
def plant(per_province: int, *, now: datetime) -> Planted:
    """Fill each province up to ``per_province`` invented files; all or nothing.

    A province in which no officer meets people is left out and named in the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
    done, rows = Planted(), Rows()
    for province in provinces():
        standing = Canary.objects.filter(province_code=province.code).count()
        agencies = _who_meet_people(province.code)
        if not agencies:
            done.nobody_in.append(province.code)
            continue
        done.files[province.code] = max(0, per_province - standing)
        for person in _people(done.files[province.code]):
            _plant(person, province.code, secrets.choice(agencies), rows, now=now)
    rows.write()
    audit.record("reading.planted", subject="", by=None, at=now, files=sum(done.files.values()))
    return done


def _people(count: int) -> Iterable[InventedPerson]:
    """Invent people nobody can draw again: the seed is kept nowhere."""
    return people(count, secrets.randbelow(SEEDS))


def _who_meet_people(province: str) -> list[Agency]:
    """Return the agencies of a province whose officers open files."""
    met = Officer.objects.filter(role__in=[Role.FIRST_RESPONDER, Role.REGISTRAR], is_active=True)
    return list(
        Agency.objects.filter(province_code=province, is_active=True, pk__in=met.values("agency"))
    )


def _plant(
    person: InventedPerson, province: str, agency: Agency, rows: Rows, *, now: datetime
) -> None:
    """Add one invented file with its meeting and screening, open to whom it would be open."""
    days = YOUNGEST + secrets.randbelow(OLDEST - YOUNGEST)
    at = now - timedelta(days=days, minutes=secrets.randbelow(600))
    gone = _one_who_left(agency)
    case = Case(
        number=new_number("MK"), opened_at=at, opened_by=gone, agency=agency, sex=person.sex,
        age=person.age, age_certainty=person.age_certainty, nationality=person.nationality,
        language=person.language,
    )  # fmt: skip
    Canary.objects.create(number=case.number, province_code=province, planted_at=now)
    rows.name(_name(person, case.number))
    rows.add(case, _met(case, province), _screened(case, person))
    for officer, purpose in _open_to(agency, province):
        rows.add(_grant(case.number, officer, purpose, by=gone, at=at, until=now + OPEN_FOR))
    for act, after in (("encounter.case_opened", 0), ("screening.recorded", 1)):
        rows.note(act, subject=case.number, by=gone, at=at + timedelta(hours=after))


def _one_who_left(agency: Agency) -> Officer:
    """Return the closed account of a colleague who has gone, made once for each agency."""
    name = f"{agency.code}-90"
    found = Officer.objects.filter(username=name).first()
    return found or Officer.objects.create(
        username=name, shown_as=f"Officer {name.upper()}", agency=agency, is_active=False,
        role=_roles_of(agency)[0], password=make_password(None),
    )  # fmt: skip


def _roles_of(agency: Agency) -> list[str]:
    """Return the roles at an agency that open files, first responders first."""
    found = Officer.objects.filter(agency=agency, role__in=[Role.FIRST_RESPONDER, Role.REGISTRAR])
    return sorted(set(found.values_list("role", flat=True)))


def _open_to(agency: Agency, province: str) -> list[tuple[Officer, Purpose]]:
    """Return two officers of the agency and a registrar of the province, drawn at random."""
    active = Officer.objects.filter(is_active=True)
    first = list(active.filter(agency=agency, role=_roles_of(agency)[0]))
    drawn = secrets.SystemRandom().sample(first, min(OFFICERS, len(first)))
    told = [(officer, Purpose.FIRST_CONTACT) for officer in drawn]
    desk = list(active.filter(role=Role.REGISTRAR, agency__province_code=province))
    others = [officer for officer in desk if officer not in drawn]
    return told + ([(secrets.choice(others), Purpose.REGISTRATION)] if others else [])


def _grant(number: str, officer: Officer, purpose: Purpose, **more: Any) -> Grant:
    return Grant(
        file_number=number, officer=officer, purpose=purpose, granted_by=more["by"],
        granted_at=more["at"], until=more["until"],
        field_classes=sorted(CLASSES_OF_PURPOSE[purpose]),
    )  # fmt: skip


def _name(person: InventedPerson, number: str) -> Name:
    born = person.born_on.isoformat() if person.born_on else str(person.birth_year or "")
    return Name(
        subject=number, file_number=number, native_name=person.native_name,
        latin_name=person.latin_name, birth_date=born, national_id=person.national_id or "",
        village_code=person.commune_code or "",
    )  # fmt: skip


def _met(case: Case, province: str) -> Encounter:
    return Encounter(
        case=case, met_at=case.opened_at, met_by=case.opened_by, agency=case.agency,
        place_code=secrets.choice(communes_of(province)).code, urgent_needs=[],
        consents_to_go_on=None, was_alone=True,
    )  # fmt: skip


def _screened(case: Case, person: InventedPerson) -> Screening:
    """Not referred: a file that waits for nobody."""
    return Screening(
        case=case, screened_by=case.opened_by, screened_at=case.opened_at + timedelta(hours=1),
        profile=person.profile, list_version=list_version(person.profile),
        answers={}, indicators=list(person.indicators), outcome=ScreeningOutcome.DO_NOT_REFER,
    )  # fmt: skip
