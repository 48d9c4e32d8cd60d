"""The one spelling of an entry, over which the database takes its digest.

An entry's digest is SHA-256 over the digest before it and the entry's own text, so that none
can be changed, taken away, put in or moved unseen before the last digest somebody else knows.
``verifier`` reads the chain back, with a spelling of its own.
"""

import json
from datetime import UTC, datetime
from typing import Any


def text_of(*, at: datetime, act: str, subject: str, by: int | None, agency: str,
            details: dict[str, Any]) -> str:  # fmt: skip
    """Return the one spelling of an entry that its digest is taken over."""
    said = [at.astimezone(UTC).isoformat(), act, subject, by, agency, details]
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
