"""The impact assessment of this deployment: its digest, who accepted it, and when."""

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from mekhala.core.wrong_input import WrongInput

NAME = "impact-assessment.json"  # in MEKHALA_HOME
SHORTEST = 2000  # characters: a page and a half
LONGEST = 2 * 2**20


def accept(path: Path, home: Path, *, by: str, at: datetime) -> str:
    """Put the assessment in ``path`` on record and return its SHA-256.

    Refuses (``WrongInput``) one that leaves open what only the deployer can know, and a nameless
    acceptance. The file itself stays where it is; keep it.
    """
    if not by.strip():
        raise WrongInput("--by: names nobody; expected who accepts the assessment")
    text = _read(path)
    left = next((n for n, line in enumerate(text.splitlines(), 1) if _is_left(line)), None)
    if left is not None:
        raise WrongInput(f"{path}: line {left}: is left open; expected what this deployment does")
    if len(text) < SHORTEST:
        raise WrongInput(f"{path}: is too short to be an assessment; expected the page filled in")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    said = {"sha256": digest, "file": path.name, "by": by.strip(), "at": at.isoformat()}
    fresh = home / f"{NAME}.new"
    fresh.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    fresh.replace(home / NAME)
    return digest


def on_record(home: Path) -> dict[str, Any] | None:
    """Return what was accepted, by whom and when; None where nothing was."""
    try:
        said = json.loads((home / NAME).read_text(encoding="utf-8"))
        return dict(said) if re.fullmatch("[0-9a-f]{64}", said["sha256"]) and said["by"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_left(line: str) -> bool:
    """Tell whether a line says that the deployer has to fill it in, or that something is open."""
    return "**deployer" in line.lower() or re.search(r"\bOPEN\b", line) is not None


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LONGEST:
            raise WrongInput(f"{path}: is longer than 2 MB; expected text")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; give a readable file") from None
    except UnicodeDecodeError:
        raise WrongInput(f"{path}: is not UTF-8 text; save it as UTF-8") from None
