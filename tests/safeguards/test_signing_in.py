"""Sessions: how they begin, what they carry, and what ends them."""

import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client

from mekhala.safeguards.access import accounts
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests import passkeys
from tests.builders import NOW, agency, officer

PASSWORD = "an invented password"


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    """Forget the failures other tests counted."""
    cache.clear()
    yield
    cache.clear()


PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36"}


def _say(client, name, password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": name, "password": password}, **more)


def _with_passkey(**given):
    who = officer(**given)
    return who, passkeys.give(who)


def _sign_in(client, who, passkey, **more):
    _say(client, who.username, **more)
    return passkeys.show(client, passkey, who, **more)


def _is_in(client):
    return client.get("/today/").status_code == 200


def test_a_session_ends_with_signing_out(db, client):
    who, passkey = _with_passkey()
    assert _sign_in(client, who, passkey).status_code == 302
    kept = client.cookies["session"].value
    assert _is_in(client)
    client.post("/sign-out/")
    again = Client()
    again.cookies["session"] = kept
    assert not _is_in(again)


@pytest.mark.parametrize("act", [accounts.close_account, accounts.lock_out])
def test_a_session_ends_when_the_account_is_closed_or_the_officer_locked_out(db, client, act):
    who, passkey = _with_passkey()
    office = officer(Role.ADMINISTRATOR, at=agency(AgencyKind.NATIONAL_COMMITTEE))
    _sign_in(client, who, passkey)
    assert _is_in(client)
    act(who, by=office, at=NOW)
    assert not _is_in(client)


def test_changing_ones_password_ends_the_sessions_elsewhere(db, client):
    (who, passkey), elsewhere = _with_passkey(), Client()
    _sign_in(client, who, passkey)
    _sign_in(elsewhere, who, passkey, **PHONE)
    assert _is_in(elsewhere)
    new = "another invented password"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/", told).status_code == 302
    who.refresh_from_db()
    assert who.check_password(new)
    assert not _is_in(elsewhere)
    assert _is_in(client)
    passkeys.sign_in_alone(Client(), passkey, who)  # followed under its new key, it can be ended
    assert not _is_in(client)


def test_the_session_cookie_is_out_of_reach_and_pages_are_kept_nowhere(db, client):
    answer = _sign_in(client, *_with_passkey())
    cookie = answer.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    for address in ("/today/", "/cases/", "/cases/MK-0000-0000/", "/api/v1/cases"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_over_https_cookies_are_bound_to_the_host_and_failures_counted_for_all_processes():
    asked = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        "s.LANGUAGE_COOKIE_NAME, s.LANGUAGE_COOKIE_SECURE, s.MESSAGE_STORAGE.split('.')[-1],"
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0,"
        "s.CACHES['default']['BACKEND'])"
    )
    import os

    env = os.environ | {
        "MEKHALA_URL": "https://invented.example",
        "DJANGO_SETTINGS_MODULE": "mekhala.config.settings.casework",
    }
    told = subprocess.run(
        [sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [
        "__Host-session", "__Host-csrf", "__Host-language", "True", "SessionStorage",
        "True", "True", "True",
        "django.core.cache.backends.db.DatabaseCache",
    ]  # fmt: skip


def test_failures_to_sign_in_are_limited_even_for_the_right_password(db, client):
    who = officer()
    for _try in range(5):
        assert _say(client, who.username, "a wrong password").status_code == 200
    answer = _say(client, who.username)
    assert b"Too many attempts. Wait 15 minutes" in answer.content
    assert client.get("/account/first-factor/").status_code == 302


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    """Failures to sign in are counted in the cache, which outlives a test."""
    cache.clear()


def test_an_unknown_name_and_a_wrong_password_are_told_alike(db):
    from tests.safeguards.test_authorisation_matrix import _said

    who, shut = officer(), officer(is_active=False)
    known = _said(_say(Client(), who.username, "a wrong password"), who.username)
    unknown = _said(_say(Client(), "nobody-here", "a wrong password"), "nobody-here")
    closed = _said(_say(Client(), shut.username, "a wrong password"), shut.username)
    assert known == unknown == closed
