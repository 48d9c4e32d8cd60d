"""The key of one linkage project: made once, shared by the agencies, never by the linkage unit.

All keys that are used are drawn from it by HMAC-SHA-256 (RFC 2104), each for one thing, and
expanded by SHAKE-256 (FIPS 202) where more bytes are needed. A key that could be guessed is
refused: whoever guesses it can try every name there is.
"""

import base64
import binascii
import hmac
import itertools
import os
import secrets
import struct
from dataclasses import dataclass, field
from hashlib import shake_256  # with a key: told in USES, and no digest of its own
from pathlib import Path

from mekhala.core.cryptography import Use
from mekhala.core.wrong_input import WrongInput

KEY = 32  # bytes
LONGEST = 4096  # bytes of a key file
DISTINCT = 16  # of 32 bytes drawn by chance, fewer differ once in 10¹⁴ keys
FIRST_LINE = "mekhala linkage key, version 1"
EXPECTED = "expected 32 bytes of chance, as --new-key makes them"
USES = (
    Use(
        what="tokens made at an agency for one linkage project",
        algorithm="HMAC-sha256, a key for each salt; expanded by SHAKE-256",
        standard="RFC 2104, FIPS 202", key_bits=KEY * 8,
        lies="a file at each agency, never at the linkage unit", owner="the agencies together",
        rotation="with each project: tokens of two keys never meet",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ProjectKey:
    """The secret of a project. It is shown in no message and no representation."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that tell two keys apart and nothing of either."""
        return self.derived("fingerprint").hex()[:16]

    def derived(self, *purpose: str) -> bytes:
        """Return 32 bytes for one purpose; no other purpose has the same."""
        said = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in purpose)
        return hmac.digest(self.secret, said, "sha256")


def expanded(key: bytes, size: int) -> bytes:
    """Return ``size`` bytes drawn from a derived key, the same every time."""
    return shake_256(key).digest(size)


def positions(key: bytes, said: bytes, count: int, length: int) -> list[int]:
    """Return ``count`` places below ``length``, a power of two; some may be alike."""
    made = hmac.digest(key, said, "sha256")
    if count * 2 > len(made):
        made = expanded(made, count * 2)
    return [place % length for place in struct.unpack(f">{count}H", made[: count * 2])]


def new_key(path: Path) -> ProjectKey:
    """Make a key, write it to ``path``, readable by its owner alone.

    Raises ``WrongInput`` where something lies there already: a key that is overwritten is lost.
    """
    secret = secrets.token_bytes(KEY)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongInput(f"{path}: is there already; expected a name that is free") from None
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; expected a place to write to") from None
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(f"{FIRST_LINE}\n{secret.hex()}\n")
    return ProjectKey(secret)


def read_key(content: bytes, name: str) -> ProjectKey:
    """Return the key of a file: ours, or 32 bytes or more as they are, in hexadecimal or base 64.

    Raises ``WrongInput`` for a key that is short, that repeats itself, or that is words.
    """
    if len(content) > LONGEST:
        raise WrongInput(f"{name}: holds more than {LONGEST} bytes; {EXPECTED}")
    secret = _decoded(content)
    if secret is None:
        raise WrongInput(f"{name}: holds words, which can be guessed; {EXPECTED}")
    if len(secret) < KEY:
        raise WrongInput(f"{name}: holds a key of {len(secret) * 8} bits; {EXPECTED}")
    if _is_regular(secret):
        raise WrongInput(f"{name}: holds a key that repeats itself; {EXPECTED}")
    return ProjectKey(secret)


def _decoded(content: bytes) -> bytes | None:
    """Return the bytes that are meant; None for words. Bytes of chance are hardly ever UTF-8."""
    try:
        text = content.decode().removeprefix(FIRST_LINE).strip()
    except UnicodeDecodeError:
        return content
    if not text.isprintable():
        return content
    for read in (bytes.fromhex, _from_base64):
        try:
            return read(text)
        except ValueError:
            continue
    return None


def _from_base64(text: str) -> bytes:
    """Return what base 64 of either alphabet says; words without digits are no such thing."""
    if len(text) >= KEY and not (any(map(str.isdigit, text)) and text != text.lower()):
        raise ValueError
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        raise ValueError from None


def _is_regular(secret: bytes) -> bool:
    """Tell whether few bytes, or few steps from one to the next, differ."""
    steps = {(b - a) % 256 for a, b in itertools.pairwise(secret)}
    return min(len(set(secret)), len(steps)) < DISTINCT
