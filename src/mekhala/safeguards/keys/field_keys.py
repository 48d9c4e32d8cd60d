"""The keys browsers in the field seal finished answers to: made here, and never leaving here.

``sealing.json`` lies beside the wrapping keys, one private key (X25519) a version; an older
version stays, so that what was sealed on a phone months ago still opens. What comes is the key of
one envelope, sealed by HPKE (RFC 9180, base mode) and bound to the envelope's number and to the
version: the key of one never opens another.
"""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mekhala.core.cryptography import Use
from mekhala.safeguards.keys import keyring as files
from mekhala.safeguards.keys.protocol import packed, unpacked
from mekhala.safeguards.keys.wrapping import HPKE, KEY, DoesNotOpen

FILE = "sealing.json"
SEALED = 32 + KEY + 16  # bytes of a sealed key: the sender's share, the key, the tag
_SUITE = Suite(getattr(KEM, HPKE[0]), getattr(KDF, HPKE[1]), getattr(AEAD, HPKE[2]))
USES = (
    Use(
        what="answers sealed in a browser until they are received", standard="RFC 9180",
        algorithm=f"HPKE: {', '.join(HPKE)}; what it opens: AES-GCM", key_bits=KEY * 8,
        lies=f"key service, {FILE}", owner="administrator of the key service",
        rotation="with the wrapping key; older ones stay, to open what comes late",
    ),
)  # fmt: skip


class FieldKeys:
    """The private keys of the folder open as ``folder`` (a descriptor), by version."""

    def __init__(self, folder: int) -> None:
        """Read the file, or make the first key where there is none yet."""
        self.folder = folder
        self._private = _kept(folder)
        if not self._private:
            self.add_version()

    @property
    def newest(self) -> int:
        """Return the version browsers seal to now."""
        return max(self._private)

    @property
    def public(self) -> bytes:
        """Return the newest public key (32 bytes)."""
        mine = X25519PrivateKey.from_private_bytes(self._private[self.newest])
        return mine.public_key().public_bytes_raw()

    def add_version(self) -> None:
        """Make the next key, kept on disk before it is used."""
        made = self._private | {max(self._private, default=0) + 1: os.urandom(KEY)}
        rows = [{"number": number, "private": packed(key)} for number, key in made.items()]
        files.write_file(self.folder, FILE, json.dumps({"versions": rows}, indent=1))
        self._private = made

    def open(self, sealed: bytes, envelope: str, version: int) -> bytes:
        """Return the key of one envelope. Raises ``DoesNotOpen``."""
        private = self._private.get(version)
        if private is None or len(sealed) != SEALED:
            raise DoesNotOpen
        try:
            mine = X25519PrivateKey.from_private_bytes(private)
            return bytes(_SUITE.decrypt(sealed, mine, bound(envelope, version)))
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None


def seal(key: bytes, public: bytes, envelope: str, version: int) -> bytes:
    """Return ``key`` (32 bytes) as a browser seals it to ``public``: only the service opens it."""
    to = X25519PublicKey.from_public_bytes(public)
    return _SUITE.encrypt(key, to, bound(envelope, version))


def bound(envelope: str, version: int) -> bytes:
    """Return what a sealed key, and what it opens, belong to."""
    return f"sealed answers|{envelope}|{version}".encode()


def _kept(folder: int) -> dict[int, bytes]:
    lines = files.lines_of(folder, FILE)
    rows = json.loads("\n".join(lines))["versions"] if lines else []
    return {int(row["number"]): unpacked(row["private"]) for row in rows}
