"""The authorisation matrix, cell by cell: the tables of ``matrix/`` against the application (R-12).

An address or an operation that no table knows fails: whoever adds one says in ``matrix/*.csv``
who it is for. How the tables are read is told in ``cells.py`` and ``matrix/README.md``.
"""

import re

import pytest
from django.urls import get_resolver

from mekhala.safeguards.access.purposes import Role
from mekhala.web.exchange.api import api
from tests.safeguards import cells, forgotten, rows_seen
from tests.safeguards.cells import ABSENT, table
from tests.safeguards.cells import clients as _clients
from tests.safeguards.cells import filled as _filled
from tests.safeguards.cells import said as _said

NO_SIGN_IN = {
    "healthz", "sign-in/", "admission/", "language/setlang/", "csp-report/",
    "answer/<str:token>/",  # a link for a body without an account, and its code
}  # fmt: skip
OWN_ACCOUNT = re.compile(r"account/|sign-out/")
PHONES = {
    "f/formList", "f/forms/<int:pk>.xml", "f/forms/<int:pk>/manifest",
    "f/forms/<int:pk>/files/<str:md5>/<str:name>", "f/submission", "f/contact", "f/sealed",
    "f/enrol", "f/standing",  # by a code, or a beacon that tells one thing
    "f/", "f/calendar/", "f/worker.js", "f/manifest.json", "f/app/<str:name>",  # nobody's data
    "f/practice/formList", "f/practice/forms/<int:pk>.xml", "f/practice/submission",
}  # fmt: skip
API = re.compile(r"\^?api/")  # its operations have a table of their own
OF_A_CASE = "cases/<str:number>/"
CASE = {row.address.removeprefix(OF_A_CASE): cells.let_in(row) for row in table("cases")}
POSTED = {
    row.address.removeprefix(OF_A_CASE) for row in table("cases") if row.action == "act"
}  # fmt: skip
QUICK = ("own", "granted", "other", "ended", "withdrawn")  # all of them: ./run proof TP-A
ELSEWHERE = "registrations/"  # pages of a case with an address of their own
FEWEST = {"own": 100, "granted": 340, "other": 1200, "ended": 340}  # cells; a table lost is noticed


def route_of(rest):
    """Return the whole address of a page of a case."""
    return rest if rest.startswith(ELSEWHERE) else f"{OF_A_CASE}{rest}"


@pytest.fixture(scope="module")
def door():
    """Return every address of the casework door."""
    return sorted(set(_walk(get_resolver())))


def _walk(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern, route)
        else:
            yield route


def _told(known, there, folder="tests/safeguards/matrix"):
    """Say which addresses no table knows, and which are in a table and are gone."""
    new, gone = sorted(there - known), sorted(known - there)
    return f"add to {folder}/*.csv who may have: {new}; take out what is gone: {gone}"


def test_every_address_is_in_a_table(door):
    known = cells.addresses("cases", "proceedings", "kept", "pages") | NO_SIGN_IN | PHONES
    served = {r for r in door if not API.match(r) and not OWN_ACCOUNT.match(r)}
    assert served == known, _told(known, served)


def _operations():
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for verb in verbs:
            yield f"{verb} {path.removeprefix('/api/v1')}"


def test_every_operation_of_the_api_is_in_a_table_and_refuses_whoever_is_not_signed_in(db, client):
    known, there = cells.addresses("operations"), set(_operations())
    assert there == known, _told(known, there)
    for operation in there:
        verb, path = operation.split(" ", 1)
        address = "/api/v1" + re.sub(r"{\w+}", "1", path)
        assert getattr(client, verb)(address).status_code == 401, operation


def test_nobody_comes_in_without_signing_in(db, client, door):
    for route in door:
        if API.match(route) or route in NO_SIGN_IN | PHONES:
            continue
        answer = client.get("/" + _filled(route, "MK-X", {}))
        asks = ("webauthn/login/", "still-here/")  # a passkey; whether one still is in (401)
        assert answer.status_code in (302, 405) or route.endswith(asks), route
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in/"), route


