"""Two officers act in the same moment: one act stands, the other is told so in words."""

import threading

import pytest
from django.db import connection
from django.test import Client

from mekhala.pathway.determination.models import Decision, Reading
from mekhala.pathway.registration import services as registration
from mekhala.pathway.registration.errors import AlreadyRegistered
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.acting import acting_for, become
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Purpose, Role
from tests import log
from tests.builders import NOW, officer, open_to
from tests.builders_casework import authority, believed, read, referred
from tests.log import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts):
    """Run each (officer, act) on its own connection at the same moment; return what each got."""
    start, got = threading.Barrier(len(acts)), []

    def run(who, act):
        try:
            start.wait(20)
            with acting_for(who.pk):
                act()
            got.append("done")
        except ActRefused as refusal:
            got.append(str(refusal))
        finally:
            connection.close()

    runners = [threading.Thread(target=run, args=pair) for pair in acts]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return sorted(got, key=lambda words: words != "done")


def _decided():
    board = authority()
    with acting_for(None):
        file = referred()
        asked = believed(file, *board[1:])
        for reader in board[1:]:
            read(asked, reader)
    return file.case


def test_a_case_is_registered_once_by_two_registrars_at_once():
    case = _decided()
    two = [officer(Role.REGISTRAR) for _ in range(2)]
    for one in two:
        open_to(one, case.number, Purpose.REGISTRATION)
    got = _at_once(*[
        (one, lambda one=one: registration.register(case=case, by=one, at=NOW)) for one in two
    ])  # fmt: skip
    assert got == ["done", str(AlreadyRegistered())]
    with acting_for(two[0].pk):
        assert Registration.objects.count() == 1
        assert Entry.objects.filter(act="registration.registered").count() == 1
    assert log.verify().broken_at is None


def test_two_readers_at_once_decide_once_and_one_reader_reads_once():
    board = authority()
    with acting_for(None):
        file = referred()
    acts = [(one, lambda one=one: read(file, one, days=0.2)) for one in (*board[1:], board[1])]
    got = _at_once(*acts)
    assert len(got) == 3
    assert got.count("done") == 2
    with acting_for(board[0].pk):
        assert (Reading.objects.count(), Decision.objects.count()) == (2, 1)
        assert Entry.objects.filter(act="determination.decided").count() == 1
    assert log.verify().broken_at is None


def test_a_form_posted_twice_at_once_has_one_effect():
    case, keeper = _decided(), officer(Role.REGISTRAR)
    open_to(keeper, case.number, Purpose.REGISTRATION)
    said, clients = [], [Client(), Client()]
    for client in clients:
        client.force_login(keeper)
    start = threading.Barrier(2)

    def post(client):
        start.wait(20)
        said.append(client.post(f"/cases/{case.number}/registration/"))
        connection.close()

    posts = [threading.Thread(target=post, args=(client,)) for client in clients]
    for one in posts:
        one.start()
    for one in posts:
        one.join()
    assert sorted(answer.status_code for answer in said) == [200, 302]
    (told,) = [a.content.decode() for a in said if a.status_code == 200]
    assert str(AlreadyRegistered()) in told
    with acting_for(keeper.pk):
        become(keeper.pk)
        assert Registration.objects.count() == 1
