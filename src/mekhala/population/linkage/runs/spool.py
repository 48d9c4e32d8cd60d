"""Records of a run while it is worked out: in a file without a name, which ends with the process.

A run of a million records does not fit into memory beside the linker. The file is made where only
this account may look, and has no entry in any folder: it ends with the worker, killed or not.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mekhala.core.matching.records import COLUMNS, Record

FOLDER = "mekhala-run-"
type Numbered = tuple[int, Record]


class Spool:
    """Numbered records, written once and read as often as needed."""

    def __init__(self, file: IO[str], folder: Path) -> None:
        """Begin with none; ``folder`` is the run's own."""
        self._file = file
        self.folder = folder
        self.records = 0
        self.again = 0

    def take(self, records: Iterable[Numbered], *, several: Collection[str] = ()) -> None:
        """Write all records, in the order they come; one that was there before is counted.

        ``several``: lists with more than one file in the run. An agency whose file was cut off
        sends it again whole: rows that say the same under the same id are one record, the first.
        """
        told: set[bytes] = set()
        for number, record in records:
            said = json.dumps([record[c] for c in COLUMNS])
            if record["source"] in several:
                digest = hashlib.sha256(said.encode()).digest()[:16]
                if digest in told:
                    self.again += 1
                    continue
                told.add(digest)
            self._file.write(f"[{number}, {said[1:]}\n")
            self.records += 1
        self._file.flush()

    def __iter__(self) -> Iterator[Numbered]:
        """Read them again, in the same order."""
        self._file.seek(0)
        for line in self._file:
            number, *values = json.loads(line)
            yield number, dict(zip(COLUMNS, values, strict=True))


@contextmanager
def spooled(number: str) -> Iterator[Spool]:
    """Give a spool for the run ``number``, in a folder of its own (mode 0700) that goes at the end.

    The folder is for what the linker cannot hold in memory. A worker that is killed leaves it;
    ``clear`` takes it away.
    """
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{number}-") as folder:
        path = Path(folder) / "records"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        path.unlink()
        with os.fdopen(descriptor, "w+", encoding="utf-8") as file:
            yield Spool(file, Path(folder))


def clear(number: str) -> None:
    """Take away what a killed worker left of a run."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}{number}-*"):
        shutil.rmtree(folder, ignore_errors=True)
