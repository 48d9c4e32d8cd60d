"""The chain of digests over the entries, and finding where it breaks."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def digest(previous: str, *, at: datetime, act: str, subject: str, by: int | None, agency: str,
           details: dict[str, Any]) -> str:  # fmt: skip
    """Return the SHA-256 of one entry, the digest before it included."""
    said = [previous, at.astimezone(UTC).isoformat(), act, subject, by, agency, details]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """How many entries were read, and where the chain first breaks (None: it is whole)."""

    entries: int
    broken_at: int | None
    head: str


def verify(entries: Iterable[Any]) -> Verdict:
    """Walk the entries in order; the first one that does not fit is where the log is not whole."""
    previous, count = START, 0
    for entry in entries:
        expected = digest(
            previous, at=entry.at, act=entry.act, subject=entry.subject, by=entry.by,
            agency=entry.agency, details=entry.details,
        )  # fmt: skip
        if entry.previous != previous or entry.digest != expected:
            return Verdict(count, entry.pk, previous)
        previous, count = entry.digest, count + 1
    return Verdict(count, None, previous)
