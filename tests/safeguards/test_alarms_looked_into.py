"""Alarms of invented files stand on a page, without the file, until somebody looks into them."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.notices.queries import unseen_of
from mekhala.safeguards.reading import queries, services
from mekhala.safeguards.reading.errors import AlarmNotYours
from tests.builders import agency, case, officer
from tests.builders_reading_quota import as_owner, watching
from tests.log import Entry
from tests.sessions import sign_in

FOUND = "I asked the head of the office: a mistyped number, shown to me."


@pytest.fixture
def raised(db):
    """Return who asked for an invented file, its number, and who watches."""
    watchers, reader = watching(), officer()
    number = case(reader).number
    as_owner(f"insert into reading_canary values ('{number}', '12', now())")
    sign_in(Client(), reader).get(f"/cases/{number}/")
    return reader, number, watchers


def _page(who):
    return sign_in(Client(), who).get("/alarms/").content.decode()


def _alarm(who):
    become(who.pk)
    return queries.alarms()[0]


def test_the_page_names_officer_and_page_and_never_the_file(raised):
    reader, number, watchers = raised
    for who in watchers:
        page = _page(who)
        assert reader.username in page
        assert "cases:overview" in page
        assert "(1 to look into)" in page
        assert number not in page


def test_whoever_watches_says_what_was_found_and_it_is_kept_with_both_names(raised):
    reader, number, (office, authority) = raised
    client = sign_in(Client(), office)
    address = f"/alarms/invented/{_alarm(office).pk}/"
    assert number not in client.get(address).content.decode()
    assert "at least 20" in client.post(address, {"words": "ok"}).content.decode()
    assert client.post(address, {"words": FOUND}).status_code == 302
    page = _page(authority)
    assert FOUND in page
    assert office.username in page
    assert "to look into)" not in page
    assert Entry.objects.get(act="reading.looked_into").subject == reader.username


def test_an_alarm_is_looked_into_once(raised):
    _reader, _number, (office, authority) = raised
    address = f"/alarms/invented/{_alarm(office).pk}/"
    sign_in(Client(), office).post(address, {"words": FOUND})
    again = sign_in(Client(), authority).post(address, {"words": "Something else altogether."})
    assert "looked into already" in again.content.decode()
    assert _alarm(authority).words == FOUND


def test_the_officers_own_agency_sees_and_answers_nothing(raised):
    reader, _number, (office, _authority) = raised
    pk = _alarm(office).pk
    kind = AgencyKind.NATIONAL_COMMITTEE
    near = officer(Role.ADMINISTRATOR, at=reader.agency if reader.agency.kind == kind else None)
    as_owner(f"update access_officer set agency_id = {reader.agency_id} where id = {near.pk}")
    near.refresh_from_db()
    client = sign_in(Client(), near)
    assert reader.username not in client.get("/alarms/").content.decode()
    assert client.post(f"/alarms/invented/{pk}/", {"words": FOUND}).status_code == 404
    assert _alarm(office).looked_at is None


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.ADMINISTRATOR, Role.AUTHORITY)])
def test_other_roles_are_told_of_no_alarm_even_past_the_pages(raised, role):
    who, watcher = officer(role), raised[2][0]
    pk = _alarm(watcher).pk
    become(who.pk)
    assert queries.alarms() == []
    with pytest.raises(AlarmNotYours):
        services.look_into(pk, words=FOUND, by=who, at=timezone.now())
    assert _alarm(watcher).looked_at is None
    assert sign_in(Client(), who).get("/alarms/").status_code == 404


def test_the_table_itself_stays_closed(raised):
    become(raised[2][0].pk)
    for attack in ("select * from reading_alarm", "update reading_alarm set words = 'x'"):
        with (
            pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(),
            connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(attack)


def test_the_notice_counts_what_nobody_has_looked_into(raised):
    reader, number, (office, _authority) = raised
    sign_in(Client(), reader).get(f"/cases/{number}/history/")
    become(office.pk)
    told = [n.words for n in unseen_of(office)]
    assert any("(2 not looked into)" in words for words in told)


def test_without_the_rule_of_agencies_the_own_agency_would_see_it(raised):
    """The mutant: the function forgets to ask for another agency."""
    reader, _number, _watchers = raised
    near = officer(Role.ADMINISTRATOR, at=agency(AgencyKind.NATIONAL_COMMITTEE))
    as_owner(f"update access_officer set agency_id = {reader.agency_id} where id = {near.pk}")
    become(near.pk)
    assert queries.alarms() == []
    as_owner(
        "do $m$ begin execute replace(pg_get_functiondef('reading_alarms()'::regprocedure),"
        " 'me.agency_id <> about.agency_id', 'true'); end $m$"
    )
    assert [one.officer for one in queries.alarms()] == [reader.username]
