"""Reading what a command is given and printing what it answers."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from mekhala.core.wrong_input import WrongInput


def read_text(path: str) -> str:
    """Return the text of ``path`` (``-`` is standard input) or refuse in one sentence."""
    try:
        return _standard_input() if path == "-" else read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def read_bytes(path: str) -> bytes:
    """Return what is in the file ``path`` or refuse in one sentence."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise WrongInput(f"{path}: {reason}; give a readable file") from None


def peak_mb() -> int:
    """Return the most memory this process ever held, in MB."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def _standard_input() -> str:
    """Return what is sent to the command, read as UTF-8 whatever the terminal speaks."""
    if sys.stdin is None:
        raise WrongInput("-: standard input is closed; give a readable file")
    raw = getattr(sys.stdin, "buffer", None)
    return raw.read().decode("utf-8-sig") if raw else sys.stdin.read()


def read_json(path: str) -> Any:
    """Return the JSON document in ``path`` or refuse, naming line and column."""
    try:
        document = json.loads(read_text(path))
        json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise WrongInput(f"{path}: {where}: {error.msg}; expected one JSON document") from None
    except UnicodeEncodeError:
        raise WrongInput(f"{path}: holds half a character (\\ud8…); expected whole ones") from None
    except RecursionError:
        raise WrongInput(f"{path}: is nested too deeply; expected objects and lists") from None
    except WrongInput:
        raise
    except ValueError:
        raise WrongInput(f"{path}: holds a number with too many digits; shorten it") from None
    return document


def print_json(answer: object) -> None:
    """Print one JSON document, Khmer left readable."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def print_table(heads: list[str], rows: list[list[object]]) -> None:
    """Print rows under their heads in columns as wide as they need."""
    cells = [heads, *[["" if v is None else str(v) for v in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
