"""The registers as files: ``records.csv`` as agencies would send it, and apart ``truth.csv``."""

from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from pathlib import Path
from typing import TextIO

from mekhala.core.matching.records import COLUMNS
from mekhala.core.new_folder import new_folder
from mekhala.core.table_cells import csv_text

from . import registers

TRUTH = ("source", "record_id", "true_person")
AT_ONCE = 5000  # records between two words on progress


def write(
    folder: Path, n_people: int, seed: int, *, names: Path | None = None,
    told: Callable[[int, int], None] | None = None,
) -> dict[str, int]:  # fmt: skip
    """Write the registers of ``n_people`` people into the new ``folder``; one record at a time.

    Returns how many records and how many listed people there are. The folder appears whole or
    not at all. Raises ``WrongInput`` where it is there already or cannot be written.
    """
    with new_folder(folder) as beside:
        return _write(beside, n_people, seed, names, told)


def _write(
    folder: Path,
    n_people: int,
    seed: int,
    names: Path | None,
    told: Callable[[int, int], None] | None,
) -> dict[str, int]:
    count, listed = 0, bytearray(n_people + 1)
    with (
        (folder / "records.csv").open("w", encoding="utf-8", newline="") as records,
        (folder / "truth.csv").open("w", encoding="utf-8", newline="") as truth,
    ):
        _append(records, [COLUMNS])
        _append(truth, [TRUTH])
        for part in batched(registers(n_people, seed, names=names), AT_ONCE):
            _append(records, (tuple(record.values()) for record, _ in part))
            _append(truth, ((r["source"], r["record_id"], person) for r, person in part))
            for _, person in part:
                listed[person] = 1
            count += len(part)
            if told:
                told(part[-1][1], n_people)
    return {"records": count, "people": n_people, "listed": sum(listed)}


def _append(file: TextIO, rows: Iterable[Sequence[object]]) -> None:
    file.write(csv_text(rows, line_end="\n"))
