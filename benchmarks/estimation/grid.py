"""Which worlds are drawn, by which methods they are estimated, and whose assumption holds there."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import exp

from benchmarks.estimation.misses import RIGHT, Errors
from benchmarks.estimation.shown import CLEAR, shows
from benchmarks.estimation.worlds import Kind, World

PEOPLE, LISTS, SHARES = (500, 5_000, 50_000), (3, 4, 5, 6), (0.1, 0.4)
MISSED, FALSE = (0.0, 0.02, 0.05, 0.10), (0.0, 0.01)
FAST = ("independence", "stepwise", "bic", "bayes-threshold", "decomposable", "chao")
GRAPHS, MANY = "decomposable", 6  # 18,154 graphs take half a second: a fifth of the tables
SLOW = ("latent-class",)
PAIRS = frozenset(set(Kind) - {Kind.CLASSES})
ASSUMED: dict[str, frozenset[Kind]] = {
    "independence": frozenset({Kind.NONE}),
    "stepwise": PAIRS,
    "bic": PAIRS,
    "bayes-threshold": PAIRS,  # within what its prior holds likely
    "decomposable": PAIRS,
    "latent-class": frozenset({Kind.NONE}),
    "chao": frozenset({Kind.NONE, Kind.CLASSES}),
}
SEEN = ("stepwise", "bic")  # take for granted that a dependence shows, or is none
SEVEN = exp(2)  # times: two standard deviations of the prior of a pair in bayes-threshold
# True in kind, yet such as the prior holds unlikely: a Bayesian interval promises nothing there.
UNLIKELY: dict[str, frozenset[Kind]] = {"latent-class": frozenset({Kind.CLASSES})}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One world, how its links err, and how many tables of it are drawn."""

    world: World
    errors: Errors
    tables: int
    methods: tuple[str, ...]

    @property
    def panel(self) -> bool:
        """Whether all fast members are asked, and so make a panel.

        One more member could only widen its range and lower what it agrees on: of the panel
        that a user gets false confidence is less, and refusals are more.
        """
        return self.methods == FAST

    def holds(self, method: str) -> bool:
        """Return whether what ``method`` takes for granted is true of this world and its links."""
        return self.errors == RIGHT and self.true_of(method)

    def true_of(self, method: str) -> bool:
        """Return the same of the world alone, however its links err."""
        if self.world.kind not in ASSUMED[method]:
            return False
        if method == "bayes-threshold":
            return 1 / SEVEN <= self.world.odds() <= SEVEN
        hidden = method in SEEN and self.world.kind is not Kind.NONE
        return not hidden or shows(self.world) >= CLEAR

    def unlikely(self, method: str) -> bool:
        """Return whether the assumption is true in kind, and unlikely by the method's prior."""
        return self.errors == RIGHT and self.world.kind in UNLIKELY.get(method, ())


def full(tables: int, slow: int) -> list[Cell]:
    """Return every cell: ``tables`` draws of each, ``slow`` draws for the slow member."""
    return [*_right(tables), *_wrong(tables), *_slow(slow)]


def small(tables: int) -> list[Cell]:
    """Return a few cells of three lists, where members are fastest."""
    worlds = [World(kind=kind, people=5_000, lists=3, share=0.4) for kind in Kind]
    cells = [Cell(world=w, errors=RIGHT, tables=tables, methods=FAST) for w in worlds]
    wrong = Errors(missed=0.1, false=0.0)
    return [*cells, Cell(world=worlds[0], errors=wrong, tables=tables, methods=FAST)]


def _right(tables: int) -> Iterator[Cell]:
    for kind, people, lists, share in product(Kind, PEOPLE, LISTS, SHARES):
        world = World(kind=kind, people=people, lists=lists, share=share)
        if lists < MANY:
            yield Cell(world=world, errors=RIGHT, tables=tables, methods=FAST)
            continue
        rest = tuple(m for m in FAST if m != GRAPHS)
        yield Cell(world=world, errors=RIGHT, tables=tables, methods=rest)
        yield Cell(world=world, errors=RIGHT, tables=max(tables // 5, 1), methods=(GRAPHS,))


def _wrong(tables: int) -> Iterator[Cell]:
    """Yield wrong links where all else is fair: 5,000 people, four lists, one in five seen."""
    for kind, missed, false in product(Kind, MISSED, FALSE):
        world = World(kind=kind, people=5_000, lists=4, share=0.2)
        errors = Errors(missed=missed, false=false)
        yield Cell(world=world, errors=errors, tables=tables, methods=FAST)


def _slow(tables: int) -> Iterator[Cell]:
    """Yield fewer worlds and tables for the slow member: four lists, two in five seen."""
    for kind, people in product(Kind, PEOPLE[:2]):
        world = World(kind=kind, people=people, lists=4, share=0.4)
        yield Cell(world=world, errors=RIGHT, tables=tables, methods=SLOW)
