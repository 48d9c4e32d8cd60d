"""What tokens cost: F1 over tokens beside F1 over the same fields in clear, and pairs a second.

The clear text is compared by the same statements with the same weights, without key, salt or flips:
all with all, and within the same blocks; the better of the two is what tokens are held to. One to
one on both sides. The bound is the best for each, found on the same truth: a ceiling for both.

    python -m benchmarks.linkage.quality --people 4000
    python -m benchmarks.linkage.quality --people 4000 --registers
    python -m benchmarks.linkage.quality --febrl FOLDER   (dataset4a.csv, dataset4b.csv: BSD-3)
"""

import argparse
import csv
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.linkage.targets import Record, key_of
from mekhala.core.matching.encoding.comparison import ALIKE, Pair, alike_pairs, dice, one_to_one
from mekhala.core.matching.encoding.counting import alike_rows
from mekhala.core.matching.encoding.parameters import HARDENED, Parameters
from mekhala.core.matching.encoding.statements import SOUND, Said, Statement, said_by
from mekhala.core.matching.encoding.vectors import Encoder, spans_of
from mekhala.core.matching.records import COLUMNS
from mekhala.sample.lists import lists
from mekhala.sample.people import people
from mekhala.sample.registers import registers

EMPTY = dict.fromkeys(COLUMNS, "")
BOUNDS = np.arange(0.46, 0.96, 0.02)
CLEAR_BOUNDS = np.arange(0.20, 0.96, 0.02)


class Problem(NamedTuple):
    """Records and the pairs that are truly one person, between sources, as numbers of records."""

    records: Sequence[Record]
    true: Collection[tuple[int, int]]


class Quality(NamedTuple):
    """How well pairs were found at one bound."""

    f1: float
    bound: float
    precision: float
    recall: float


def sample(number: int, seed: int, *, miswritten: float = 0.3) -> Problem:
    """Return the lists of the invented country with this share of records written another way."""
    found = lists(people(number, seed), seed, misspelt=miswritten)
    records = [{**EMPTY, **r, "national_id": ""} for r in found.records]
    return Problem(records, _pairs([str(found.true_person[r["record_id"]]) for r in records]))


def everybody(number: int, seed: int, nationalities: Collection[str] | None = None) -> Problem:
    """Return the realistic registers of so many invented people, or those of ``nationalities``.

    Names are written there by other sources than our keys; numbers are left out.
    """
    found = [r for r in registers(number, seed)
             if nationalities is None or r.record["nationality"] in nationalities]  # fmt: skip
    records = [{**EMPTY, **r.record, "national_id": "", "phone": ""} for r in found]
    return Problem(records, _pairs([str(r.person) for r in found]))


def khmer(number: int, seed: int) -> Problem:
    """Return the records of Cambodians, and of whoever's nationality is not told."""
    return everybody(number, seed, ("KHM", ""))


