"""Whoever opens an invented file raises the alarm in the same request; nothing counts it (R-11)."""

import logging

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.access.services import new_token
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.queries import unseen_of
from tests.builders import agency, case, officer
from tests.builders_reading_quota import as_owner, watching
from tests.log import Entry
from tests.population.test_register import LABOUR, counts, registered  # noqa: F401 - a fixture


@pytest.fixture
def bait(db):
    """Return a reader, an invented file open to them, and who watches."""
    watchers, reader = watching(), officer()
    invented = case(reader)
    _mark(invented.number)
    return reader, invented.number, watchers


def _mark(number):
    as_owner(f"insert into reading_canary values ('{number}', '12', now())")


def _alarms(who):
    become(who.pk)
    return [n for n in unseen_of(who) if n.kind == Kind.ALARM_CANARY]


@pytest.mark.parametrize(
    "door", ["", "history/", "facts/", "emergency/", "letters/1/letter.pdf", "registration/"]
)
def test_any_page_of_it_tells_two_agencies_before_it_answers(bait, client, door):
    reader, number, watchers = bait
    client.force_login(reader)
    client.get(f"/cases/{number}/{door}")
    assert [len(_alarms(who)) for who in watchers] == [1, 1]


def test_the_name_shown_raises_it_as_well(bait, client):
    reader, number, watchers = bait
    client.force_login(reader)
    client.post(f"/cases/{number}/reveal/")
    assert _alarms(watchers[0])


def test_a_program_raises_it_as_well(bait, client):
    from django.utils import timezone

    reader, number, watchers = bait
    token = new_token(reader, "a program", at=timezone.now())
    client.get(f"/api/v1/cases/{number}", headers={"authorization": f"Bearer {token}"})
    assert _alarms(watchers[1])


def test_a_denied_try_by_number_raises_it_though_nothing_is_shown(bait, client):
    _reader, number, watchers = bait
    stranger = officer(Role.JUSTICE, at=agency(AgencyKind.COURT))
    client.force_login(stranger)
    assert client.get(f"/cases/{number}/").status_code == 404
    assert _alarms(watchers[0])[0].subject == stranger.username


def test_finding_it_by_number_raises_it(bait, client):
    reader, number, watchers = bait
    client.force_login(reader)
    client.post("/cases/find/", {"number": number})
    assert _alarms(watchers[0])


def test_trying_to_open_it_in_an_emergency_raises_it(bait, client):
    from tests.sessions import sign_in

    _reader, number, watchers = bait
    helper = officer(Role.PROVIDER, at=agency(AgencyKind.PROVIDER))
    words = "She telephoned from a locked room and asked for help now."
    sign_in(client, helper).post(
        "/emergencies/new/", {"number": number, "reason": "medical", "words": words}
    )
    assert _alarms(watchers[0])[0].subject == helper.username


def test_the_alarm_says_who_and_where_and_never_which_file(bait, client, caplog):
    reader, number, watchers = bait
    client.force_login(reader)
    with caplog.at_level(logging.WARNING):
        client.get(f"/cases/{number}/")
    entry = Entry.objects.get(act="reading.alarm")
    told = _alarms(watchers[0])[0]
    said = f"{caplog.text} {entry.subject} {entry.details} {told.subject} {told.details}"
    assert "An invented file was asked for" in said
    assert reader.username in said
    assert number not in said


def test_who_reads_sees_no_difference(bait, client):
    reader, number, _watchers = bait
    real = case(reader)
    client.force_login(reader)
    pages = [client.get(f"/cases/{n}/") for n in (number, real.number)]
    assert [page.status_code for page in pages] == [200, 200]
    assert "invented file" not in pages[0].content.decode()


def test_a_file_that_is_real_raises_nothing(bait, client):
    reader, _number, watchers = bait
    client.force_login(reader)
    client.get(f"/cases/{case(reader).number}/")
    assert not _alarms(watchers[0])


def test_an_answer_that_fails_takes_no_alarm_with_it(bait, client, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError

    reader, number, watchers = bait
    monkeypatch.setattr("mekhala.web.casework.cases.views.overview_of", broken)
    client.force_login(reader)
    client.raise_request_exception = False
    assert client.get(f"/cases/{number}/").status_code == 500
    assert _alarms(watchers[0])


def test_the_application_cannot_learn_which_files_are_invented(bait):
    for attack in ("select * from reading_canary", "select * from reading_alarm",
                   "select reading_is_real('MK-0000-0000')"):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _run(attack)


def test_an_invented_file_counts_in_no_register_and_without_the_rule_it_would(registered):  # noqa: F811
    by = registered(LABOUR)
    registered(LABOUR)
    assert sum(counts(by).values()) == 2
    numbers = "select number from encounter_case order by number limit 1"
    as_owner(f"insert into reading_canary select n.number, '12', now() from ({numbers}) n")
    assert sum(counts(by).values()) == 1
    as_owner(
        "create or replace function reading_is_real(file_number text) returns boolean"
        " language sql stable as 'select true'"
    )
    assert sum(counts(by).values()) == 2


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_planting_fills_each_province_and_changes_no_figure(transactional_db, client):
    """A small country: planted twice, counted before and after, and one file of it opened."""
    from django.utils import timezone

    from mekhala.cli.canaries_command import found
    from mekhala.config import roles
    from mekhala.population.linkage import queries, services
    from mekhala.safeguards.access.models import Grant, Officer
    from mekhala.safeguards.reading.models import Canary
    from mekhala.sample.canaries import plant
    from mekhala.sample.loading import load

    def counted(year):
        services.take_register(year, year, by=None, at=now)
        return queries.register_counts(year)

    now = timezone.now()
    roles.become(roles.OWNER)
    try:
        load(60, 3, now=now)
        years = range(now.year - 3, now.year + 1)
        before = [counted(year) for year in years]
        assert sum(map(sum, (count.values() for count in before))) > 0
        done = plant(2, now=now)
        assert set(done.files.values()) == {2}
        assert len(done.files) == 25
        assert sum(plant(2, now=now).files.values()) == 0
        assert [counted(year) for year in years] == before
        with transaction.atomic():
            _run("select set_config('mekhala.maintenance', 'on', true)")
            number = Canary.objects.filter(province_code="01").first().number
            open_to = Grant.objects.filter(file_number=number)
            officers = [grant.officer for grant in open_to]
    finally:
        roles.become(roles.APP)
    browsing = Officer.objects.get(pk=officers[0].pk)
    client.force_login(browsing)
    page = client.get(f"/cases/{number}/")
    assert page.status_code == 200
    assert number in client.get("/cases/").content.decode()
    assert number not in client.get("/today/").content.decode()
    roles.become(roles.OWNER)
    try:
        standing, alarms = found()
    finally:
        roles.become(roles.APP)
    assert standing == 50
    assert [alarm["officer"] for alarm in alarms] == [browsing.username]
    with transaction.atomic():
        become(browsing.pk)
        assert Case.objects.filter(number=number).exists()
