"""Why true pairs are missed and whose records are wrongly joined, by what the records are like.

python -m benchmarks.linkage.causes FOLDER_OF_PROBLEM FOLDER_OF_ANSWER --people N --seed N
"""

import argparse
import csv
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from benchmarks.linkage import scores
from benchmarks.linkage.problems import Problem, read, says_little, true_pairs
from mekhala.sample.registers.families import TruePerson, people
from mekhala.sample.registers.inventory import inventory

Record = Mapping[str, str]
Pair = tuple[str, str]


def missed(problem: Problem, told: Collection[Pair]) -> dict[str, tuple[int, int]]:
    """Return for each trait of true pairs how many were missed, and of how many.

    A pair counts under each trait it shows.
    """
    records = {record["record_id"]: record for record in read(problem)}
    gone, of = Counter[str](), Counter[str]()
    for pair in true_pairs(problem):
        for trait in traits(records[pair[0]], records[pair[1]]):
            of[trait] += 1
            gone[trait] += pair not in told
    return {trait: (gone[trait], of[trait]) for trait in sorted(of)}


def traits(left: Record, right: Record) -> set[str]:
    """Return what is hard about a pair of one person."""
    found = {"all"}
    if says_little(left) or says_little(right):
        return found | {"one says little"}
    khmer, latin = ([_has(r, script) for r in (left, right)] for script in ("khmer", "latin"))
    if not (all(khmer) or all(latin)):
        found.add("no script in common")
    elif all(khmer) and left["name_km"] == right["name_km"]:
        found.add("one Khmer name, letter for letter")
    elif all(latin) and _latin(left) == _latin(right):
        found.add("one Latin name, letter for letter")
    else:
        found.add("spelt otherwise in one script")
    if not (_born(left) and _born(right)):
        found.add("birth unknown to one")
    if not (left["province_code"] and right["province_code"]):
        found.add("no codes of place in one")
    elif left["district_code"] and right["district_code"]:
        same = left["district_code"] == right["district_code"]
        found.add("one district" if same else "two districts")
    if any(0 < len(_words(r)) < 2 for r in (left, right)):
        found.add("one word of a name in one")
    return found


def _has(record: Record, script: str) -> bool:
    return bool(record["name_km"] if script == "khmer" else _latin(record))


def _latin(record: Record) -> str:
    name = record["full_name"] or f"{record['family_name']} {record['given_name']}"
    return name.strip().casefold()


def _words(record: Record) -> list[str]:
    return (_latin(record) or record["name_km"]).split()


def _born(record: Record) -> str:
    return record["birth_date"] or record["birth_year"] or record["age"]


def joined_wrongly(
    problem: Problem, told: Collection[Pair], n_people: int, seed: int, names: Path | None = None
) -> Counter[str]:
    """Return how the people of wrong pairs stand to each other: twins, siblings, namesakes…"""
    with problem.truth.open(encoding="utf-8", newline="") as lines:
        true = {r["record_id"]: int(r["true_person"]) for r in csv.DictReader(lines)}
    wrong = [(true[a], true[b]) for a, b in told if true[a] != true[b]]
    wanted = {number for pair in wrong for number in pair}
    found = {p.number: p for p in people(n_people, seed, inventory(names)) if p.number in wanted}
    return Counter(kinship(found[min(pair)], found[max(pair)]) for pair in wrong)


def kinship(first: TruePerson, second: TruePerson) -> str:
    """Return how two people stand to each other in the invented country."""
    if first.father is second.father and first.mother is second.mother:
        return "twins" if first.birth.on == second.birth.on else "siblings"
    if first.name == second.name:
        return "namesakes of one village" if first.home is second.home else "namesakes"
    return "of one village" if first.home and first.home is second.home else "strangers"


def main(argv: list[str] | None = None) -> int:
    """Print both tables for one answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("problem", type=Path)
    parser.add_argument("answer", type=Path)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--threshold", type=float, default=0.95)
    given = parser.parse_args(argv)
    problem = Problem("", given.problem / "records.csv", given.problem / "truth.csv", "persons", ())
    found = scores.read_pairs(given.answer)
    told = {pair for pair, chance in found.items() if chance >= given.threshold}
    for trait, (gone, of) in missed(problem, told).items():
        print(f"missed {trait:36} {gone:7,} of {of:7,} {gone / of:.3f}")
    for kind, count in joined_wrongly(problem, told, given.people, given.seed).most_common():
        print(f"joined {kind:36} {count:7,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
