"""Many people's cases leave the system in one file only under two signatures, once (R-06)."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.four_eyes.errors import NotSigned
from mekhala.safeguards.four_eyes.services import use
from tests.builders import case, officer, open_to
from tests.builders_foureyes import WHY
from tests.log import Entry
from tests.sessions import sign_in


def _registrar_of(people):
    registrar, first = officer(Role.REGISTRAR), officer()
    for _person in range(people):
        open_to(registrar, case(first).number, Purpose.REGISTRATION, by=first)
    return registrar


def _browser(who):
    client = sign_in(Client(), who)
    client.get("/cases/export/")
    return client


def _rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_twenty_people_leave_alone_with_a_serial_and_each_case_notes_it(db):
    who = _registrar_of(20)
    rows = _rows(_browser(who).post("/cases/export/"))
    assert len(rows) == 20
    assert {row["exported_by"] for row in rows} == {who.username}
    assert len({row["serial"] for row in rows}) == 1
    noted = Entry.objects.filter(act="case.exported", by=who.pk)
    assert {entry.subject for entry in noted} == {row["number"] for row in rows}


@pytest.fixture
def asked(db):
    """Return who asked for a file of 21 people, the browser, and the address of the request."""
    who = _registrar_of(21)
    client = _browser(who)
    return who, client, client.post("/cases/export/", {"because": WHY}).headers["Location"]


def _take(address):
    return f"/cases/export/{address.rstrip('/').rsplit('/', 1)[1]}/"


def test_twenty_one_people_wait_for_another_agency_and_leave_once(asked):
    _who, client, address = asked
    assert client.post(_take(address)).status_code == 404  # not signed yet
    other = _browser(officer(Role.AUTHORITY))
    assert "21 people" in other.get(address).content.decode()
    other.post(address, {"answer": "agree"})
    assert other.post(_take(address)).status_code == 404  # only who asked
    assert len(_rows(client.post(_take(address)))) == 21
    assert client.post(_take(address)).status_code == 404  # only once


def test_without_a_reason_nothing_is_asked_and_no_file_leaves(db):
    page = _browser(_registrar_of(21)).post("/cases/export/")
    assert "Say why" in page.content.decode()
    assert "Content-Disposition" not in page.headers


def test_a_file_signed_for_is_gone_after_a_day_and_never_larger(asked):
    who, client, address = asked
    _browser(officer(Role.AUTHORITY)).post(address, {"answer": "agree"})
    become(who.pk)
    with pytest.raises(NotSigned):
        use(int(address.rstrip("/").rsplit("/", 1)[1]), kind="export.bulk", subject=who.username,
            by=who, at=timezone.now() + timedelta(hours=25))  # fmt: skip
    first = officer()
    open_to(who, case(first).number, Purpose.REGISTRATION, by=first)
    assert len(_rows(client.post(_take(address)))) == 21


def test_with_the_limit_taken_out_the_file_leaves_alone(db, monkeypatch):
    """The mutant: nothing but the limit keeps 21 people from leaving under one signature."""
    monkeypatch.setattr("mekhala.web.casework.cases.export.ALONE", 1000)
    assert len(_rows(_browser(_registrar_of(21)).post("/cases/export/"))) == 21
