"""The whole grid, shared among processes; its results keep the order of its cells."""

import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from benchmarks.estimation.grid import Cell
from benchmarks.estimation.tally import Tally, added
from benchmarks.estimation.trial import Found, measured

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


@dataclass(frozen=True, kw_only=True)
class Results:
    """What each cell showed, and how it was had."""

    found: tuple[tuple[Cell, Found], ...]
    seed: int
    bootstrap: int
    seconds: float

    def pooled(self, method: str, cells: Iterable[Cell]) -> Tally:
        """Return the tallies of one method in these cells as one."""
        wanted = {id(cell) for cell in cells}
        return added(f[method] for c, f in self.found if id(c) in wanted and method in f)

    def cells(self) -> list[Cell]:
        """Return the cells in order."""
        return [cell for cell, _ in self.found]


def run(cells: list[Cell], *, seed: int, bootstrap: int) -> Results:
    """Measure every cell with as many processes as this one may use cores."""
    os.environ.update(ONE_THREAD)  # the cells are shared out, not the sums within them
    began, jobs = time.monotonic(), min(len(os.sched_getaffinity(0)), len(cells))
    of_one = partial(measured, seed=seed, bootstrap=bootstrap)
    found: list[Found] = []
    if jobs == 1:
        found = [_said(f, n, len(cells)) for n, f in enumerate(map(of_one, cells), 1)]
    else:
        with ProcessPoolExecutor(jobs) as pool:
            done = enumerate(pool.map(of_one, cells), 1)
            found = [_said(f, n, len(cells)) for n, f in done]
    return Results(
        found=tuple(zip(cells, found, strict=True)), seed=seed, bootstrap=bootstrap,
        seconds=time.monotonic() - began,
    )  # fmt: skip


def _said(found: Found, number: int, of: int) -> Found:
    if number % 12 == 0 or number == of:
        print(f"cell {number} of {of}", file=sys.stderr, flush=True)
    return found
