"""The database in which records are linked: in memory, gone when the linking ends.

What does not fit in memory goes to a folder that only its owner may enter, removed at the end or,
of a killed process, at the next start (``own_folder``), and never beside where the command was
called. Nothing is fetched from a network.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mekhala.core.matching.linker.own_folder import own_folder

if TYPE_CHECKING:
    import duckdb

ALONE: "dict[str, str | bool | int | float | list[str]]" = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
LEAST_MEMORY = 1 << 30  # bytes


@contextmanager
def in_memory(folder: str | None = None) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open an empty database; ``folder`` is the caller's own place for what does not fit."""
    import duckdb

    with own_folder() as beside:
        bounds: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder or beside, "memory_limit": f"{_share_of_memory()}B",
        }  # fmt: skip
        con = duckdb.connect(config=ALONE | bounds)
        try:
            yield con
        finally:
            con.close()


def _share_of_memory() -> int:
    """How many bytes the database may hold: a quarter of the machine's; others work on it too."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(LEAST_MEMORY, pages // 4)
