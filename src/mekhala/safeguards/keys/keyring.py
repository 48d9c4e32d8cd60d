"""The wrapping keys in their file: made at first start, versions added, never taken away.

``wrapping.json`` lies in a folder closed to others (0700, the file 0600), apart from the
database and its backups. An old version stays so that an old backup can still be read.
"""

import contextlib
import json
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from mekhala.safeguards.keys.protocol import packed, unpacked
from mekhala.safeguards.keys.wrapping import KEY

FILE = "wrapping.json"


@dataclass(frozen=True)
class Version:
    """One generation of keys: ``wrapping`` for AES-GCM, ``private`` for X25519; 32 bytes each."""

    number: int
    wrapping: bytes
    private: bytes

    @property
    def public(self) -> bytes:
        """Return the X25519 public key (32 bytes), to which the application may seal."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()


class Keyring:
    """All versions, in memory and in the file of the folder open as ``folder`` (a descriptor)."""

    def __init__(self, folder: int) -> None:
        """Read the file, or make the first version where there is none yet."""
        self.folder = folder
        self.versions = _read(folder)
        if not self.versions:
            self.add_version()

    @property
    def current(self) -> Version:
        """Return the version that wraps now."""
        return self.versions[max(self.versions)]

    def add_version(self) -> Version:
        """Make a new version, kept on disk before it is used."""
        made = Version(max(self.versions, default=0) + 1, os.urandom(KEY), os.urandom(KEY))
        versions = self.versions | {made.number: made}
        write_file(self.folder, FILE, _text(versions))
        self.versions = versions
        return made


def _read(folder: int) -> dict[int, Version]:
    try:
        with open(FILE, encoding="utf-8", opener=_within(folder)) as kept:
            rows = json.load(kept)["versions"]
    except FileNotFoundError:
        return {}
    made = (Version(r["number"], unpacked(r["wrapping"]), unpacked(r["private"])) for r in rows)
    return {version.number: version for version in made}


def _text(versions: dict[int, Version]) -> str:
    rows = [
        {"number": v.number, "wrapping": packed(v.wrapping), "private": packed(v.private)}
        for v in versions.values()
    ]
    return json.dumps({"versions": rows}, indent=1)


def write_file(folder: int, name: str, text: str) -> None:
    """Write a file whole or not at all: aside, to the disk, then into its place."""
    fresh = f"{name}.new"
    with open(fresh, "w", encoding="utf-8", opener=_within(folder, truncate=True)) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


def _within(folder: int, *, truncate: bool = False):  # type: ignore[no-untyped-def]
    def opener(name: str, flags: int) -> int:
        more = os.O_TRUNC if truncate else 0
        return os.open(name, flags | more | os.O_CLOEXEC, 0o600, dir_fd=folder)

    return opener


def lines_of(folder: int, name: str) -> list[str]:
    """Return the lines of a file in the folder; none where it is absent."""
    try:
        with open(name, encoding="utf-8", opener=_within(folder)) as kept:
            return kept.read().splitlines()
    except FileNotFoundError:
        return []


def remove(folder: int, name: str) -> None:
    """Remove a file in the folder, if it is there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def append_line(folder: int, name: str, line: str, *, to_disk: bool = False) -> None:
    """Add one line to a file in the folder; ``to_disk``: return only when it lies there."""
    with open(name, "a", encoding="utf-8", opener=_within(folder)) as out:
        out.write(line + "\n")
        out.flush()
        if to_disk:
            os.fsync(out.fileno())
