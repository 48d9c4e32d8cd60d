"""Files full of twins: how many are taken for one person, by what their records tell.

    PYTHONPATH=src:. python -m benchmarks.linkage.twins [--seed 101] [--each 60]

Twins of another given name, one on each of two lists, among 1,500 records of the invented
registers: one kind at a time, then a quarter as many of each kind together.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.linkage import planted, problems
from mekhala.core.matching.linker import linking
from mekhala.sample.registers import registers

# What records tell besides name, sex, date of birth, province → what they leave out of ``KEPT``.
KINDS = {
    "father and commune": (), "commune": ("father_name",), "father": ("commune_code",),
    "district": ("father_name", "commune_code"),
    "province": ("father_name", "commune_code", "district_code"),
}  # fmt: skip


class Joined(NamedTuple):
    """How many twins came out at 0.95 and at 0.5, and precision at 0.95 over the whole file."""

    sure: int
    read: int
    precision: float
    told: int


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each kind and one for all of them together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--each", type=int, default=60)
    given = parser.parse_args(argv)
    for kind in KINDS:
        print(kind, measured([kind], given.each, given.seed), flush=True)
    print("all", measured(list(KINDS), given.each // 4, given.seed), flush=True)
    return 0


def measured(kinds: Sequence[str], each: int, seed: int) -> Joined:
    """Link a file with so many twins of each kind."""
    base = registers(round(planted.BASE / problems.RECORDS_PER_PERSON), seed)
    rows = [(dict(record), str(person)) for record, person in base]
    rows += [(record, record["record_id"]) for record in twins(kinds, each, seed)]
    found = linking.link_records(
        [record for record, _ in rows], threshold=0.95, review_from=0.5, distinct=problems.DISTINCT
    )
    born_together = {record["record_id"]: record["record_id"][:-1] for record, _ in rows}
    counted: Counter[str] = Counter()
    for left, right, chance in found.pairs:
        one, other = (rows[place][0]["record_id"] for place in (left, right))
        is_twins = one.startswith("twins-") and born_together[one] == born_together[other]
        counted["read"] += is_twins
        if chance >= 0.95:
            counted["sure"] += is_twins
            counted["told"] += 1
            counted["right"] += rows[left][1] == rows[right][1]
    precision = counted["right"] / max(1, counted["told"])
    return Joined(counted["sure"], counted["read"], round(precision, 4), counted["told"])


def twins(kinds: Sequence[str], each: int, seed: int) -> list[dict[str, str]]:
    """Return two records of so many twins of each kind."""
    donors, made = planted.donors(seed), []
    for kind in kinds:
        for number in range(each):
            one, other = donors.pop(), donors[number]
            for place, record in enumerate(planted.PLANTS["twins"](1, one, other)):
                told = {column: record[column] for column in record if column not in KINDS[kind]}
                name = f"twins-{kind}-{number}-{place}"
                made.append({**problems.EMPTY, **told, "record_id": name})
    return made


if __name__ == "__main__":
    raise SystemExit(main())
