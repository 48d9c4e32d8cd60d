"""Seconds and memory by size, alternating between linkers so that a busy hour hits both."""

from collections.abc import Sequence
from math import log
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.linkage import problems, scores, systems


class Cost(NamedTuple):
    """Medians of one linker at one size."""

    records: int
    seconds: float
    cpu: float
    peak_mb: float
    predict: float  # seconds of the step that compares pairs; 0 where it is not told
    quality: scores.Scores


def measured(
    sizes: Sequence[int], seed: int, folder: Path, *, repeats: int,
    linkers: Sequence[str] = ("plain", "ours"),
) -> dict[str, list[Cost]]:  # fmt: skip
    """Return the costs of each linker at each size; runs alternate A, B, A, B."""
    found: dict[str, list[Cost]] = {linker: [] for linker in linkers}
    for size in sizes:
        problem = problems.country(size, seed, folder / f"country{size}")
        true = problems.true_pairs(problem)
        runs: dict[str, list[systems.Run]] = {linker: [] for linker in linkers}
        for turn in range(repeats):
            for linker in linkers:
                out = folder / f"country{size}" / f"{linker}{turn}"
                runs[linker].append(systems.run(linker, problem, out))
        for linker, done in runs.items():
            if good := [run for run in done if not run.failed]:
                found[linker].append(_cost(problem.size, good, true))
    return found


def _cost(records: int, runs: Sequence[systems.Run], true: set[tuple[str, str]]) -> Cost:
    return Cost(
        records, median(run.seconds for run in runs), median(run.cpu for run in runs),
        median(run.peak_mb for run in runs),
        median(run.steps.get("predict", 0.0) for run in runs),
        scores.at(scores.read_pairs(runs[0].folder), true, 0.95),
    )  # fmt: skip


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return b of cost = a · size ** b by least squares on the logarithms; nan of less than two."""
    points = [(log(s), log(c)) for s, c in zip(sizes, costs, strict=True) if s > 0 and c > 0]
    if len(points) < 2:
        return float("nan")
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    across = sum((x - middle[0]) ** 2 for x, _ in points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / across
