"""The file ``mekhala import`` is given: opened as often as it is read; standard input is kept."""

import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from mekhala.core.matching.mapping import ColumnMapping, read_mapping, same_names, shipped
from mekhala.core.matching.taking.files import Given, header_of
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.records import Record

PIECE = 1 << 20


def given_file(path: str) -> Given:
    """Return the file at ``path`` (``-``: standard input). Raises ``WrongInput``: not readable."""
    if path == "-":
        return Given(open=partial(_opened_again, _spooled()), name="standard input")
    try:
        with Path(path).open("rb"):
            return Given(open=partial(_opened, path), name=path)
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise WrongInput(f"{path}: {reason}; give a readable file") from None


def check_table(given: Given) -> None:
    """Refuse a file in which nothing looks like a table, before anything is started."""
    head = header_of(given, shipped()["generic"])
    if head is None or next(head.rows(), None) is None:
        raise WrongInput(f"{given.name}: holds no table; expected a header and rows below it")


def chosen_mapping(name: str, option: str = "--mapping") -> ColumnMapping:
    """Return the mapping called ``name``: one that comes with Mekhala, or a TOML file.

    ``option`` is where it was named, for the words of a refusal.
    """
    if name in (known := shipped()):
        return known[name]
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError):
        raise WrongInput(
            f"{option}: {name!r} is no readable TOML file and none of {', '.join(known)}"
        ) from None
    return read_mapping(text, name)


def usual_mapping(source: str, kept: str | None) -> ColumnMapping:
    """Return the mapping for a list where none was named: kept for it, its own, or our names."""
    if kept is not None:
        return read_mapping(kept, f"mapping kept for {source}")
    return shipped().get(source, same_names())


def records_by(columns: str, path: str) -> "list[Record]":
    """Return the records of a file as the mapping ``columns`` (a name or a file) reads it."""
    from mekhala.core.matching.taking.whole import mapped_records

    return mapped_records(given_file(path), chosen_mapping(columns, "--columns"))


def day(text: str | None, option: str) -> date | None:
    """Return the day of an option. Raises ``WrongInput``."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongInput(f"{option}: {text!r} is no day; expected one as 2025-01-31") from None


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")


def _spooled() -> BinaryIO:
    """Keep standard input in a file without a name: nothing stays of it, whatever happens."""
    if sys.stdin is None:
        raise WrongInput("-: standard input is closed; give a readable file")
    kept = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - open until the command ends
    while piece := sys.stdin.buffer.read(PIECE):
        kept.write(piece)
    kept.flush()
    return kept


def _opened_again(kept: BinaryIO) -> BinaryIO:
    return Path(f"/proc/self/fd/{kept.fileno()}").open("rb")
