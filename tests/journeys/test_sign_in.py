"""Signing in by password, by password and code, and by passkey, as officers do it."""

import re

import pytest
from django.core.cache import cache

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.sessions import code_for, give_codes

PASSWORD = "an invented password"
TODAY = re.compile(r"//[^/]+/today/$")  # not the sign-in page that leads on to it


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def device(page):
    """Return a page whose device makes sure who uses it, by finger or face, and keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip
    return page


@pytest.fixture
def who(transactional_db):
    return officer(Role.FIRST_RESPONDER, at=agency())


def say_name_and_password(page, who):
    page.goto("/today/")
    page.fill("[name=login]", who.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def test_by_password_alone_one_reaches_the_page_to_add_a_passkey(page, who):
    say_name_and_password(page, who)
    assert page.url.endswith("/account/first-factor/")
    page.goto("/cases/")
    assert page.url.endswith("/account/first-factor/")


def test_by_password_and_code_and_not_by_password_alone(page, transactional_db):
    counts = officer(Role.STATISTICIAN, at=agency(AgencyKind.NATIONAL_COMMITTEE))
    secret = give_codes(counts)
    say_name_and_password(page, counts)
    assert not page.url.endswith("/today/")
    page.fill("[name=code]", code_for(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(TODAY)


def test_a_secret_is_not_readable_in_the_database(who):
    from allauth.mfa.models import Authenticator

    secret = give_codes(who)
    assert secret not in str(Authenticator.objects.get(user=who).data)


def test_a_passkey_is_added_and_opens_the_door_next_time(device, who, checked):
    page, at = device, checked("en")
    say_name_and_password(page, who)
    at.look()
    page.get_by_role("button", name="Add a passkey").click()
    at.look()
    page.fill("[name=name]", "Invented key")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(TODAY)
    at.go("/account/sign-ins/")
    page.context.clear_cookies()
    page.goto("/today/")
    at.look()
    page.locator("#passkey_login").click()
    page.wait_for_url(TODAY)
    page.context.clear_cookies()
    say_name_and_password(page, who)
    at.look()
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(TODAY)
