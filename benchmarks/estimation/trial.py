"""One cell of the grid, drawn and estimated table by table; what every method gave, and the panel.

The tables of a cell depend on the seed, the cell and their number alone: not on how many
processes share the work, nor on which methods are asked.
"""

import hashlib
import math

import numpy as np

from benchmarks.estimation.grid import Cell
from benchmarks.estimation.misses import linked
from benchmarks.estimation.tally import Tally
from benchmarks.estimation.worlds import table_of
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.gate import Gate, gate
from mekhala.core.estimation.panel import METHODS, agreement
from mekhala.core.estimation.tables import OverlapTable

PANEL = "panel"
Found = dict[str, Tally]


def measured(cell: Cell, *, seed: int, bootstrap: int) -> Found:
    """Return a tally for each method of the cell; of a panel its own too.

    A number is given where the gate lets the table pass and the method has a finite estimate.
    """
    found: Found = {}
    for number in range(cell.tables):
        rng = np.random.default_rng([seed, _mark(cell), number])
        table = table_of(linked(cell.world.draw(rng), cell.errors, rng))
        gated = gate(table)
        told = estimates(table, cell.methods, seed=number, bootstrap=bootstrap)
        for one in told:
            _of_one(found.setdefault(one.method, Tally()), one, gated, cell.world.people)
        if cell.panel:
            _of_panel(found.setdefault(PANEL, Tally()), told, gated, cell.world.people)
    return found


def estimates(
    table: OverlapTable, methods: tuple[str, ...], *, seed: int, bootstrap: int
) -> list[Estimate]:
    """Return what each of ``methods`` gives, in their order."""
    return [METHODS[name](table, bootstrap=bootstrap, seed=seed) for name in methods]


def _of_one(tally: Tally, one: Estimate, gated: Gate, truth: int) -> None:
    if not gated.passes or one.estimate is None or one.low is None:
        tally.refuse()
    else:
        tally.note(truth, point=one.estimate, low=one.low, high=one.high)


def _of_panel(tally: Tally, told: list[Estimate], gated: Gate, truth: int) -> None:
    """Note the range of all intervals, given only where the panel supports one number."""
    together = agreement(told, gated)
    if not together["supports_one_number"]:
        tally.refuse()
        return
    middle = math.sqrt(together["low"] * together["high"])
    low, high = together["lowest_limit"], together["highest_limit"]
    tally.note(truth, point=middle, low=low, high=high)


def _mark(cell: Cell) -> int:
    """Return a number for the world and its errors, the same in every run."""
    return int.from_bytes(hashlib.sha256(f"{cell.world}{cell.errors!r}".encode()).digest()[:6])
