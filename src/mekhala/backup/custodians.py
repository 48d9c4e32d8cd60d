"""Who may open a backup: any two of the officers it was made to, never one of them alone.

age (age-encryption.org/v1, by ``pyrage``) opens a file for any of its recipients. So the file is
sealed to one fresh identity that is kept nowhere, and that identity is sealed for each pair of
officers to the one and what comes of it to the other: both have to open it, one after the other.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pyrage
from pyrage.x25519 import Identity, Recipient

from mekhala.core.cryptography import Use
from mekhala.core.wrong_input import WrongInput

X25519_BITS = 256
AGE = "X25519, then ChaCha20-Poly1305 under a file key of 128 bits"
USES = (
    Use(
        what="opening a backup, any two officers together", algorithm=AGE,
        standard="age-encryption.org/v1; RFC 7748, RFC 8439", key_bits=X25519_BITS,
        lies="each officer's identity file, away from the machine", owner="two of the custodians",
        rotation="when an officer goes: later backups are made to the others",
    ),
    Use(
        what="sealing one file of a backup", algorithm=AGE,
        standard="age-encryption.org/v1; RFC 7748, RFC 8439", key_bits=X25519_BITS,
        lies="nowhere in clear; in the file, sealed for each pair of officers",
        owner="two of the custodians", rotation="new for every file",
    ),
)  # fmt: skip
MOST = 8  # officers: 28 pairs
LONGEST = 100_000  # bytes of a file of identities

type Locks = list[dict[str, Any]]


def recipients_of(said: Sequence[str]) -> list[Recipient]:
    """Return the recipients named by ``said`` (``age1…``), at least two and no one twice.

    Raises ``WrongInput``.
    """
    for one in said:
        try:
            Recipient.from_str(one)
        except pyrage.RecipientError:
            raise WrongInput(f"--to: {one[:20]!r} is no recipient; expected age1…") from None
    if len(set(said)) != len(said):
        raise WrongInput("--to: one recipient is named twice; expected two or more officers")
    if not 2 <= len(said) <= MOST:
        raise WrongInput(
            f"--to: {len(said)} recipients; expected 2 to {MOST}, so that nobody restores alone"
        )
    return [Recipient.from_str(one) for one in said]


def make_identity(path: Path) -> str:
    """Write a new identity to ``path``, readable by its owner alone; return its recipient.

    The file is one that ``age`` reads as well. Raises ``WrongInput`` where it is there already.
    """
    made = Identity.generate()
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongInput(f"{path}: is there already; name a new file") from None
    with os.fdopen(place, "w", encoding="ascii") as out:
        out.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def identities_from(paths: Sequence[Path]) -> list[Identity]:
    """Return the identities in ``paths``, one file of age each; two different ones at least.

    Raises ``WrongInput``.
    """
    found = [one for path in paths for one in _identities(path)]
    if len({str(one.to_public()) for one in found}) < 2:
        same = "the same officer's twice" if len(found) > 1 else "one officer's only"
        raise WrongInput(f"--identity: {same}; expected the identities of two officers")
    return found


def _identities(path: Path) -> list[Identity]:
    try:
        with path.open(encoding="ascii") as kept:
            lines = [line.strip() for line in kept.read(LONGEST).splitlines()]
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; give an officer's identity file") from None
    except (pyrage.IdentityError, UnicodeDecodeError):
        found = []
    if not found:
        raise WrongInput(f"{path}: holds no identity; expected a line AGE-SECRET-KEY-1…")
    return found


def locked(secret: Identity, recipients: Sequence[Recipient]) -> Locks:
    """Return ``secret`` sealed once for each pair of ``recipients``."""
    text = str(secret).encode()
    return [
        {
            "for": [str(one), str(other)],
            "sealed": b64encode(pyrage.encrypt(pyrage.encrypt(text, [other]), [one])).decode(),
        }
        for one, other in combinations(recipients, 2)
    ]


def unlocked(locks: Locks, identities: Sequence[Identity]) -> Identity | None:
    """Return the identity the file is sealed to; None where no two of ``identities`` open it."""
    for lock in locks:
        for one, other in permutations(identities, 2):
            try:
                inner = pyrage.decrypt(b64decode(lock["sealed"]), [one])
                return Identity.from_str(pyrage.decrypt(inner, [other]).decode())
            except (pyrage.DecryptError, pyrage.IdentityError, ValueError, OSError):
                continue
    return None
