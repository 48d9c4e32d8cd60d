"""The file of a backup: who may open it in a line, then age to the end.

Inside the age part: the data in pieces, each after its length in four bytes; a length of 0; the
manifest, one JSON object with the size and SHA-256 of the data. What was cut off, altered or never
finished has no manifest that fits, and is refused as a whole before anything of it is used.
"""

import hashlib
import json
import os
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

from mekhala.backup.custodians import Locks, locked, unlocked
from mekhala.core.wrong_input import WrongInput

FIRST = b"mekhala backup 1\n"
PIECE = 2**18  # bytes read at a time
LONGEST_LINE = 100_000  # bytes: 28 pairs of officers many times over
LONGEST_MANIFEST = 10 * 2**20
_LENGTH = struct.Struct(">I")

type Manifest = dict[str, Any]
type Told = Callable[[int, int], object]


class Readable(Protocol):
    """Where data comes from."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""


class NotFinished(Exception):  # noqa: N818 - what happened
    """What was to be saved did not come to its end; the reason in one sentence."""


class _Pieces:
    """What age reads: the data in pieces, then the manifest."""

    def __init__(self, data: Readable, manifest: Callable[[], Manifest], told: Told) -> None:
        self.data, self.manifest, self.told = data, manifest, told
        self.size, self.digest, self.waiting = 0, hashlib.sha256(), b""
        self.ended = False
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes; keeps what went wrong for who called age."""
        try:
            while not self.waiting and not self.ended:
                self._fill()
        except Exception as failure:
            self.failure = failure
            raise
        given, self.waiting = self.waiting[:size], self.waiting[size:]
        return given

    def _fill(self) -> None:
        piece = self.data.read(PIECE)
        self.digest.update(piece)
        self.size += len(piece)
        self.told(self.size, 0)
        self.waiting = _LENGTH.pack(len(piece)) + piece
        if not piece:
            proof = {"size": self.size, "sha256": self.digest.hexdigest()}
            self.waiting += json.dumps(self.manifest() | proof).encode()
            self.ended = True


def write_sealed(
    path: Path, data: Readable, recipients: Sequence[Recipient],
    *, manifest: Callable[[], Manifest], told: Told = max,
) -> None:  # fmt: skip
    """Write a new backup to ``path``; it is whole there or not there at all.

    ``manifest`` is asked when the data has come to its end; it raises ``NotFinished`` where that
    was no good end. ``told(done, 0)``: bytes of data so far. Raises ``WrongInput`` where ``path``
    is there already.
    """
    if path.exists():
        raise WrongInput(f"{path}: is there already; name another folder")
    part = path.with_name(f"{path.name}.part")
    pieces, secret = _Pieces(data, manifest, told), Identity.generate()
    try:
        place = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(place, "wb") as out:
            out.write(FIRST + json.dumps(locked(secret, recipients)).encode() + b"\n")
            pyrage.encrypt_io(pieces, out, [secret.to_public()])
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    except pyrage.EncryptError:
        raise pieces.failure or NotFinished(f"{path}: could not be sealed") from None
    finally:
        part.unlink(missing_ok=True)


class _Together:
    """What age writes to: takes the pieces apart again, counting them."""

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self.sink, self.kept = sink, bytearray()
        self.size, self.digest = 0, hashlib.sha256()
        self.ended = False

    def write(self, given: bytes) -> int:
        """Take the next bytes, wherever they begin and end."""
        self.kept += given
        while not self.ended and len(self.kept) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self.kept)
            end = _LENGTH.size + length
            if len(self.kept) < end:
                break
            self._take(bytes(self.kept[_LENGTH.size : end]))
            del self.kept[:end]
        if len(self.kept) > LONGEST_MANIFEST:
            raise ValueError("no piece and no manifest is this long")
        return len(given)

    def flush(self) -> None:
        """Nothing waits here."""

    def _take(self, piece: bytes) -> None:
        self.ended = not piece
        self.size += len(piece)
        self.digest.update(piece)
        self.sink(piece)

    def manifest(self) -> Manifest:
        """Return the manifest. Raises ``ValueError`` where it is not that of the data."""
        said = json.loads(self.kept) if self.ended else {}
        if (said.get("size"), said.get("sha256")) != (self.size, self.digest.hexdigest()):
            raise ValueError("not as the manifest says")
        return dict(said)


class SealedFile:
    """A backup opened by two officers, to be read from its beginning as often as needed."""

    def __init__(self, path: Path, identities: Sequence[Identity]) -> None:
        """Open it. Raises ``WrongInput`` where it is none, or not theirs."""
        self.path = path
        with self._opened() as file:
            self.locks = _locks(file, path)
            self.start = file.tell()
        secret = unlocked(self.locks, identities)
        if secret is None:
            raise WrongInput(f"{path}: was not made to these two officers; {self._whose()}")
        self.secret = secret

    def read(self, sink: Callable[[bytes], object] = len, *, told: Told = max) -> Manifest:
        """Give all data to ``sink`` and return the manifest.

        Raises ``WrongInput`` where the file was cut off or altered; ``sink`` has got data by
        then, so read once without one before anything is done with it.
        """
        together = _Together(sink)
        with self._opened() as file:
            file.seek(self.start)
            counted = _Counted(file, self.path.stat().st_size, told)
            try:
                pyrage.decrypt_io(counted, together, [self.secret])
                return together.manifest()
            except BrokenPipeError:
                raise  # the sink has ended, not the file
            except (pyrage.DecryptError, OSError, ValueError, AttributeError, TypeError):
                raise WrongInput(
                    f"{self.path}: is not whole, cut off or altered since; take another copy"
                ) from None

    def _opened(self) -> IO[bytes]:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise WrongInput(f"{self.path}: {error.strerror}; give the file of a backup") from None

    def _whose(self) -> str:
        keys = sorted({key for lock in self.locks for key in lock["for"]})
        return "expected two of " + ", ".join(f"{key[:12]}…" for key in keys)


class _Counted:
    """A file that tells how far it has been read."""

    def __init__(self, file: IO[bytes], size: int, told: Told) -> None:
        self.file, self.size, self.told = file, size, told

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes."""
        given = self.file.read(size)
        self.told(self.file.tell(), self.size)
        return given


def _locks(file: IO[bytes], path: Path) -> Locks:
    try:
        if file.readline(len(FIRST)) != FIRST:
            raise ValueError("another kind of file")
        locks = json.loads(file.readline(LONGEST_LINE))
        return [{"for": [str(k) for k in lk["for"]], "sealed": str(lk["sealed"])} for lk in locks]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WrongInput(f"{path}: is no backup of Mekhala; give a file it has made") from None