def febrl(folder: Path) -> Problem:
    """Return FEBRL4 with its columns as ours: names, birth, post code, address in words."""
    records, person = [], []
    for side in "ab":
        with (folder / f"dataset4{side}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                records.append(_of_febrl(row, side))
                person.append(row["rec_id"].split("-")[1])
    return Problem(records, _pairs(person))


def _of_febrl(row: dict[str, str], side: str) -> Record:
    born = row["date_of_birth"].strip()
    return {
        **EMPTY, "record_id": row["rec_id"], "source": side, "family_name": row["surname"],
        "given_name": row["given_name"], "district_code": row["postcode"],
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
        "place_text": f"{row['suburb']} {row['address_1']}",
    }  # fmt: skip


def _pairs(person: Sequence[str]) -> set[tuple[int, int]]:
    held = defaultdict(list)
    for number, one in enumerate(person):
        held[one].append(number)
    return {pair for numbers in held.values() for pair in combinations(numbers, 2)}


def over_tokens(problem: Problem, seed: int, parameters: Parameters = HARDENED) -> list[Pair]:
    """Return the pairs that tokens tell, with how alike they are."""
    tokens = Encoder(key_of(seed), parameters).tokens(problem.records)
    return alike_pairs(tokens, at_least=float(BOUNDS[0]))


def in_clear(problem: Problem, *, blocked: bool) -> list[Pair]:
    """Return the pairs of the clear text, the better script of two counting.

    ``blocked``: only within the blocks of tokens; else all with all.
    """
    said = [said_by(record) for record in problem.records]
    best = np.zeros((len(said), len(said)), np.float32)
    for script in ("latin", "native", SOUND):
        there = [n for n, one in enumerate(said) if script in one.names]
        if not there:
            continue
        told = [said[n].names[script] | said[n].others for n in there]
        cells = np.ix_(there, there)
        best[cells] = np.maximum(best[cells], alike_in_clear(told, told, HARDENED))
    if blocked:
        best *= _in_one_block(said)
    left, right = np.nonzero(np.triu(best, 1) >= CLEAR_BOUNDS[0])
    return [Pair(int(i), int(j), float(best[i, j])) for i, j in zip(left, right, strict=True)]


def _in_one_block(said: Sequence[Said]) -> NDArray[np.bool_]:
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for span in spans_of(one, HARDENED.years):
            held[span].append(number)
    found = np.zeros((len(said), len(said)), bool)
    for numbers in held.values():
        found[np.ix_(numbers, numbers)] = True
    return found


def clear_quality(problem: Problem) -> Quality:
    """Return the better of the two ways to compare the clear text, at its best bound."""
    ways = (in_clear(problem, blocked=blocked) for blocked in (False, True))
    return max(best(problem, pairs, list(CLEAR_BOUNDS)) for pairs in ways)


def token_quality(problem: Problem, seed: int, parameters: Parameters = HARDENED) -> Quality:
    """Return the quality of tokens at their best bound."""
    return best(problem, over_tokens(problem, seed, parameters), list(BOUNDS))


def alike_in_clear(
    left: Sequence[frozenset[Statement]],
    right: Sequence[frozenset[Statement]],
    parameters: Parameters,
) -> NDArray[np.float32]:
    """Return Dice's coefficient of statements, each weighing as many as the bits it would set."""
    place: dict[Statement, int] = {}
    for one in (*left, *right):
        for statement in sorted(one):
            place.setdefault(statement, len(place))
    sides = [_weighed(side, place, parameters) for side in (left, right)]
    sizes = [np.asarray(side.multiply(side).sum(axis=1)).ravel() for side in sides]
    shared = (sides[0] @ sides[1].T).toarray()
    found: NDArray[np.float32] = 2 * shared / np.maximum(sizes[0][:, None] + sizes[1], 1)
    return found


def _weighed(
    told: Sequence[frozenset[Statement]], place: dict[Statement, int], parameters: Parameters
) -> csr_matrix:
    cells = [(n, place[s], parameters.positions[s[0]] ** 0.5) for n, one in enumerate(told)
             for s in one]  # fmt: skip
    rows, columns, weights = zip(*cells, strict=True)
    shape = len(told), max(len(place), 1)
    return csr_matrix((np.array(weights, np.float32), (rows, columns)), shape=shape)


def best(problem: Problem, pairs: Sequence[Pair], bounds: Sequence[float]) -> Quality:
    """Return the quality at the bound with the best F1."""
    return max(quality(problem, pairs, float(bound)) for bound in bounds)


def quality(problem: Problem, pairs: Sequence[Pair], bound: float) -> Quality:
    """Return F1, precision and recall of the pairs at least ``bound`` alike, one to one."""
    source = [record["source"] for record in problem.records]
    kept = one_to_one([p for p in pairs if p.alike >= bound], source)
    right = len({(p.left, p.right) for p in kept} & set(problem.true))
    precision, recall = right / max(len(kept), 1), right / max(len(problem.true), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Quality(round(f1, 4), round(bound, 2), round(precision, 4), round(recall, 4))


class Speed(NamedTuple):
    """Pairs of vectors compared a second on one core, three ways in one process."""

    fast: float
    numpy: float
    plain: float


def pairs_a_second(seconds: float, seed: int) -> Speed:
    """Return how fast the program compares, how fast NumPy does, and how fast a plain loop.

    NumPy makes the table of all; the program writes only pairs that reach the usual bound.
    """
    draw = np.random.default_rng(seed)
    bits = draw.integers(0, 2**63, (4096, HARDENED.length // 64), dtype=np.uint64)
    pairs = len(bits) * (len(bits) - 1) // 2
    list(alike_rows(bits[:2], ALIKE))  # compiled before it is timed
    fast = _rate(lambda: list(alike_rows(bits, ALIKE)), pairs, seconds)
    numpy = _rate(lambda: dice(bits[:64], bits) >= ALIKE, 64 * len(bits), seconds)
    numbers = [int.from_bytes(row.tobytes()) for row in bits[:200]]
    return Speed(fast, numpy, _rate(lambda: _plainly(numbers), len(numbers) ** 2, seconds / 4))


def _rate(work: Callable[[], object], pairs: int, seconds: float) -> float:
    """Return the pairs a second of work that compares so many, repeated for so long."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds or not done:
        work()
        done += pairs
    return done / (time.perf_counter() - began)


def _plainly(numbers: Sequence[int]) -> None:
    for one in numbers:
        for other in numbers:
            2 * (one & other).bit_count() / (one.bit_count() + other.bit_count())


def main(argv: list[str] | None = None) -> int:
    """Print the qualities of tokens and clear text, and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--people", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--febrl", type=Path)
    parser.add_argument("--registers", action="store_true", help="Cambodians in the registers")
    given = parser.parse_args(argv)
    if given.febrl:
        problem = febrl(given.febrl)
    else:
        problem = (khmer if given.registers else sample)(given.people, given.seed)
    tokens, clear = token_quality(problem, given.seed), clear_quality(problem)
    print(f"{len(problem.records)} records, {len(problem.true)} true pairs")
    print(f"clear {clear}\ntokens {tokens}\nratio of F1 {tokens.f1 / clear.f1:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
