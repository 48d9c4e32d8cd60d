"""Two keys beside the wrapping keys, each in a file of its own: the index key, the linkage key.

Blind index (R-34): HMAC-SHA-256 under a key for each field and purpose (HKDF-SHA256, RFC 5869),
cut to 14 bits, so that in a file of 100,000 about six people share a value: whoever reads the
table learns a crowd, not a person. Blind keys, by which people who may be one are found: the
same of each string they are looked up under, with a tag of its kind before it. Tokens for
linkage (R-35): HMAC-SHA-256, 256 bits. Neither key leaves the service.
"""

import hmac
import json
import os
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mekhala.core.cryptography import Use
from mekhala.safeguards.keys import keyring as files
from mekhala.safeguards.keys.protocol import packed, unpacked

INDEX_FILE, LINKAGE_FILE = "index.json", "linkage.json"
CARRIED = "linkage.carried"  # the key of an installation made before the service held it
KEY = 32  # bytes of a key made here
SHORTEST = 16  # bytes of one that was carried in
INDEX_BITS = 14
KINDS_HELD = 100  # whose key is not derived anew at each string
MOST_BITS = INDEX_BITS + 2  # of a blind key of a kind of which a person has several
TAG_BITS = 15  # of the kind of a blind key: with the index it fits an integer of four bytes
BETWEEN = "\x1f"  # between the kind of a string and its value, as ``blocking_keys`` writes it
_HASH = hashes.SHA256()
USES = (
    Use(
        what=f"blind index of names, cut to {INDEX_BITS} bits",
        algorithm=f"HMAC-{_HASH.name}, a key per field and purpose by HKDF-{_HASH.name}",
        standard="RFC 2104, RFC 5869", key_bits=KEY * 8, lies=f"key service, {INDEX_FILE}",
        owner="administrator of the key service",
        rotation="never by itself: a new key finds no name until it is shown again",
    ),
    Use(
        what=f"blind keys people are found by, cut to {INDEX_BITS} to {MOST_BITS} bits",
        algorithm=f"HMAC-{_HASH.name}, a key per kind by HKDF-{_HASH.name}",
        standard="RFC 2104, RFC 5869", key_bits=KEY * 8, lies=f"key service, {INDEX_FILE}",
        owner="administrator of the key service",
        rotation="never by itself: a new key finds nobody until names are indexed again",
    ),
    Use(
        what="tokens for linkage of agencies' lists", algorithm=f"HMAC-{_HASH.name}",
        standard="RFC 2104", key_bits=KEY * 8, lies=f"key service, {LINKAGE_FILE}",
        owner="administrator of the key service",
        rotation="with a new round of lists: tokens of two keys never meet",
    ),
)  # fmt: skip


class LookupKeys:
    """The index key and the linkage key of the folder open as ``folder`` (a descriptor)."""

    def __init__(self, folder: int) -> None:
        """Read both, or make what is not there yet; a linkage key carried in is taken once."""
        self._index = _kept(folder, INDEX_FILE)
        self._linkage = _kept(folder, LINKAGE_FILE, carried=_carried(folder))
        files.remove(folder, CARRIED)  # no second copy of it stays here
        self._of_kind: dict[str, tuple[bytes, int]] = {}

    def index(self, field: str, purpose: str, value: str) -> int:
        """Return the blind index of a value: from 0 to 2¹⁴ - 1."""
        key = HKDF(_HASH, KEY, None, f"mekhala blind index|{field}|{purpose}".encode()).derive(
            self._index
        )
        digest = hmac.digest(key, value.encode(), _HASH.name)
        return int.from_bytes(digest[:2]) >> (16 - INDEX_BITS)

    def blind(self, strings: Sequence[str], bits: Mapping[str, int]) -> list[int]:
        """Return the blind key of each string, its kind before the unit separator, each once.

        ``bits``: how many a kind of string is cut to, where not to ``INDEX_BITS``. A key is below
        2³¹: the tag of its kind, then the bits.
        """
        found = set()
        for string in strings:
            kind, _between, value = string.partition(BETWEEN)
            key, tag = self._of_kind.get(kind) or self._kind(kind)
            digest = int.from_bytes(hmac.digest(key, value.encode(), _HASH.name)[:2])
            cut = digest >> (MOST_BITS - min(bits.get(kind, INDEX_BITS), MOST_BITS))
            found.add(tag << MOST_BITS | cut)
        return sorted(found)

    def _kind(self, kind: str) -> tuple[bytes, int]:
        """Return the key of a kind of string, and its tag, which says nothing of the kind."""
        said = f"mekhala blind key|{kind}".encode()
        derived = HKDF(_HASH, KEY + 2, None, said).derive(self._index)
        made = derived[:KEY], int.from_bytes(derived[KEY:]) >> (16 - TAG_BITS)
        if len(self._of_kind) < KINDS_HELD:
            self._of_kind[kind] = made
        return made

    def tokens(self, strings: Sequence[str]) -> list[str]:
        """Return the token of each string, as 64 hexadecimal digits."""
        return [hmac.new(self._linkage, s.encode(), _HASH.name).hexdigest() for s in strings]


def _kept(folder: int, name: str, *, carried: bytes = b"") -> bytes:
    lines = files.lines_of(folder, name)
    if lines:
        return unpacked(json.loads("\n".join(lines))["key"])
    key = carried or os.urandom(KEY)
    files.write_file(folder, name, json.dumps({"key": packed(key)}))
    return key


def _carried(folder: int) -> bytes:
    """Return the key that was carried in, exactly as it was used before."""
    key = "\n".join(files.lines_of(folder, CARRIED)).strip().encode()
    if not key:
        return b""
    if len(key) < SHORTEST:
        raise ValueError(f"{CARRIED}: {len(key)} bytes; expected {SHORTEST} or more")
    return key
