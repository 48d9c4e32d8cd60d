"""The chain of digests over the entries, and finding where it breaks.

An entry's digest is SHA-256 over the digest before it and the entry's own text, so that none
can be changed, taken away, put in or moved unseen before the last digest somebody else knows.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def text_of(*, at: datetime, act: str, subject: str, by: int | None, agency: str,
            details: dict[str, Any]) -> str:  # fmt: skip
    """Return the one spelling of an entry that its digest is taken over."""
    said = [at.astimezone(UTC).isoformat(), act, subject, by, agency, details]
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(previous: str, text: str) -> str:
    """Return the SHA-256, in hexadecimal, of an entry's text after the digest before it."""
    return hashlib.sha256((previous + text).encode()).hexdigest()


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
        said = text_of(
            at=entry.at, act=entry.act, subject=entry.subject, by=entry.by,
            agency=entry.agency, details=entry.details,
        )  # fmt: skip
        if entry.previous != previous or entry.digest != digest(previous, said):
            return Verdict(count, entry.pk, previous)
        previous, count = entry.digest, count + 1
    return Verdict(count, None, previous)
