"""Signing in by password, by password and code, and by passkey, as officers do it."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

from mekhala.safeguards.access.purposes import Role
from tests.builders import agency, officer

PASSWORD = "an invented password"


@pytest.fixture
def who(transactional_db):
    return officer(Role.FIRST_RESPONDER, at=agency())


def code_for(secret):
    """Return the one-time code of RFC 6238 for this half minute."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def say_name_and_password(page, who):
    page.goto("/today/")
    page.fill("[name=login]", who.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def test_by_password_where_no_second_factor_is_set(page, who):
    say_name_and_password(page, who)
    assert page.url.endswith("/today/")


def test_by_password_and_code_and_not_by_password_alone(page, who):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    say_name_and_password(page, who)
    assert not page.url.endswith("/today/")
    page.fill("[name=code]", code_for(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/today/")


def test_a_secret_is_not_readable_in_the_database(who):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    assert secret not in str(Authenticator.objects.get(user=who).data)


def test_a_passkey_is_added_and_opens_the_door_next_time(page, who):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip
    say_name_and_password(page, who)
    page.goto("/account/second-factor/webauthn/add/")
    if page.locator("[name=password]").count():  # the account asks who is there once more
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/webauthn/add/")
    page.fill("[name=name]", "Invented key")
    page.check("[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "/webauthn/add/" not in address)
    page.context.clear_cookies()
    page.goto("/today/")
    page.locator("#passkey_login, #mfa_webauthn_login, [id*=passkey]").first.click()
    page.wait_for_url("**/today/")
