"""Whoever has not shown the factor of the role reaches the page to add it, and nothing else."""

import time

import pytest
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import get_resolver

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.signing import queries
from mekhala.web.sign_in_forms import CodeForm
from tests import passkeys
from tests.builders import agency, officer
from tests.safeguards.cells import asked_of_api, filled, table
from tests.safeguards.test_authorisation_matrix import _walk
from tests.sessions import code_for, give_codes, sign_in

PASSWORD = "an invented password"
ADD = "/account/second-factor/webauthn/add/"
FIRST = "/account/first-factor/"
REACHED = {
    "sign-in/", "sign-out/", "healthz", "csp-report/", "language/setlang/",
    "account/first-factor/", "account/still-here/", "account/reauthenticate/",
    "account/second-factor/reauthenticate/", "account/second-factor/webauthn/add/",
    "account/second-factor/webauthn/reauthenticate/",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    """Failures and used codes are kept in the cache, which outlives a test."""
    cache.clear()
    queries.forget_whether_invented()
    yield
    cache.clear()
    queries.forget_whether_invented()


@pytest.fixture
def invented(db):
    """Mark the database as the loader of the invented country does: as its owner."""
    with connection.cursor() as cursor:
        cursor.execute("select tests.invent()")


def _say(client, who):
    return client.post("/sign-in/", {"login": who.username, "password": PASSWORD})


def _statistician():
    return officer(Role.STATISTICIAN, at=agency(AgencyKind.NATIONAL_COMMITTEE))


def test_after_the_password_alone_there_is_the_page_to_add_a_passkey_and_nothing_else(db, client):
    who = officer()
    _say(client, who)
    beyond = []
    for route in sorted(set(_walk(get_resolver()))):
        if "api/" in route or "(?P" in route:
            continue
        answer = client.get("/" + filled(route, "MK-X", {}))
        held = answer.status_code == 302 and answer.url == FIRST
        if held == (route in REACHED) and route not in ("sign-in/", "account/reauthenticate/"):
            beyond.append((route, answer.status_code))
    assert not beyond
    for row in table("operations"):
        answer = asked_of_api(client, row, {"number": "MK-X"})
        assert answer.status_code == 403, row.address
    fragment = client.get("/today/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, FIRST)
    assert not fragment.content
    assert b"Add a passkey" in client.get(FIRST).content


def test_without_the_guard_the_password_alone_would_open_the_pages(db, client, monkeypatch):
    monkeypatch.setattr("mekhala.web.sessions._held_back", lambda request: None)
    _say(client, officer())
    assert client.get("/today/").status_code == 200


def test_a_session_that_is_half_in_acts_as_nobody(db, client, monkeypatch):
    monkeypatch.setattr("mekhala.web.sessions._may_be_reached", lambda request, officer: True)
    who = officer()
    _say(client, who)
    client.get("/today/")
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('mekhala.officer', true)")
        assert cursor.fetchone()[0] != str(who.pk)


def test_a_passkey_that_was_just_added_opens_the_door_at_once(db, client):
    _say(client, officer())
    assert passkeys.add(client, passkeys.Passkey()).url == "/"
    assert client.get("/today/").status_code == 200


def test_password_and_passkey_or_the_passkey_alone(db, client):
    who = officer()
    passkey = passkeys.give(who)
    assert _say(client, who).url == "/account/second-factor/authenticate/"
    assert client.get("/today/").status_code == 302
    assert passkeys.show(client, passkey, who).status_code == 302
    assert client.get("/today/").status_code == 200
    alone = Client()
    assert passkeys.sign_in_alone(alone, passkey, who).status_code == 302
    assert alone.get("/today/").status_code == 200


@pytest.mark.parametrize("way", ["alone", "after the password"])
def test_a_device_that_does_not_make_sure_who_uses_it_is_refused(db, client, way):
    who = officer()
    careless = passkeys.give(who, passkeys.Passkey(verifies=False))
    if way == "alone":
        passkeys.sign_in_alone(client, careless, who)
    else:
        _say(client, who)
        passkeys.show(client, careless, who)
    assert client.get("/today/").status_code == 302


def test_nor_is_it_added(db, client):
    who = officer()
    _say(client, who)
    passkeys.add(client, passkeys.Passkey(verifies=False))
    assert client.get("/today/").url == FIRST


def test_a_passkey_for_another_address_opens_nothing(db, client):
    who = officer()
    passkey = passkeys.give(who)
    passkey.host = "testserver.example"  # a page made to look like ours
    _say(client, who)
    passkeys.show(client, passkey, who)
    assert client.get("/today/").status_code == 302


def test_codes_do_for_whom_sees_nobody(db, client):
    who = _statistician()
    secret = give_codes(who)
    _say(client, who)
    client.post("/account/second-factor/authenticate/", {"code": code_for(secret)})
    assert client.get("/today/").status_code == 200


def test_codes_alone_leave_an_officer_who_sees_people_at_the_door(db, client):
    who = officer()
    secret = give_codes(who)
    _say(client, who)
    client.post("/account/second-factor/authenticate/", {"code": code_for(secret)})
    assert client.get("/today/").url == FIRST


def test_where_a_passkey_is_there_a_code_does_not_stand_in_for_it(db, client):
    who = officer()
    secret = give_codes(who)
    passkeys.give(who)
    _say(client, who)
    answer = client.post("/account/second-factor/authenticate/", {"code": code_for(secret)})
    assert b"signs in with its passkey" in answer.content
    assert client.get("/today/").url.startswith("/sign-in/")


def test_a_session_begun_before_the_passkey_was_added_cannot_add_another(db, client):
    who = officer()
    _say(client, who)
    passkeys.give(who)
    assert client.get(ADD).url == FIRST
    assert b"Add a passkey" not in client.get(FIRST).content


def test_the_last_passkey_cannot_be_taken_away(db, client):
    from allauth.mfa.models import Authenticator

    who = officer()
    passkeys.give(who)
    sign_in(client, who)
    first = Authenticator.objects.get(user=who)
    client.post(f"/account/second-factor/webauthn/keys/{first.pk}/remove/")
    assert Authenticator.objects.filter(pk=first.pk).exists()
    passkeys.add(client, passkeys.Passkey())
    client.post(f"/account/second-factor/webauthn/keys/{first.pk}/remove/")
    assert not Authenticator.objects.filter(pk=first.pk).exists()


def test_there_are_no_spare_codes(db, client):
    sign_in(client, officer())
    assert client.get("/account/second-factor/recovery-codes/").status_code == 404


def test_in_the_invented_country_codes_do_for_everybody_and_each_page_says_so(invented, client):
    who = officer()
    secret = give_codes(who)
    assert b"Invented country: a passkey is not demanded here" in client.get("/sign-in/").content
    _say(client, who)
    client.post("/account/second-factor/authenticate/", {"code": code_for(secret)})
    page = client.get("/today/")
    assert page.status_code == 200
    assert b"Invented country: a passkey is not demanded here" in page.content


def test_an_installation_behind_https_is_never_an_invented_country(invented, settings):
    assert queries.is_invented()
    settings.SECURE = True
    assert not queries.is_invented()


def test_the_application_cannot_mark_its_own_database_as_invented(db):
    for statement in (
        "insert into signing_inventedcountry (since) values (now())",
        "update signing_inventedcountry set since = now()",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert not queries.is_invented()


def test_only_an_invented_country_tells_the_code_on_the_page(db):
    who = _statistician()
    give_codes(who)
    assert CodeForm(user=who).fields["code"].help_text == ""


def test_in_the_invented_country_a_newcomer_is_told_the_code(invented):
    who = _statistician()
    secret = give_codes(who)
    told = str(CodeForm(user=who).fields["code"].help_text)
    assert told[-7:-1] in {code_for(secret), code_for(secret, at=time.time() - 30)}
