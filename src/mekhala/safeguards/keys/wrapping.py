"""Wrapping one person's data key: AES-256-GCM at the service, HPKE towards it while it is down.

Each wrapping is bound to the number it belongs to, so that a key moved to another row, or asked
for under another number than its own, does not open. AES-GCM: NIST SP 800-38D; HPKE: RFC 9180,
base mode with X25519, HKDF-SHA256 and AES-256-GCM. Both by ``cryptography``.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

NONCE = 12  # bytes; drawn anew for each wrapping
KEY = 32  # bytes of every key
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class DoesNotOpen(Exception):  # noqa: N818 - what happened
    """A wrapped key was altered, moved, or wrapped by a key that is not this one."""


@dataclass(frozen=True)
class Place:
    """Where a data key belongs: whose it is, which of hers or his, wrapped by which version."""

    subject: str
    number: int
    version: int

    def bound(self) -> bytes:
        """Return the associated data of a wrapping."""
        return f"mekhala data key|{self.subject}|{self.number}|{self.version}".encode()


def wrap(key: bytes, wrapping_key: bytes, place: Place) -> bytes:
    """Return ``key`` (32 bytes) wrapped for ``place``: nonce, then ciphertext with its tag."""
    if len(key) != KEY:
        raise DoesNotOpen
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, key, place.bound())


def unwrap(wrapped: bytes, wrapping_key: bytes, place: Place) -> bytes:
    """Return the data key. Raises ``DoesNotOpen``."""
    try:
        return AESGCM(wrapping_key).decrypt(wrapped[:NONCE], wrapped[NONCE:], place.bound())
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def box(key: bytes, public: bytes, place: Place) -> bytes:
    """Return ``key`` sealed to the service's public key (32 bytes): only the service opens it."""
    return _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(public), place.bound())


def unbox(boxed: bytes, private: bytes, place: Place) -> bytes:
    """Return the data key sealed by ``box``. Raises ``DoesNotOpen``."""
    try:
        mine = X25519PrivateKey.from_private_bytes(private)
        return bytes(_SUITE.decrypt(boxed, mine, place.bound()))
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
