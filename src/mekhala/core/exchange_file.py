"""A file sealed to one body abroad, and a word inside it by which that body says it opened it.

HPKE (RFC 9180, base mode). What is sealed is bound to the number it is about and to the key it is
for. The receipt word is drawn anew for each file; the sender keeps only its digest, so whoever
can say the word has opened the file.
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mekhala.core.check_digit import new_number
from mekhala.core.cryptography import Use
from mekhala.core.wrong_input import WrongInput

KEY = 32  # bytes
SHOWN = 16  # hexadecimal digits of a fingerprint, read aloud in fours
HPKE = ("X25519", "HKDF_SHA256", "AES_256_GCM")
_SUITE = Suite(getattr(KEM, HPKE[0]), getattr(KDF, HPKE[1]), getattr(AEAD, HPKE[2]))
USES = (
    Use(
        what="the minimum data set of a return, for the body of the other country",
        algorithm=f"HPKE: {', '.join(HPKE)}", standard="RFC 9180", key_bits=KEY * 8,
        lies="private: with the body abroad; public: database", owner="the body abroad",
        rotation="when the body makes another; the newest is used",
    ),
)  # fmt: skip


def new_key() -> tuple[str, str]:
    """Return a new private and public key, each as base64."""
    made = X25519PrivateKey.generate()
    return _packed(made.private_bytes_raw()), _packed(made.public_key().public_bytes_raw())


def public_bytes(text: str) -> bytes:
    """Return a public key as written by ``new_key``. Raises ``WrongInput``."""
    return _key(text, "public key")


def fingerprint(public: bytes) -> str:
    """Return the digits both sides read to each other before the key is trusted."""
    digits = hashlib.sha256(public).hexdigest()[:SHOWN]
    return " ".join(digits[n : n + 4] for n in range(0, SHOWN, 4))


def receipt_word() -> str:
    """Return a fresh receipt word, with a check sign."""
    return new_number("RC")


def receipt_digest(word: str) -> str:
    """Return what the sender keeps of a receipt word, however it is typed."""
    signs = "".join(word.upper().replace("-", "").split())
    return hashlib.sha256(signs.encode()).hexdigest()


def seal(told: dict[str, Any], *, about: str, public: bytes) -> bytes:
    """Return ``told`` as a file that only the holder of the private key opens."""
    clear = json.dumps(told, ensure_ascii=False).encode()
    to = X25519PublicKey.from_public_bytes(public)
    mark = fingerprint(public)
    lies = _SUITE.encrypt(clear, to, _bound(about, mark))
    envelope = {"mekhala_exchange": 1, "about": about, "key": mark, "sealed": _packed(lies)}
    return json.dumps(envelope).encode()


def open_file(content: bytes, private: str) -> dict[str, Any]:
    """Return what a file says. Raises ``WrongInput`` for another key or a changed file."""
    mine = X25519PrivateKey.from_private_bytes(_key(private, "private key"))
    mark = fingerprint(mine.public_key().public_bytes_raw())
    try:
        envelope = json.loads(content)
        bound = _bound(envelope["about"], mark)
        told: dict[str, Any] = json.loads(
            _SUITE.decrypt(base64.b64decode(envelope["sealed"]), mine, bound)
        )
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise WrongInput(
            f"exchange file: it does not open with this key ({mark}); expected a whole file "
            "sealed to it."
        ) from None
    return told


def _bound(about: str, mark: str) -> bytes:
    return f"mekhala exchange|{about}|{mark}".encode()


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _key(text: str, what: str) -> bytes:
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY:
        raise WrongInput(f"{what}: expected {KEY} bytes written as base64, 44 signs.")
    return raw
