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

from mekhala.core.cryptography import Use

NONCE = 12  # bytes; drawn anew for each wrapping
KEY = 32  # bytes of every key
HPKE = ("X25519", "HKDF_SHA256", "AES_256_GCM")
_SUITE = Suite(getattr(KEM, HPKE[0]), getattr(KDF, HPKE[1]), getattr(AEAD, HPKE[2]))
USES = (
    Use(
        what="wrapping every person's data keys", algorithm=f"AES-GCM, nonce {NONCE * 8} bits",
        standard="NIST SP 800-38D", key_bits=KEY * 8, lies="key service, wrapping.json",
        owner="administrator of the key service",
        rotation="each year, and when who could read it leaves: mekhala keys rotate",
    ),
    Use(
        what="data keys made while the service is down", standard="RFC 9180",
        algorithm=f"HPKE: {', '.join(HPKE)}",
        key_bits=KEY * 8, lies="key service, wrapping.json",
        owner="administrator of the key service", rotation="with the wrapping key",
    ),
)  # fmt: skip


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
