"""Where sessions are kept: in the database, sealed, under a digest of the key in the cookie.

What an officer posted waits here while she or he signs in again, and may be a story somebody
told. A copy of the database therefore shows none of it, and its keys open no session: the cookie
is needed, whose key also is part of what is sealed (a row put in another's place does not open).
Named as SESSION_ENGINE. AES-256-GCM, NIST SP 800-38D; the key comes from the installation's secret.
"""

import base64
import hashlib
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from mekhala.core.cryptography import Use

KEY_HASH = "sha256"  # makes the key out of the secret
USES = (
    Use(
        what="sealing sessions of officers who are signed in", algorithm="AES-256-GCM",
        standard="NIST SP 800-38D", key_bits=hashlib.new(KEY_HASH).digest_size * 8,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: everybody signs in again",
    ),
)  # fmt: skip
_NONCE = 12  # bytes


def digest_of(key: str) -> str:
    """Return the 40 hexadecimal digits under which the session with ``key`` is kept."""
    return hashlib.sha256(b"mekhala session|" + key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's store in the database, sealed. Synchronous, like all of the application."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return ``session_dict`` sealed for the session of this key."""
        nonce = secrets.token_bytes(_NONCE)
        clear = json.dumps(session_dict, separators=(",", ":")).encode("latin-1")
        return base64.b64encode(nonce + _box().encrypt(nonce, clear, self._bound())).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Return what ``encode`` sealed; an empty session where it does not open."""
        try:
            sealed = base64.b64decode(session_data, validate=True)
            clear = _box().decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound())
        except (InvalidTag, ValueError):
            return {}
        kept: dict[str, Any] = json.loads(clear)
        return kept

    def exists(self, session_key: str) -> bool:
        """Return whether a session with this key is kept."""
        return bool(self.model.objects.filter(session_key=digest_of(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to write."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined] # Django's own
        row = {"session_data": self.encode(data), "expire_date": self.get_expiry_date()}
        return self.model(session_key=digest_of(key), **row)

    def delete(self, session_key: str | None = None) -> None:
        """Take the session with this key, or this session, out of the database."""
        key = session_key or self.session_key
        if key:
            forget([digest_of(key)])

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def _bound(self) -> bytes:
        return (self.session_key or "").encode()


def forget(digests: list[str]) -> None:
    """Take sessions out of the database: whoever held them is signed out at the next request."""
    SessionStore.get_model_class().objects.filter(session_key__in=digests).delete()


def _box() -> AESGCM:
    return _made(settings.SECRET_KEY)


@lru_cache(maxsize=2)
def _made(secret: str) -> AESGCM:
    return AESGCM(hashlib.new(KEY_HASH, b"mekhala sessions|" + secret.encode()).digest())
