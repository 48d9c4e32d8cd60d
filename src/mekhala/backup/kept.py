"""What this installation remembers of its backups: when the last one was made, and to whom."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

NAME = "backups.jsonl"  # in MEKHALA_HOME, a line for each


def note(home: Path, *, file: str, at: datetime, to: list[str], size: int) -> None:
    """Add a line for a backup that is whole on its disk."""
    line = {"at": at.isoformat(), "file": file, "to": to, "size": size}
    with (home / NAME).open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def last(home: Path) -> dict[str, Any] | None:
    """Return the newest line; None where no backup was made yet."""
    try:
        lines = (home / NAME).read_text(encoding="utf-8").splitlines()
        return dict(json.loads(lines[-1])) if lines else None
    except (FileNotFoundError, ValueError):
        return None
