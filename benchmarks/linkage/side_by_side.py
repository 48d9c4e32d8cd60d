"""``./run bench linkage``: plain Splink, ``mekhala link`` and recordlinkage on the same files.

Each linker runs in a process of its own, whose clock and most memory are taken. Precision, recall
and F1 are those of the pairs of probability 0.95 or more; people: of all pairs that ``people.csv``
joins; the recall at a precision of 0.995 has its threshold picked on the truth, for each alike.
Ratios of quality are of ours to plain Splink with the wider blocking, ratios of cost to it with the
default one: each the harder of the two, in this run.

    ./run bench linkage --quick               seconds: small registers and FEBRL 1
    ./run bench linkage                       FEBRL 1–4, registers of 10,000 and 100,000 records
    ./run bench linkage --sizes 10000,100000,1000000,5000000 --repeats 2    scale
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from math import nan
from pathlib import Path
from typing import NamedTuple

from benchmarks.linkage import causes, problems, scale, scores, systems
from benchmarks.linkage.ablation import ABLATIONS
from benchmarks.linkage.problems import RECORDS_PER_PERSON, Problem

MOST_FOR_ECM = 12_000  # records; it holds all pairs in memory


class Line(NamedTuple):
    """One linker on one problem."""

    problem: str
    records: int
    linker: str
    at: scores.Scores
    review: scores.Scores
    people: scores.Scores | None
    recall: float  # at a precision of 0.995 or more
    seconds: float
    cpu: float
    peak_mb: int
    failed: str = ""


HEAD = (
    "| records | linker | P at .95 | R at .95 | F1 at .95 | F1 people | P, R at .5 "
    "| R at P ≥ .995 | s | CPU s | MB |"
)


def main(argv: list[str] | None = None) -> int:
    """Run what is asked for; print tables in Markdown; return 1 where ours failed to run."""
    given = _options(argv)
    with tempfile.TemporaryDirectory(prefix="mekhala-bench-") as made:
        folder = given.work or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        return _all(given, folder)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="seconds, not minutes")
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--names", type=Path, help="more names (locale, part, sex, native, roman)")
    parser.add_argument("--size", type=int, default=0, help="records of the registers")
    parser.add_argument("--sizes", default="", help="measure scale at these numbers of records")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each linker at each size")
    parser.add_argument("--only", default="", help="febrl,country,khmer,empty,ablation")
    parser.add_argument("--work", type=Path, help="keep files in this folder")
    return parser.parse_args(argv)


def _all(given: argparse.Namespace, folder: Path) -> int:
    if given.sizes:
        return _scale(given, folder)
    failed = False
    print(f"seed {given.seed}\n\n{HEAD}\n|{'---|' * 11}")
    for problem, linkers in _problems(given, folder):
        lines = [_line(problem, linker, folder) for linker in linkers]
        for line in lines:
            print(_row(line), flush=True)
            failed |= line.linker == "ours" and bool(line.failed)
        _tell_ratio(lines)
    if _wanted(given, "empty"):
        _nearly_empty(given, folder)
    if _wanted(given, "country") and not given.quick:
        _causes(given, folder)
    if _wanted(given, "ablation"):
        _ablation(given, folder)
    return int(failed)


def _wanted(given: argparse.Namespace, part: str) -> bool:
    return not given.only or part in given.only.split(",")


def _problems(given: argparse.Namespace, folder: Path) -> Iterator[tuple[Problem, Sequence[str]]]:
    size = given.size or (1500 if given.quick else 10_000)
    sizes = (size,) if given.quick or given.size else (size, 100_000)
    if _wanted(given, "febrl"):
        for number in (1,) if given.quick else (1, 2, 3, 4):
            yield problems.febrl(number, folder / f"febrl{number}"), ("plain", "ours", "ecm")
    made: tuple[tuple[str, Callable[..., Problem]], ...] = (
        ("country", problems.country), ("khmer", problems.khmer),
    )  # fmt: skip
    for part, make in made:
        for each in sizes if _wanted(given, part) else ():
            linkers = systems.SYSTEMS if each <= MOST_FOR_ECM else ("plain", "wide", "ours")
            place = folder / f"{part}{each}"
            yield make(each, given.seed, place, names=given.names), linkers


def _line(problem: Problem, linker: str, folder: Path) -> Line:
    out = folder / re.sub("[ ,]", "", problem.name) / linker.replace(" ", "-")
    run = systems.run(linker, problem, out)
    if run.failed:
        none = scores.Scores(nan, nan, 0)
        return Line(problem.name, problem.size, linker, none, none, None, nan, run.seconds, run.cpu,
                    run.peak_mb, run.failed)  # fmt: skip
    true, pairs = problems.true_pairs(problem), scores.read_pairs(out)
    joined = out / "people.csv"
    return Line(
        problem.name, problem.size, linker, scores.at(pairs, true, 0.95),
        scores.at(pairs, true, 0.5),
        scores.of(scores.read_people(out), true) if joined.exists() else None,
        scores.recall_at_precision(pairs, true)[0], run.seconds, run.cpu, run.peak_mb,
    )  # fmt: skip


def _row(line: Line) -> str:
    if line.failed:
        return f"| {line.problem} ({line.records:,}) | {line.linker} | failed: {line.failed} |"
    people = f"{line.people.f1:.4f}" if line.people else "–"
    return (
        f"| {line.problem} ({line.records:,}) | {line.linker} | {line.at.precision:.4f} "
        f"| {line.at.recall:.4f} | {line.at.f1:.4f} | {people} "
        f"| {line.review.precision:.3f}, {line.review.recall:.3f} | {line.recall:.4f} "
        f"| {line.seconds:.1f} | {line.cpu:.1f} | {line.peak_mb} |"
    )


def _tell_ratio(lines: Sequence[Line]) -> None:
    by_linker = {line.linker: line for line in lines}
    plain, ours = by_linker.get("plain"), by_linker.get("ours")
    wide = by_linker.get("wide", plain)
    if not (plain and wide and ours) or plain.failed or wide.failed or ours.failed:
        return
    told = {
        "R at .95": (ours.at.recall, wide.at.recall), "F1": (ours.at.f1, wide.at.f1),
        "R at P ≥ .995": (ours.recall, wide.recall), "s": (ours.seconds, plain.seconds),
        "CPU s": (ours.cpu, plain.cpu), "MB": (ours.peak_mb, plain.peak_mb),
    }  # fmt: skip
    ratios = ", ".join(f"{k} × {a / b:.2f}" if b else f"{k}: plain 0" for k, (a, b) in told.items())
    print(f"| {ours.problem} | ours to plain | {ratios} |", flush=True)


def _nearly_empty(given: argparse.Namespace, folder: Path) -> None:
    """Records of a name and a sex at most: whoever joins them guesses."""
    size = given.size or (3000 if given.quick else 20_000)
    problem = problems.nearly_empty(size, given.seed, folder / "empty")
    for linker in ("plain", "ours"):
        line = _line(problem, linker, folder / "empty")
        told = line.failed or f"{line.at.told} pairs joined at .95, {line.review.told} at .5"
        print(f"nearly empty, {problem.size} records, {linker}: {told}")


def _causes(given: argparse.Namespace, folder: Path) -> None:
    size = given.size or 10_000
    place = folder / f"country{size}"
    problem = Problem("", place / "records.csv", place / "truth.csv", "persons", ())
    for linker in ("plain", "ours"):
        if not (place / linker / "pairs.csv").exists():
            continue
        pairs = scores.read_pairs(place / linker)
        told = {pair for pair, chance in pairs.items() if chance >= 0.95}
        print(f"\n{linker}: true pairs missed at .95, by what they are like")
        for trait, (gone, of) in causes.missed(problem, told).items():
            print(f"  {trait:36} {gone:7,} of {of:7,}, {gone / of:.3f}")
        n = round(size / RECORDS_PER_PERSON)
        wrong = causes.joined_wrongly(problem, told, n, given.seed, given.names)
        print(f"{linker}: wrong pairs at .95: {dict(wrong.most_common())}")


def _ablation(given: argparse.Namespace, folder: Path) -> None:
    """Ours with one thing left out, on the records of Khmer people."""
    size = given.size or (1500 if given.quick else 10_000)
    problem = problems.khmer(size, given.seed, folder / "ablation", names=given.names)
    print(f"\n{HEAD}\n|{'---|' * 11}")
    for linker in ("ours", *(f"ours without {idea}" for idea in ABLATIONS)):
        print(_row(_line(problem, linker, folder / "ablation")), flush=True)


def _scale(given: argparse.Namespace, folder: Path) -> int:
    sizes = [int(size) for size in given.sizes.split(",")]
    found = scale.measured(sizes, given.seed, folder, repeats=given.repeats)
    print(f"| linker | records | s | CPU s | predict s | MB | at .95 |\n|{'---|' * 7}")
    for linker, costs in found.items():
        for c in costs:
            print(f"| {linker} | {c.records:,} | {c.seconds:.1f} | {c.cpu:.1f} | {c.predict:.1f} "
                  f"| {c.peak_mb:.0f} | {c.quality} |")  # fmt: skip
    for linker, costs in found.items():
        n = [c.records for c in costs]
        exponents = {
            kind: scale.exponent(n, [getattr(c, kind) for c in costs])
            for kind in ("seconds", "cpu", "predict", "peak_mb")
        }
        print(f"{linker}: exponents " + ", ".join(f"{k} {v:.2f}" for k, v in exponents.items()))
    for plain, ours in zip(found["plain"], found["ours"], strict=False):
        seconds, memory = ours.seconds / plain.seconds, ours.peak_mb / plain.peak_mb
        print(f"{ours.records:,} records: ours to plain seconds × {seconds:.2f}, "
              f"CPU seconds × {ours.cpu / plain.cpu:.2f}, MB × {memory:.2f}")  # fmt: skip
    return int(len(found["ours"]) < len(sizes))


if __name__ == "__main__":
    sys.exit(main())
