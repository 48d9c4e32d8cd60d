"""How long a session stands, what it keeps, and what is told to whom it was taken from."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mekhala.safeguards.signing import limits
from mekhala.safeguards.signing.devices import class_of, told_of
from mekhala.safeguards.signing.models import DeviceClass, Ended, SignIn
from mekhala.safeguards.signing.sealed_sessions import SessionStore
from tests import passkeys
from tests.builders import officer
from tests.builders_guard import everything
from tests.safeguards.test_signing_in import PHONE, _is_in
from tests.sessions import sign_in

IDLE, HOURS = limits.IDLE, limits.HOURS


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    """Failures are counted in the cache, which outlives a test."""
    cache.clear()


def _came(who, passkey, client=None, **more):
    client = client or Client()
    passkeys.sign_in_alone(client, passkey, who, **more)
    return client


def _set(client, **marks):
    session = client.session
    session.update(marks)
    session.save()


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_session_stands_ten_minutes_and_eight_hours_at_most(began, between, after):
    session = {"began": began, "seen": began + between}
    now = began + between + after
    stands = limits.why_over(session, now=now) is None
    assert stands == (after < 600 and between + after < 8 * 3600)


def test_a_session_nobody_began_here_does_not_stand():
    assert limits.why_over({}, now=0) is Ended.ACCOUNT


@pytest.mark.parametrize(
    ("marks", "reason"),
    [({"seen": time.time() - IDLE - 1}, "idle"), ({"began": time.time() - HOURS - 1}, "hours")],
)
def test_when_the_time_is_over_one_is_signed_out_and_told_why(db, client, marks, reason):
    sign_in(client, officer())
    _set(client, **{name: int(at) for name, at in marks.items()})
    answer = client.get("/today/")
    assert answer.url == f"/sign-in/?next=/today/&ended={reason}"
    assert str(Ended(reason).label) in client.get(answer.url).text
    assert not _is_in(client)


def test_without_the_guard_an_old_session_would_stand(db, client, monkeypatch):
    sign_in(client, officer())
    _set(client, seen=int(time.time()) - IDLE - 1)
    monkeypatch.setattr(limits, "why_over", lambda session, now: None)
    assert _is_in(client)


def test_what_is_done_is_noted_so_that_writing_keeps_the_session(db, client):
    sign_in(client, officer())
    _set(client, seen=int(time.time()) - 60)
    assert client.head("/account/still-here/").status_code == 204
    assert time.time() - client.session["seen"] < 5


def test_a_page_that_asks_after_the_end_is_told_why(db, client):
    sign_in(client, officer())
    _set(client, seen=int(time.time()) - IDLE - 1)
    answer = client.head("/account/still-here/")
    assert (answer.status_code, answer.headers["Mekhala-Ended"]) == (401, "idle")


def test_a_part_of_a_page_leads_the_whole_page_back_after_signing_in(db, client):
    sign_in(client, officer())
    _set(client, seen=int(time.time()) - IDLE - 1)
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/?page=2"}
    answer = client.get("/cases/", headers=asked)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fcases%2F%3Fpage%3D2&ended=idle"


def test_signing_in_on_another_computer_ends_the_first_and_tells_it(db):
    who = officer()
    passkey = passkeys.give(who)
    first, phone = _came(who, passkey), _came(who, passkey, **PHONE)
    second = _came(who, passkey)
    assert not _is_in(first)
    assert _is_in(phone)
    assert _is_in(second)
    assert SignIn.objects.filter(officer=who, ended_at=None).count() == 2


def test_the_first_computer_is_told_even_in_the_answer_that_sends_it_away(db):
    who = officer()
    passkey = passkeys.give(who)
    first = _came(who, passkey)
    _came(who, passkey)
    answer = first.get("/today/")
    assert "ended=elsewhere" in answer.url
    assert "If that was not you" in first.get(answer.url).text


def test_one_sees_ones_own_sessions_and_ends_one(db):
    who, other = officer(), officer()
    passkey = passkeys.give(who)
    computer, phone = _came(who, passkey), _came(who, passkey, **PHONE)
    page = computer.get("/account/sign-ins/").text
    assert "Phone or tablet: Chrome, Android" in page
    taken = SignIn.objects.get(officer=who, device_class=DeviceClass.PHONE)
    stranger = sign_in(Client(), other)
    assert stranger.post(f"/account/sign-ins/{taken.pk}/end/").status_code == 404
    computer.post(f"/account/sign-ins/{taken.pk}/end/")
    assert not _is_in(phone)


def test_signing_out_tells_the_browser_to_forget_everything(db, client):
    sign_in(client, officer())
    answer = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "ended=signed_out" in answer.url


def test_signing_out_leads_back_to_no_other_site(db, client):
    sign_in(client, officer())
    answer = client.post("/sign-out/", {"next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.url


def test_what_waits_in_a_session_is_not_readable_in_the_database(db, acting):
    full = everything()
    who = next(iter(full.inside.values()))
    client = sign_in(Client(), who, minutes_ago=16)
    word = "zarzaparrilla"
    client.post(f"/cases/{full.number}/safe-contact/", {"words": word})
    assert word in client.session["account_reauthentication_state"]["request"]
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(session_key || session_data, ' ') from django_session")
        kept = cursor.fetchone()[0]
    assert word not in kept
    assert client.cookies["session"].value not in kept


def test_a_row_put_in_anothers_place_does_not_open(db):
    mine, theirs = SessionStore(), SessionStore()
    mine["word"], theirs["word"] = "mine", "theirs"
    mine.create()
    theirs.create()
    rows = list(Session.objects.all())
    rows[0].session_data, rows[1].session_data = rows[1].session_data, rows[0].session_data
    Session.objects.bulk_update(rows, ["session_data"])
    assert "word" not in SessionStore(mine.session_key)
    assert "word" not in SessionStore(theirs.session_key)


def test_a_key_from_a_copy_of_the_database_opens_no_session(db, client):
    sign_in(client, officer())
    thief = Client()
    thief.cookies["session"] = Session.objects.get().session_key
    assert not _is_in(thief)


@pytest.mark.parametrize(
    ("says", "kind", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36", "computer", "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Mobile Safari/604", "phone",
         "Safari, iPhone"),
        ("", "computer", ""),
    ],
)  # fmt: skip
def test_a_browser_says_what_it_is(says, kind, told):
    assert (class_of(says), told_of(says)) == (kind, told)


@pytest.mark.parametrize("page", ["reveal/", "safe-contact/", "letters/{letter_id}/letter.pdf",
                                  "looks/print/"])  # fmt: skip
def test_names_ways_to_reach_and_copies_need_a_fresh_sign_in(db, page):
    full = everything()
    from mekhala.safeguards.access.purposes import Role

    who = full.inside[Role.AUTHORITY]
    passkeys.give(who)
    address = f"/cases/{full.number}/" + page.format(**full.ids)
    ask = "post" if page == "reveal/" else "get"
    stale = sign_in(Client(), who, minutes_ago=16)
    assert getattr(stale, ask)(address).url.startswith("/account/second-factor/webauthn/reauth")
    fresh = getattr(sign_in(Client(), who), ask)(address)
    assert fresh.status_code == 200


def test_a_copy_is_noted_under_the_serial_it_goes_with(db):
    full = everything()
    from mekhala.safeguards.access.purposes import Role

    client = sign_in(Client(), full.inside[Role.AUTHORITY])
    answer = client.get(f"/cases/{full.number}/letters/{full.ids['letter_id']}/letter.pdf")
    with connection.cursor() as cursor:
        cursor.execute("select details->>'serial', subject from tests.log"
                       " where act = 'signing.copy_taken'")  # fmt: skip
        assert cursor.fetchone() == (answer.headers["Mekhala-Serial"], full.number)


def test_a_page_carries_who_when_and_a_serial_for_its_paper_and_printing_is_noted(db, client):
    who = officer()
    sign_in(client, who)
    page = client.get("/cases/")
    serial = page.context["mark"].serial
    assert f"Printed by {who.shown_as}" in page.text
    client.post("/account/printed/", {"serial": serial, "path": "/cases/MK-AAAA-BBBB/"})
    with connection.cursor() as cursor:
        cursor.execute("select subject from tests.log where act = 'signing.page_printed'"
                       " and details->>'serial' = %s", [serial])  # fmt: skip
        assert cursor.fetchone() == ("MK-AAAA-BBBB",)


def test_old_sessions_are_forgotten_when_somebody_signs_in(db):
    forgotten = SessionStore()
    forgotten["word"] = "kept too long"
    forgotten.create()
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(seconds=1))
    who = officer()
    _came(who, passkeys.give(who))
    assert Session.objects.count() == 1
