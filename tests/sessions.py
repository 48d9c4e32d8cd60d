"""Signing an officer in without a form, as long ago as a test needs."""

import base64
import hashlib
import hmac
import struct
import time

_django = {}  # Django's own force_login, once it stands aside


def sign_in(client, who, *, minutes_ago=0, shown=("webauthn",)):
    """Sign ``who`` in whose last proof of who it is was so long ago; ``shown``: kinds of factor."""
    _django["force_login"](client, who)
    session, at = client.session, time.time() - 60 * minutes_ago
    session["account_authentication_methods_user"] = str(who.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "username": who.username},
        *({"method": "mfa", "at": at, "type": kind} for kind in shown),
    ]
    session["began"], session["seen"] = int(at), int(time.time())
    session.save()
    return client


def every_sign_in_is_whole():
    """Let ``client.force_login`` stand for signing in with the factor the role demands."""
    from django.test import Client

    if not _django:
        _django["force_login"] = Client.force_login
        Client.force_login = lambda client, who, backend=None: sign_in(client, who) and None


def code_for(secret, *, at=None):
    """Return the one-time code of RFC 6238 for the half minute of ``at`` (epoch; now)."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def give_codes(who):
    """Give ``who`` an app with codes; return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret
