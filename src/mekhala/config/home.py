"""Where everything this installation keeps lives: ``MEKHALA_HOME``."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

CLONE = Path(__file__).resolve().parents[3]


def home() -> Path:
    """Return the folder that holds all state, made with mode 0700 if absent."""
    place = Path(os.environ.get("MEKHALA_HOME") or CLONE / ".mekhala").resolve()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(
            f"MEKHALA_HOME: {place}: {error.strerror}; name a folder that can be written"
        ) from None
    return place


def audit_key() -> Path:
    """Return where the key lies that signs heads of the log."""
    return Path(os.environ.get("MEKHALA_AUDIT_KEY") or home() / "keys" / "audit-head.pem")


def port(name: str, default: str) -> str:
    """Return the port the environment names, or leave in one sentence if it is none."""
    said = os.environ.get(name) or default
    if not (said.isascii() and said.isdigit() and len(said) < 6 and 1 <= int(said) <= 65534):
        raise SystemExit(f"{name}: {said[:20]!r} is no port; expected a number from 1 to 65534")
    return said


def proxies(name: str, default: str) -> int:
    """Return how many proxies of ours the environment says stand before a door; else leave."""
    said = os.environ.get(name) or default
    if not (said.isascii() and said.isdigit() and len(said) == 1):
        raise SystemExit(f"{name}: {said[:20]!r} is no count; expected a number from 0 to 9")
    return int(said)


def kept_secret(name: str) -> str:
    """Return the secret kept under ``name``, made on first use and readable by us alone."""
    path = home() / "secrets" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, path)  # fails if another process was first: its secret stands
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii")


BACKUPS = "backups.jsonl"  # a line for each backup that was made whole


def note_backup(place: Path, *, file: str, at: datetime, to: list[str], size: int) -> None:
    """Remember a backup that is whole on its disk."""
    line = {"at": at.isoformat(), "file": file, "to": to, "size": size}
    with (place / BACKUPS).open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def last_backup(place: Path) -> dict[str, Any] | None:
    """Return what is remembered of the newest backup; None where none was made yet."""
    try:
        lines = (place / BACKUPS).read_text(encoding="utf-8").splitlines()
        return dict(json.loads(lines[-1])) if lines else None
    except (FileNotFoundError, ValueError):
        return None
