"""A closed file and an absent one cost the database the same questions in the same order (R-01)."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test import Client

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.signing.queries import is_invented
from tests.safeguards.cells import ABSENT, asked_of_api, filled, table
from tests.safeguards.test_authorisation_matrix import CASE, route_of

JUSTICE = {
    row.address: "accused" if row.address.startswith("accused") else "proceeding"
    for row in table("proceedings")
    if "<slug:number>" in row.address
}
FILE_OPERATIONS = [row for row in table("operations") if "{number}" in row.address]

HELPERS = (Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR, Role.PROVIDER, Role.JUSTICE)


SAVEPOINT = re.compile(r'"s\d+_x\d+"')  # each has a name of its own


def _questions(ask):
    """Return the statements that ``ask`` sends, without their values."""
    said = []

    def note(execute, statement, values, many, context):
        said.append(SAVEPOINT.sub("", statement))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        ask()
    return said


@pytest.mark.parametrize("verb", ["get", "post"])
def test_every_page_asks_the_same_of_a_closed_case_and_of_an_absent_one(db, full, verb):
    for role in HELPERS:
        client = _client(full.outside[role])
        routes = {route_of(rest): (full.number, ABSENT) for rest in CASE}
        routes |= {route: (full.ids[kind], "PR-0000-0000") for route, kind in JUSTICE.items()}
        for route, numbers in routes.items():
            closed, absent = (
                _questions(partial(getattr(client, verb), "/" + filled(route, n, full.ids)))
                for n in numbers
            )
            assert closed == absent, (role, verb, route)


@pytest.mark.parametrize("role", HELPERS)
def test_every_operation_asks_the_same_of_a_closed_file_and_of_an_absent_one(db, full, role):
    client = _client(full.outside[role])
    for row in FILE_OPERATIONS:
        operation = row.address
        if "{" in operation.split("{number}")[1]:
            continue
        kind = "accused" if "/accused" in operation.split("{")[0] else "proceeding"
        number = full.number if "/cases" in operation else full.ids[kind]
        closed, absent = (
            _questions(partial(asked_of_api, client, row, full.ids | {"number": n}))
            for n in (number, ABSENT)
        )
        assert closed == absent, operation


def test_a_door_that_asks_more_of_a_file_that_is_there_is_found(db, full, monkeypatch):
    """The mutant: a look-up past row security makes the two differ."""
    from mekhala.web.casework.cases import frame

    client = _client(full.outside[Role.PROVIDER])
    honest = frame.opened_case

    def telling(request, number, **more):
        if number == full.number:
            connection.cursor().execute("select 1")
        return honest(request, number, **more)

    monkeypatch.setattr("mekhala.web.casework.cases.views.opened_case", telling)
    closed, absent = (
        _questions(lambda n=n: client.get(f"/cases/{n}/")) for n in (full.number, ABSENT)
    )
    assert closed != absent


def _client(who):
    is_invented()  # asked once by a process, and remembered
    client = Client()
    client.force_login(who)
    return client
