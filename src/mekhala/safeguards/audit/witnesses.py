"""Witnesses of the log: each keeps every signed head it is shown and refuses one that does not fit.

A head fits if the key of the log signed it and the log it is of begins with the log of the head
before (consistency proof, RFC 9162, section 2.1.4). A witness never sees an entry.
"""

import fcntl
import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Protocol

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.audit.heads import Head, is_signed_by
from mekhala.safeguards.audit.tree import is_consistent

PATIENCE = 10.0  # seconds a witness may take to answer
TAIL = 8192  # bytes: many times one head


class NotKept(Exception):  # noqa: N818 - an answer, in words
    """The witness refuses the head, or does not answer."""


class ProofNeeded(NotKept):
    """The head may fit; the witness asks for the proof from the head it has."""


class Witness(Protocol):
    """Somebody who keeps heads."""

    name: str

    def latest(self) -> Head | None:
        """Return the newest head the witness keeps."""

    def keep(self, head: Head, proof: list[str] | None) -> None:
        """Have the head kept; raises ``NotKept``."""


class FileWitness:
    """Heads in a file, one JSON line each, added to and synced; best on another machine's disk."""

    def __init__(self, path: Path, *, key: str = "") -> None:
        """Keep heads at ``path`` signed with ``key``; empty: the key of the first head there."""
        self.path, self.key, self.name = path, key, str(path)

    def latest(self) -> Head | None:
        """Return the head in the last line."""
        if not self.path.exists():
            return None
        with self.path.open("rb") as kept:
            kept.seek(max(0, self.path.stat().st_size - TAIL))
            lines = kept.read().splitlines()
        return self._read(lines[-1]) if lines else None

    def keep(self, head: Head, proof: list[str] | None) -> None:
        """Add the head to the file if it fits; it is on the disk when this returns."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = not self.path.exists()
            with self.path.open("a", encoding="utf-8") as kept:
                fcntl.flock(kept, fcntl.LOCK_EX)
                if self.latest() == head:
                    return  # asked again because the answer was lost
                self._check(head, proof)
                kept.write(json.dumps(head, sort_keys=True) + "\n")
                kept.flush()
                os.fsync(kept.fileno())
            if fresh:
                _sync(self.path.parent)
        except OSError as error:
            raise NotKept(f"{self.name}: {error.strerror}") from None

    def heads(self) -> bytes:
        """Return all lines."""
        return self.path.read_bytes() if self.path.exists() else b""

    def _check(self, head: Head, proof: list[str] | None) -> None:
        before = self.latest()
        key = self.key or (before["key"] if before else head.get("key", ""))
        if not is_signed_by(key, head):
            raise NotKept(f"{self.name}: the head is not signed with the key of this log")
        if before:
            check_goes_on(before, head, proof, name=self.name)

    def _read(self, line: bytes) -> Head:
        try:
            return dict(json.loads(line))
        except ValueError:
            raise NotKept(f"{self.name}: the last line is no head; its end was cut off") from None


def check_goes_on(before: Head, head: Head, proof: list[str] | None, *, name: str) -> None:
    """Refuse a head that is not of the same log, grown since ``before``."""
    if head["size"] < before["size"] or head["at"] <= before["at"]:
        raise NotKept(
            f"{name}: has a newer head, of {before['size']} entries at {before['at']}, than this "
            f"one, of {head['size']} at {head['at']}: the log was put back, or a head shown again"
        )
    if proof is None and head["size"] > before["size"] > 0:
        raise ProofNeeded(f"{name}: asks for the proof from {before['size']} entries")
    try:
        nodes = [bytes.fromhex(node) for node in proof or []]
        old, new = bytes.fromhex(before["root"]), bytes.fromhex(head["root"])
    except (TypeError, ValueError):
        raise NotKept(f"{name}: the proof is no list of hexadecimal digests") from None
    if not is_consistent(before["size"], head["size"], old, new, nodes):
        raise NotKept(
            f"{name}: the log of {head['size']} entries does not begin with the {before['size']} "
            f"shown at {before['at']}: it was written anew"
        )


class HttpWitness:
    """A witness somewhere else, as ``mekhala audit witness-serve`` answers; no other is asked."""

    def __init__(self, address: str) -> None:
        """Speak to the one at ``address``, without a proxy and without following it elsewhere."""
        self.name = address.rstrip("/")
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())

    def latest(self) -> Head | None:
        """Return the newest head it says it has."""
        found = self._asked("/latest")
        return dict(found) if isinstance(found, dict) else None

    def keep(self, head: Head, proof: list[str] | None) -> None:
        """Show it the head."""
        body = {"head": head} if proof is None else {"head": head, "proof": proof}
        self._asked("/heads", json.dumps(body).encode())

    def _asked(self, where: str, body: bytes | None = None) -> Any:
        sent = urllib.request.Request(  # noqa: S310 - only http(s) addresses come here
            self.name + where, data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with self.opener.open(sent, timeout=PATIENCE) as answer:
                return json.loads(answer.read(1_000_000))
        except urllib.error.HTTPError as error:
            raise NotKept(f"{self.name}: {_reason(error)}") from None
        except (OSError, ValueError) as error:
            raise NotKept(f"{self.name}: does not answer ({type(error).__name__})") from None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A witness that sends us elsewhere is no witness."""

    def redirect_request(self, *_said: Any, **_more: Any) -> None:
        """Follow nothing."""


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read(10_000))["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"answers {error.code}"


def witness_at(address: str, *, key: str) -> Witness:
    """Return the witness a setting names: a server's address, or the path of a file."""
    if address.startswith(("http://", "https://")):
        return HttpWitness(address)
    if "://" in address:
        raise WrongInput(
            f"MEKHALA_WITNESSES: {address[:60]!r} is neither http nor a path; "
            "expected http(s)://host:port or the path of a file"
        )
    return FileWitness(Path(address), key=key)


def _sync(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
