"""Sealing one field of one person: AES-256-GCM, bound to its place.

AES-GCM by NIST SP 800-38D with a random 96-bit nonce; the data key is of one person and of one
keeping, so that few nonces are ever drawn under it. A sealed field opens only under the number,
the column and the key number it was sealed for (R-30, R-31).

A sealed field is: key number (4 bytes) | nonce (12) | ciphertext with tag. The text is filled up
to a multiple of 32 bytes first, so that the length of a name shows little.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mekhala.core.cryptography import Use

TABLE = "identity_identity"
KEY, NONCE, BLOCK, LONGEST = 32, 12, 32, 2000  # bytes
_HEAD, _LENGTH = struct.Struct(">I"), struct.Struct(">H")
USES = (
    Use(
        what="names and papers, each field",
        algorithm=f"AES-GCM, nonce {NONCE * 8} bits, bound to person, field and key",
        standard="NIST SP 800-38D", key_bits=KEY * 8,
        lies="database, wrapped by the key service", owner="nobody alone",
        rotation="a new one at each keeping; wrapped anew each year",
    ),
)  # fmt: skip


class DoesNotOpen(Exception):  # noqa: N818 - what happened
    """A sealed field was altered, moved, shortened, or belongs to another key."""


def seal(key: bytes, text: str, *, subject: str, field: str, number: int) -> bytes:
    """Return ``text`` sealed under ``key`` (32 bytes), its ``number``; empty for empty.

    Raises ``ValueError`` for a text above 2,000 bytes.
    """
    if not text:
        return b""
    said = text.encode()
    if len(said) > LONGEST:
        raise ValueError(f"{field}: longer than {LONGEST} bytes")
    filled = _LENGTH.pack(len(said)) + said
    filled += bytes(-len(filled) % BLOCK)
    nonce = os.urandom(NONCE)
    return (
        _HEAD.pack(number)
        + nonce
        + AESGCM(key).encrypt(nonce, filled, _place(subject, field, number))
    )


def number_of(sealed: bytes) -> int:
    """Return the number of the key that sealed a field. Raises ``DoesNotOpen``."""
    if len(sealed) < _HEAD.size + NONCE:
        raise DoesNotOpen
    return int(_HEAD.unpack(sealed[: _HEAD.size])[0])


def opened(keys: dict[int, bytes], sealed: bytes, *, subject: str, field: str) -> str:
    """Return the text of a sealed field; ``keys`` by number. Raises ``DoesNotOpen``."""
    if not sealed:
        return ""
    number = number_of(sealed)
    nonce, rest = sealed[_HEAD.size : _HEAD.size + NONCE], sealed[_HEAD.size + NONCE :]
    try:
        filled = AESGCM(keys[number]).decrypt(nonce, rest, _place(subject, field, number))
    except (InvalidTag, KeyError, ValueError):
        raise DoesNotOpen from None
    (length,) = _LENGTH.unpack(filled[: _LENGTH.size])
    return filled[_LENGTH.size : _LENGTH.size + length].decode()


def _place(subject: str, field: str, number: int) -> bytes:
    return f"{TABLE}|{subject}|{field}|{number}".encode()
