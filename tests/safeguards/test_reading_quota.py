"""Whoever goes through the files is stopped, is told so calmly, and two agencies know (R-09)."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.core.check_digit import new_number
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.queries import unseen_of
from mekhala.safeguards.reading import services
from mekhala.safeguards.reading.errors import LockNotYours, ReadingLocked
from mekhala.safeguards.reading.models import Limit, Lock
from tests.builders import NOW, case, officer, open_to
from tests.builders_agreements import new_token
from tests.builders_reading_quota import as_owner, limit, number, watching
from tests.safeguards.test_authorisation_matrix import _said

AGES = "update reading_read set at = at - interval '{}'"


@pytest.fixture
def reader(db):
    """Return a first responder whose limit is three files an hour and five a day."""
    limit()
    return officer()


def _kinds(who):
    become(who.pk)
    return [notice.kind for notice in unseen_of(who)]


def _read(client, *numbers):
    return [client.get(f"/cases/{each}/").status_code for each in numbers]


def test_the_limit_that_is_shipped_is_sixty_an_hour_and_two_hundred_a_day(db):
    assert {(each.per_hour, each.per_day) for each in Limit.objects.all()} == {(60, 200)}
    assert {each.role for each in Limit.objects.all()} == set(Role)
    assert all(each.because for each in Limit.objects.all())


def test_sixty_people_are_read_in_an_hour_and_the_next_is_not(db):
    who = officer()
    for n in range(60):
        services.look(who, number(n), door="cases:overview", at=NOW)
    with pytest.raises(ReadingLocked):
        services.look(who, number(60), door="cases:overview", at=NOW)


def test_the_same_file_read_again_is_one_file(client, reader):
    client.force_login(reader)
    assert _read(client, *[number(1)] * 9) == [404] * 9


def test_misses_count_and_the_answer_is_the_same_for_open_closed_and_absent(client, reader):
    mine, closed = case(reader), case(officer())
    watching()
    client.force_login(reader)
    assert _read(client, *map(number, range(4))) == [404, 404, 404, 429]
    asked = (mine.number, closed.number, number(9))
    said = {_said(client.get(f"/cases/{n}/"), n) for n in asked}
    ((status, body),) = said
    assert status == 429
    assert "Nothing is broken" in body


def test_all_doors_count_together(client, reader):
    token = new_token(reader, "a program", at=_now(), days=3000)
    program = {"headers": {"authorization": f"Bearer {token}"}}
    client.force_login(reader)
    client.get(f"/cases/{number(1)}/history/")
    client.get(f"/proceedings/{number(2)}/")
    assert client.get(f"/api/v1/cases/{number(3)}", **program).status_code == 404
    refused = client.get(f"/api/v1/cases/{number(4)}", **program)
    assert refused.status_code == 429
    assert "another agency" in refused.json()["detail"]
    assert client.post("/cases/find/", {"number": new_number("MK")}).status_code == 429


def test_finding_by_number_counts_whether_something_is_found_or_not(client, reader):
    client.force_login(reader)
    tries = [client.post("/cases/find/", {"number": new_number("MK")}) for _ in range(4)]
    assert [answer.status_code for answer in tries] == [200, 200, 200, 429]


def test_pages_that_are_no_file_stay_there(client, reader):
    client.force_login(reader)
    _read(client, *map(number, range(4)))
    assert client.get("/today/").status_code == 200
    assert client.get("/law/").status_code == 200


def test_an_hour_later_others_may_be_read_but_not_more_than_in_a_day(reader):
    for n in range(3):
        services.look(reader, number(n), door="x", at=NOW)
    as_owner(AGES.format("61 minutes"))
    for n in range(3, 5):
        services.look(reader, number(n), door="x", at=NOW)
    with pytest.raises(ReadingLocked):
        services.look(reader, number(5), door="x", at=NOW)
    assert Lock.objects.get().reason == "per_day"


def test_what_was_read_a_day_ago_counts_no_more(reader):
    for n in range(3):
        services.look(reader, number(n), door="x", at=NOW)
    as_owner(AGES.format("25 hours"))
    for n in range(3, 6):
        services.look(reader, number(n), door="x", at=NOW)
    assert not Lock.objects.exists()


def test_the_lock_stays_when_the_hour_is_over(client, reader):
    client.force_login(reader)
    _read(client, *map(number, range(4)))
    as_owner(AGES.format("3 days"))
    assert _read(client, number(0)) == [429]


def test_officers_of_two_other_agencies_are_told_in_the_same_request(client, reader):
    office, authority = watching()
    client.force_login(reader)
    _read(client, *map(number, range(4)))
    assert _kinds(office) == _kinds(authority) == [Kind.ALARM_QUOTA]
    assert unseen_of(authority).get().subject == reader.username


def test_nobody_of_the_officers_own_agency_is_told_or_lifts_it(client, db):
    limit()
    office, authority = watching()
    colleague = officer(Role.AUTHORITY, at=authority.agency)
    client.force_login(authority)
    _read(client, *map(number, range(4)))
    assert _kinds(office) == [Kind.ALARM_QUOTA]
    assert _kinds(colleague) == []
    become(colleague.pk)
    with pytest.raises(LockNotYours):
        services.lift(Lock.objects.get(), because="They were on night duty.", by=colleague, at=NOW)


def test_another_agency_lifts_it_on_the_page_and_the_officer_reads_again(client, reader):
    office, _authority = watching()
    mine = case(reader)
    client.force_login(reader)
    _read(client, *map(number, range(4)))
    client.force_login(office)
    lock = Lock.objects.get()
    assert reader.username in client.get("/alarms/").content.decode()
    short = client.post(f"/alarms/{lock.pk}/", {"because": "Fine."})
    assert short.status_code == 200
    because = "The desk answered the telephone for three offices that day."
    assert client.post(f"/alarms/{lock.pk}/", {"because": because}).status_code == 302
    assert _kinds(reader) == [Kind.READING_LIFTED]
    client.force_login(reader)
    assert _read(client, mine.number) == [200]


def test_the_application_reads_and_resets_no_count(reader):
    for attack in (
        "select * from reading_read", "delete from reading_read",
        "update reading_lock set lifted_at = now()", "update reading_limit set per_hour = 9999",
        "select * from reading_canary", "select * from reading_alarm",
        "select reading_past(1)", "select reading_is_real('MK-0000-0000')",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _run(attack)


def test_the_database_lets_nobody_lift_their_own_lock(reader, acting):
    for n in range(3):
        services.look(reader, number(n), door="x", at=NOW)
    with pytest.raises(ReadingLocked):
        services.look(reader, number(4), door="x", at=NOW)
    acting(reader)
    lock = Lock.objects.get()
    with pytest.raises(ProgrammingError, match="another agency"), transaction.atomic():
        _run(f"select reading_lift({lock.pk}, 'because I may read what I want')")


def test_a_lookup_costs_one_statement_for_every_file(reader, django_assert_num_queries):
    mine = case(reader)
    for asked in (mine.number, number(1), case(officer()).number):
        with django_assert_num_queries(1):
            services.look(reader, asked, door="x", at=NOW)


def test_without_the_count_a_hundred_files_are_read(client, reader, monkeypatch):
    """The mutant: with the guard taken out the attack goes through."""
    monkeypatch.setattr("mekhala.web.acting.count_reading", lambda _request: None)
    client.force_login(reader)
    files = []
    for _ in range(8):
        mine = case(reader)
        open_to(reader, mine.number, Purpose.FIRST_CONTACT)
        files.append(mine.number)
    assert _read(client, *files) == [200] * 8


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _now():
    from django.utils import timezone

    return timezone.now()
