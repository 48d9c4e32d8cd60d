"""Plain functions that make valid invented things. Nobody here is real."""

import itertools
from datetime import UTC, datetime, timedelta

from django.db import connection

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, Purpose, Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind

NOW = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)  # Monday, 10:00 in Phnom Penh
_count = itertools.count(1)


def agency(kind=AgencyKind.FIRST_RESPONDER, **more):
    """Return an invented agency of this kind, made as the owner of the tables does."""
    n = next(_count)
    more = {"code": f"invented-{n}", "name": f"Invented agency {n}", "province_code": "12"} | more
    made = Agency(kind=kind, **more)
    told = [made.code, made.name, made.name_km, made.kind, made.province_code, made.is_active]
    with connection.cursor() as cursor:
        cursor.execute("select tests.agency(%s, %s, %s, %s, %s, %s)", told)
        made.pk = cursor.fetchone()[0]
    made._state.adding = False
    return made


def officer(role=Role.FIRST_RESPONDER, *, at=None, **more):
    """Return an invented officer in this role, at an invented agency unless one is given."""
    n = next(_count)
    more = {"username": f"invented-{n}", "shown_as": f"Officer {n}"} | more
    made = Officer(agency=at or agency(), role=role, **more)
    made.set_password("an invented password")
    return in_place(made)


def in_place(made):
    """Write an officer as the owner of the tables does: the application needs two signatures."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tests.officer(%s, %s, %s, %s, %s, %s)",
            [made.username, made.shown_as, made.agency_id, made.role, made.is_active,
             made.password],
        )  # fmt: skip
        return Officer.objects.get(pk=cursor.fetchone()[0])


def changed_post(who, role):
    """Give an officer another role as the owner of the tables does, past the two signatures."""
    with connection.cursor() as cursor:
        statement = f"update access_officer set role = '{role}' where id = {who.pk:d}"
        cursor.execute("select tests.as_owner(%s)", [statement])
    who.refresh_from_db()


def open_to(who, number, purpose=Purpose.FIRST_CONTACT, *, by=None, days=36500, classes=None):
    """Open a file to an officer, far beyond the clock of any test, past what the rules allow.

    All classes of the purpose, unless some are named.
    """
    until = NOW + timedelta(days=days)
    carried = sorted(CLASSES_OF_PURPOSE[Purpose(purpose)] if classes is None else classes)
    with connection.cursor() as cursor:
        cursor.execute(
            "select tests.give(%s, %s, %s, %s, %s, %s, %s)",
            [number, who.pk, str(purpose), (by or who).pk, NOW, until, carried],
        )
        return cursor.fetchone()[0]


def case(by, **more):
    """Return an invented case opened by ``by``, to whom it is open; run as that officer."""
    from mekhala.safeguards.access.acting import become

    number = new_number("MK")
    open_to(by, number)
    before = become(by.pk)
    more = {"sex": "female", "age": 20, "age_certainty": "known", "nationality": "KHM"} | more
    made = Case.objects.create(number=number, opened_at=NOW, opened_by=by, agency=by.agency, **more)
    become(before)
    return made
