"""One cell of the grid, drawn and estimated table by table; what every method gave, and the panel.

The tables of a cell depend on the seed, the cell and their number alone: not on how many
processes share the work, nor on which methods are asked.
"""

import hashlib
import math

import numpy as np

from benchmarks.estimation.grid import FAST, Cell
from benchmarks.estimation.misses import linked
from benchmarks.estimation.tally import Tally
from benchmarks.estimation.worlds import table_of
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.panel import METHODS, agreement
from mekhala.core.estimation.tables import OverlapTable

PANEL = "panel"
Found = dict[str, Tally]


def measured(cell: Cell, *, seed: int, bootstrap: int) -> Found:
    """Return a tally for each method of the cell; of a whole panel, the slow ones and its own."""
    found: Found = {}
    for number in range(cell.tables):
        rng = np.random.default_rng([seed, _mark(cell), number])
        counts = linked(cell.world.draw(rng), cell.errors, rng)
        told = estimates(table_of(counts), cell.methods, seed=number, bootstrap=bootstrap)
        for one in told:
            if not (cell.whole and one.method in FAST):  # those have cells and tables of their own
                found.setdefault(one.method, Tally()).note(one, cell.world.people)
        if cell.whole:
            _of_panel(found, told, cell.world.people)
    return found


def estimates(
    table: OverlapTable, methods: tuple[str, ...], *, seed: int, bootstrap: int
) -> list[Estimate]:
    """Return what each method there is gives; a member that was not built is left out."""
    asked = [METHODS[name] for name in methods if name in METHODS]
    return [by(table, bootstrap=bootstrap, seed=seed) for by in asked]


def _of_panel(found: Found, told: list[Estimate], truth: int) -> None:
    """Note the range of all intervals, given only where the panel supports one number."""
    together, panel = agreement(told), found.setdefault(PANEL, Tally())
    panel.tables += 1
    if not together["supports_one_number"]:
        panel.refused += 1
        return
    low, high = together["lowest_limit"], together["highest_limit"] or math.inf
    panel.held += low <= truth <= high
    panel.below += high < truth
    panel.log_bias.append(math.log(math.sqrt(together["low"] * together["high"]) / truth))
    panel.log_width.append(math.log(high / low))


def _mark(cell: Cell) -> int:
    """Return a number for the world and its errors, the same in every run."""
    return int.from_bytes(hashlib.sha256(f"{cell.world}{cell.errors!r}".encode()).digest()[:6])
