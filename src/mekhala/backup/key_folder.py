"""The key service's folder as one sealed file: keys, erased numbers, limits; kept apart.

Whoever holds this and a dump holds the names, so the two are backed up to different places. The
record of openings stays where it is: it is read there, and it would tell who was looked at.
"""

import io
import os
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mekhala.backup.sealed_file import Manifest
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.keys.service import RECORD, SHREDDED

LEFT_OUT = (RECORD, "audit-head.pem")  # the log's key is no key of the vault, and may lie beside
LARGEST = 100 * 2**20


def packed_folder(folder: Path, *, version: str, at: datetime) -> tuple[io.BytesIO, Manifest]:
    """Return the files of ``folder`` as a tar in memory, with its manifest.

    Raises ``WrongInput`` where there are no keys or this account may not read them.
    """
    names = sorted(_names(folder))
    if "wrapping.json" not in names:
        raise WrongInput(f"{folder}: holds no wrapping.json; expected the key service's folder")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name in names:
            tar.add(folder / name, arcname=name, filter=_plain)
    data.seek(0)
    return data, {"kind": "keys", "version": version, "at": at.isoformat(), "files": names}


def _names(folder: Path) -> Iterable[str]:
    try:
        for path in folder.iterdir():
            plain = path.is_file() and not path.is_symlink()
            if plain and path.suffix != ".new" and path.name not in LEFT_OUT:
                yield path.name
    except OSError as error:
        raise WrongInput(
            f"{folder}: {error.strerror}; run this as the account of the key service"
        ) from None


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def unpacked_folder(data: bytes, folder: Path, *, name: str) -> int:
    """Put the files back into ``folder``; return how many numbers are on the list of the erased.

    Keys that are there are never written over; the list of the erased is both lists together.
    Raises ``WrongInput``.
    """
    if (folder / "wrapping.json").exists():
        raise WrongInput(f"{folder}: holds keys already; expected a folder without wrapping.json")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = dict(_files(data, name))
    list_here = folder / SHREDDED
    here = list_here.read_bytes().splitlines() if list_here.exists() else []
    erased = list(dict.fromkeys([*here, *files.get(SHREDDED, b"").splitlines()]))
    files[SHREDDED] = b"".join(line + b"\n" for line in erased)
    for file_name in sorted(files, key=lambda n: n == "wrapping.json"):  # the keys come last
        _write(folder / file_name, files[file_name])
    return len(erased)


def _files(data: bytes, name: str) -> Iterable[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for entry in tar:
            inside = tar.extractfile(entry) if entry.isreg() else None
            if inside is None or "/" in entry.name or entry.name.startswith("."):
                raise WrongInput(f"{name}: {entry.name[:40]!r} is no file of a key service")
            yield entry.name, inside.read()


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    place = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(place, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
