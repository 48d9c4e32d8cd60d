"""How officers sign in: accounts are made by the office, secrets are kept sealed."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from mekhala.core.cryptography import Use
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.signing import factors, limits, queries, services
from mekhala.safeguards.signing.errors import TooOften
from mekhala.web.address import address_of

USES = (
    Use(
        what="second factors of officers", algorithm="Fernet: AES-128-CBC with HMAC-SHA256",
        standard="Fernet specification of 2013", key_bits=128 + 128,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: every officer sets up a second factor anew",
    ),
)  # fmt: skip


class AccountAdapter(DefaultAccountAdapter):
    """No one makes their own account; a session begins with what it was signed in by."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TooOften.words,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Answer no: accounts are given by an agency."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address tries are counted for, as far as our own proxies tell."""
        return address_of(request) or "unknown"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session; an older one on the same kind of device ends."""
        super().login(request, user)
        if not isinstance(user, Officer):
            raise TypeError(f"expected an officer, got {type(user).__name__}")
        limits.begin(request.session, now=time.time())
        if request.session.session_key is None:
            request.session.create()
        services.begin(
            by=user, key=str(request.session.session_key), at=timezone.now(),
            user_agent=self.get_http_user_agent(request), factors=_codes(request, user),
        )  # fmt: skip

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Answer whether a factor is changed too long after one was shown."""
        request = context.request
        if was_shown_lately(request) or (not is_enough(request) and _came_lately(request)):
            return False
        return super().is_reauthentication_required(app=app, **more)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Return the ways to show again who is there: the factor of the role, where there is one.

        A password alone renews nothing for whoever has more.
        """
        methods = super().get_reauthentication_methods(user)
        if not isinstance(user, Officer):
            return methods
        accepted = accepted_for(user)
        kinds = {
            "mfa_reauthenticate:webauthn": factors.PASSKEY,
            "mfa_reauthenticate": factors.CODES,
        }
        with_factor = [m for m in reversed(methods) if kinds.get(m["id"]) in accepted]
        return with_factor or [m for m in methods if m["id"] == "reauthenticate"]


class MfaAdapter(DefaultMFAAdapter):
    """Keeps second factors encrypted under a key derived from the installation's secret."""

    def encrypt(self, text: str) -> str:
        """Return ``text`` sealed for the database."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` sealed."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Answer no for the last factor the role can sign in with."""
        return not is_last_factor(authenticator)


def code_of_now(officer: Officer) -> str:
    """Return the one-time code that the officer's authenticator shows now."""
    from allauth.mfa import app_settings
    from allauth.mfa.totp.internal import auth

    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    secret = MfaAdapter().decrypt(kept.data["secret"])
    return auth.format_hotp_value(
        auth.hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD)
    )


def accepted_for(officer: Officer) -> frozenset[str]:
    """Return the kinds of factor of which the officer must show one here."""
    return factors.accepted_for(officer.role, is_invented=queries.is_invented())


def is_enough(request: HttpRequest) -> bool:
    """Return whether the session of ``request`` has shown a factor that its role demands."""
    if not isinstance(request.user, Officer):
        return False
    return factors.shown_in(records_of(request), accepted_for(request.user))


def was_shown_lately(request: HttpRequest) -> bool:
    """Return whether such a factor was shown in the last 15 minutes."""
    if not isinstance(request.user, Officer):
        return False
    accepted = accepted_for(request.user)
    return factors.shown_lately(records_of(request), accepted, now=time.time())


def records_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what the session has shown so far: password, passkey, code, each with its instant."""
    user = request.user if isinstance(request.user, Officer) else None
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return records


def _came_lately(request: HttpRequest) -> bool:
    """Whether somebody without a factor has just typed the password: it is not asked twice."""
    records = records_of(request)
    return bool(records) and time.time() - records[-1]["at"] < factors.FRESH


def has_factor(officer: Officer, kinds: frozenset[str]) -> bool:
    """Return whether the officer has set up a factor of one of these kinds."""
    return Authenticator.objects.filter(user_id=officer.pk, type__in=kinds).exists()


def is_last_factor(authenticator: Authenticator) -> bool:
    """Return whether nothing the officer's role demands would be left without it."""
    accepted = accepted_for(authenticator.user)
    kept = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=accepted)
    return authenticator.type in accepted and not kept.exclude(pk=authenticator.pk).exists()


def _codes(request: HttpRequest, officer: Officer) -> str:
    shown = get_authentication_records(request, officer)
    return ",".join(sorted({str(r.get("type", r["method"])) for r in shown}))


def _box() -> Fernet:
    key = hashlib.sha256(b"mekhala second factors|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
