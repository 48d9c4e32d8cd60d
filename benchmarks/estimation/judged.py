"""Whether intervals hold the truth as often as they say, and whether the gate lets misses pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from benchmarks.estimation.grid import ASSUMED, PEOPLE, SHARES, UNLIKELY, Cell
from benchmarks.estimation.misses import RIGHT
from benchmarks.estimation.run_grid import Results
from benchmarks.estimation.tally import Tally
from benchmarks.estimation.trial import PANEL
from benchmarks.estimation.worlds import Kind

FALSE_CONFIDENCE = 0.10
BOUNDS = ("chao",)  # a lower bound may hold more often than it says


@dataclass(frozen=True, kw_only=True)
class Group:
    """One method where its assumption holds: all numbers of lists of one kind, size and share."""

    method: str
    kind: Kind
    people: int
    share: float
    tally: Tally

    @property
    def is_off(self) -> bool:
        """Whether its coverage lies outside 92-98 % by more than chance explains."""
        return self.tally.clearly_off(only_below=self.method in BOUNDS)


def groups(results: Results) -> list[Group]:
    """Return every group in which an assumption holds and somebody was given a number."""
    return [group for method in ASSUMED for group in _of(method, results) if group.tally.given]


def unlikely(results: Results) -> list[Group]:
    """Return every group in which an assumption holds in kind and not by the method's prior."""
    found = []
    for method in UNLIKELY:
        cells = [cell for cell in results.cells() if cell.unlikely(method)]
        found += [group for group in _grouped(method, cells, results) if group.tally.given]
    return found


def _of(method: str, results: Results) -> Iterator[Group]:
    yield from _grouped(method, [c for c in results.cells() if c.holds(method)], results)


def _grouped(method: str, holding: list[Cell], results: Results) -> Iterator[Group]:
    for kind, people, share in product(Kind, PEOPLE, SHARES):
        cells = [c for c in holding if _is(c, kind, people, share)]
        tally = results.pooled(method, cells)
        yield Group(method=method, kind=kind, people=people, share=share, tally=tally)


def _is(cell: Cell, kind: Kind, people: int, share: float) -> bool:
    world = cell.world
    return (world.kind, world.people, world.share) == (kind, people, share)


def of_the_gate(results: Results, kind: Kind | None = None) -> Tally:
    """Return the panel's tally where links are right, over all kinds or for one."""
    cells = [
        c for c in results.cells()
        if c.errors == RIGHT and c.world.share in SHARES and kind in (None, c.world.kind)
    ]  # fmt: skip
    return results.pooled(PANEL, cells)