@pytest.mark.parametrize("relation", QUICK)
def test_every_cell_is_as_the_tables_say(db, full, relation):
    found = cells.tried(relation, full)
    assert found.tried >= FEWEST.get(relation, 340)
    assert not found.allows, "\n".join(found.allows)
    assert not found.denials, "\n".join(found.denials)


@pytest.mark.parametrize("relation", ["own", "granted", "other", "ended", "withdrawn"])
def test_at_sql_no_row_is_there_beyond_the_tables(db, full, relation):
    found = rows_seen.at_sql(relation, full)
    assert found.tried >= (1 if relation == "withdrawn" else 2) * len(rows_seen.tables())
    assert not found.allows, "\n".join(found.allows)
    assert not found.denials, "\n".join(found.denials)


@pytest.mark.parametrize(("relation", "every"), [("other", 2), ("ended", 1)])  # all: TP-A
def test_with_every_filter_forgotten_nothing_of_a_closed_file_is_shown(db, full, relation, every):
    found = forgotten.without_filters(relation, full, every=every)
    assert found.tried > 340
    assert not found.allows, "\n".join(found.allows)


def _told_alike(client, row, full, verb, ids, nowhere):
    """Ask for what is closed and for what is absent; both must be told word for word alike."""
    addresses = []
    for known in (full.ids | ids, full.ids | nowhere):
        addresses.append("/" + _filled(row.address, known.get("number", ""), known))
    closed, absent = (getattr(client, verb)(address) for address in addresses)
    at, none = ((str(known.get("number") or ""), a) for known, a in
                zip((ids, nowhere), addresses, strict=True))  # fmt: skip
    assert _said(closed, *at) == _said(absent, *none), row.address
    assert closed.status_code in (404, 405), row.address


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_closed_file_and_an_absent_one_are_told_alike(db, full, verb):
    for turn, client in enumerate(_clients(full.outside).values()):
        for row in (*table("cases"), *table("proceedings"))[turn % 3 :: 3]:  # by two roles or more
            kind = "accused" if row.address.startswith("accused/") else "proceeding"
            number = full.number if row.table == "cases" else full.ids[kind]
            more = {} if row.table == "cases" else {"pk": full.ids["charge"]}
            _told_alike(
                client, row, full, verb, more | {"number": number}, more | {"number": ABSENT}
            )


@pytest.mark.parametrize("verb", ["get", "post"])
def test_what_another_agency_keeps_is_told_like_what_is_absent(db, full, verb):
    for client in _clients(full.outside).values():
        for row in table("kept"):
            key = re.search(r"<(?:int|slug):(\w+)>", row.address)[1]
            pk = full.ids["submission" if key == "pk" else key]
            _told_alike(client, row, full, verb, {key: pk}, {key: 9_999_999})


def test_the_api_tells_a_closed_file_like_an_absent_one(db, full):
    of_a_file = [r for r in table("operations") if not {"yes", "no"} & set(r.words.values())]
    for role, client in _clients(full.outside).items():
        for row in of_a_file:
            none = {"number": ABSENT} if "{number}" in row.address else dict.fromkeys(full.ids, 999)
            closed = cells.ask(client, row, full)
            absent = cells.ask(client, row, full, **none)
            told = closed.status_code, closed.content
            assert told == (absent.status_code, absent.content), (role, row.address)
            assert b'"fields"' not in closed.content, (row.address, closed.content)


def test_a_cell_that_lets_somebody_in_is_noticed(db, full, monkeypatch):
    monkeypatch.setitem(
        table("cases")[0].words, Role.FIRST_RESPONDER, "never"
    )  # as if the tables said that the case is there for no first responder
    found = cells.tried("own", full)
    assert [words for words in found.allows if words.startswith("page cases/<str:number>/:")]
