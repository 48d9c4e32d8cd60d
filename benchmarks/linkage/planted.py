"""People planted among the invented registers, each kind a trap that one guard of the linker meets.

``twins``: a record on either list, of two people born on one day of one father; of every other pair
the commune is told too. ``siblings``: the same of two people of one year, father and house, the day
not told. ``namesakes``: two people of one name, birth and commune on a list that holds each person
once, and one record on another list that may be either's. ``chain``: two people of such a list,
each clearly one with a record of a list that may hold a person twice; the records are alike, and
joined through them a person would be twice where each is once. ``nameless``: two records of one
birth, telephone and district, and of no name. ``vague``: two records of one name and one city
abroad, of which nothing else is told. ``crowd``: people of one name, far apart in years and
places, of whom no two need be compared.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.linkage import problems
from mekhala.sample.registers import registers

ONCE, OFTEN = "social_affairs", "shelters"  # holds each person once; may hold one twice
OTHER = "police"  # holds each person once too
BASE, EACH, CROWD = 1500, 30, 200
COMMONEST = "Sok Srey Mom"
KEPT = ("full_name", "sex", "birth_date", "nationality", "father_name", "commune_code",
        "district_code", "province_code", "event_date")  # fmt: skip

type Record = dict[str, str]
type Plant = Callable[[int, Record, Record], Iterator[Record]]


def problem(seed: int, folder: Path) -> problems.Problem:
    """Write the registers with the planted people; ids of these begin with their kind."""
    base = registers(round(BASE / problems.RECORDS_PER_PERSON), seed)
    rows = [(record, str(person)) for record, person in base]
    rows += [(record, record["record_id"]) for record in _planted(seed)]
    return problems._write("planted", rows, folder, "persons", problems.DISTINCT)


def donors(seed: int) -> list[Record]:
    """Return records of the registers of another seed that tell enough to be given to others."""
    made = registers(round(6 * BASE / problems.RECORDS_PER_PERSON), seed + 5000)
    return [
        record for record, _ in made
        if all(record[column] for column in KEPT)
        and len(record["full_name"].split()) > 1
        and not record["birth_date"].startswith(("01/01", "០១/០១"))  # means the year alone
    ]  # fmt: skip


def _planted(seed: int) -> Iterator[Record]:
    """Yield records of each kind, made from ``donors``."""
    given = donors(seed)
    for kind, plant in PLANTS.items():
        for number in range(EACH):
            one, other = given.pop(), given[number]
            for place, record in enumerate(plant(number, one, other)):
                yield {**problems.EMPTY, **record, "record_id": f"{kind}-{number}-{place}"}
    for number in range(CROWD):
        where = f"{1 + number % 25:02d}"
        yield {**problems.EMPTY, "record_id": f"crowd-{number}-0", "source": OFTEN, "sex": "female",
               "full_name": COMMONEST, "province_code": where,
               "birth_year": str(1950 + number // 25 * 7), "event_date": "2025-01-01"}  # fmt: skip


def _twins(number: int, one: Record, other: Record) -> Iterator[Record]:
    told = {column: one[column] for column in KEPT if number % 2 or column != "commune_code"}
    family = one["full_name"].split()[0]
    yield {**told, "source": ONCE}
    yield {**told, "source": OTHER, "full_name": f"{family} {other['full_name'].split()[-1]}"}


def _siblings(_number: int, one: Record, other: Record) -> Iterator[Record]:
    for twin in _twins(1, one, other):
        yield twin | {"birth_date": "", "birth_year": one["birth_date"][-4:]}


def _namesakes(_number: int, one: Record, _other: Record) -> Iterator[Record]:
    told = {column: one[column] for column in KEPT}
    for source in (ONCE, ONCE, OTHER):
        yield {**told, "source": source}


def _chain(number: int, one: Record, _other: Record) -> Iterator[Record]:
    told = {column: one[column] for column in KEPT}
    for person in "12":
        phone = f"0{person}{7_000_000 + number}"
        yield {"source": ONCE, "full_name": one["full_name"], "sex": one["sex"], "phone": phone,
               "district_code": one["district_code"], "province_code": one["province_code"],
               "event_date": one["event_date"]}  # fmt: skip
        yield {**told, "source": OFTEN, "phone": phone}


def _nameless(number: int, one: Record, _other: Record) -> Iterator[Record]:
    unknown = ("full_name", "father_name", "commune_code")
    told = {column: one[column] for column in KEPT if column not in unknown}
    for source in (ONCE, OTHER):
        yield {**told, "source": source, "phone": f"09{6_000_000 + number}"}


def _vague(_number: int, one: Record, _other: Record) -> Iterator[Record]:
    told = {column: one[column] for column in ("full_name", "sex", "nationality", "event_date")}
    for source in (ONCE, OTHER):
        yield {**told, "source": source, "place_text": "Ho Chi Minh City"}


PLANTS: dict[str, Plant] = {
    "twins": _twins, "siblings": _siblings, "namesakes": _namesakes, "chain": _chain,
    "nameless": _nameless, "vague": _vague,
}  # fmt: skip


def joined_of(kind: str, pairs: Mapping[tuple[str, str], float], threshold: float = 0.95) -> int:
    """Return how many planted pairs of a kind are at the threshold."""
    return sum(
        chance >= threshold and one.rsplit("-", 1)[0] == other.rsplit("-", 1)[0]
        and one.startswith(f"{kind}-")
        for (one, other), chance in pairs.items()
    )  # fmt: skip


def twice(folder: Path, distinct: tuple[str, ...]) -> int:
    """Return how many people of ``people.csv`` are twice on a list that holds each once."""
    held: dict[str, list[str]] = {}
    with (folder / "people.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            held.setdefault(row["person_id"], []).append(row["source"])
    return sum(any(lists.count(name) > 1 for name in distinct) for lists in held.values())


def compared(folder: Path) -> int:
    """Return how many pairs were compared, as ``summary.json`` says."""
    found: int = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["pairs_compared"]
    return found
