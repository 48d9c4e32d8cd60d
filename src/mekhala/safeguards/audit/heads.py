"""The signed head of the log: what witnesses are shown, and the key that signs it.

A head says how many entries there are, the root of the tree over them, the last digest of the
chain, and when. Signed with Ed25519 (RFC 8032) over one spelling: sorted JSON after ``DOMAIN``.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mekhala.core.cryptography import Use
from mekhala.core.wrong_input import WrongInput

DOMAIN = b"mekhala audit head 1\n"
SIGNED = ("at", "chain", "key", "last", "root", "size")
USES = (
    Use(
        what="signing heads of the log for witnesses", algorithm="Ed25519", standard="RFC 8032",
        key_bits=256, lies="MEKHALA_AUDIT_KEY, audit-head.pem", owner="administrator",
        rotation="when it may be known: witnesses are told the new public key",
    ),
)  # fmt: skip

type Head = dict[str, Any]


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the key kept at ``path``, made on first use and readable by its owner alone.

    Raises ``WrongInput`` where the file is no such key or others may read it.
    """
    if not path.exists():
        _make_key(path)
    if path.stat().st_mode & 0o077:
        raise WrongInput(f"{path}: others may read the key; run chmod 600 on it")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongInput(f"{path}: is no Ed25519 key; expected one in PEM without a password")
    return key


def _make_key(path: Path) -> None:
    """Write a fresh key beside its place and link it there: of two makers the first stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    made = Ed25519PrivateKey.generate()
    fresh.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public half, 32 bytes in hexadecimal: what is handed to witnesses."""
    return key.public_key().public_bytes_raw().hex()


def signed(  # one argument for each word that is signed
    key: Ed25519PrivateKey, *, size: int, root: bytes, chain: str, last: int, at: datetime
) -> Head:
    """Return a head of ``size`` entries, the last of which has the id ``last``, signed."""
    head: Head = {
        "size": size, "root": root.hex(), "chain": chain, "last": last,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "key": public_of(key),
    }  # fmt: skip
    return head | {"signature": key.sign(spelling(head)).hex()}


def spelling(head: Head) -> bytes:
    """Return the bytes that are signed."""
    said = {word: head[word] for word in SIGNED}
    return DOMAIN + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def is_signed_by(public: str, head: Head) -> bool:
    """Return whether ``head`` is whole and signed with the key whose public half this is."""
    try:
        if head["key"] != public or not isinstance(head["size"], int):
            return False
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(head["signature"]), spelling(head))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True
