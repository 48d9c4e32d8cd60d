"""How officers sign in: accounts are made by the office, secrets are kept sealed."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from mekhala.core.cryptography import Use

USES = (
    Use(
        what="second factors of officers", algorithm="Fernet: AES-128-CBC with HMAC-SHA256",
        standard="Fernet specification of 2013", key_bits=128 + 128,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: every officer sets up a second factor anew",
    ),
)  # fmt: skip


class AccountAdapter(DefaultAccountAdapter):
    """No one makes their own account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Answer no: accounts are given by an agency."""
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Keeps second factors encrypted under a key derived from the installation's secret."""

    def encrypt(self, text: str) -> str:
        """Return ``text`` sealed for the database."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` sealed."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"mekhala second factors|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
