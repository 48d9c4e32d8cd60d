"""Counts over a full cross of dimensions, and the cells of the tables published from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from mekhala.core.wrong_input import WrongInput

Margin = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Cell:
    """One cell of one published table: the table's dimensions, and a category of each."""

    margin: Margin
    categories: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cross:
    """People by every combination of categories.

    ``dimensions`` maps each name to its categories; ``counts`` has one axis for each
    dimension, in that order, holding whole numbers of people.
    """

    dimensions: dict[str, tuple[str, ...]]
    counts: NDArray[np.int64]

    def cells_of(self, margin: Margin) -> list[Cell]:
        """The cells of one table, in the order of their categories; ``()`` is the total."""
        return [Cell(margin, c) for c in product(*(self.dimensions[name] for name in margin))]

    def within(self, cell: Cell) -> NDArray[np.bool_]:
        """Which combinations, flattened, a cell counts."""
        inside = np.ones(self.counts.shape, dtype=bool)
        for name, category in zip(cell.margin, cell.categories, strict=True):
            axis = list(self.dimensions).index(name)
            chosen = np.array(self.dimensions[name]) == category
            inside &= chosen.reshape([-1 if i == axis else 1 for i in range(inside.ndim)])
        return inside.ravel()


def cross(
    dimensions: Mapping[str, Sequence[str]],
    counts: NDArray[np.int64] | Mapping[tuple[str, ...], int],
) -> Cross:
    """Build a cross from an array, or from ``{(category, …): people}`` (absent means nobody).

    Raises ``WrongInput`` for an unknown category, a negative count or a wrong shape.
    """
    named = {name: tuple(categories) for name, categories in dimensions.items()}
    for name, categories in named.items():
        if len(set(categories)) != len(categories) or not categories:
            raise WrongInput(f"dimension {name}: expected categories, each once")
    shape = tuple(len(categories) for categories in named.values())
    array = _filled(named, counts, shape) if isinstance(counts, Mapping) else np.asarray(counts)
    if array.shape != shape:
        raise WrongInput(
            f"counts: shape {array.shape} does not fit the dimensions; expected {shape}"
        )
    if not np.array_equal(array, array.astype(np.int64)) or (array < 0).any():
        raise WrongInput("counts: expected whole numbers of people, 0 or more")
    return Cross(dimensions=named, counts=array.astype(np.int64))


def _filled(
    named: dict[str, tuple[str, ...]],
    counts: Mapping[tuple[str, ...], int],
    shape: tuple[int, ...],
) -> NDArray[np.int64]:
    array = np.zeros(shape, dtype=np.int64)
    for key, people in counts.items():
        fits = len(key) == len(named) and all(
            category in categories for category, categories in zip(key, named.values(), strict=True)
        )
        if not fits:
            raise WrongInput(f"counts: {key!r} is not a category of each dimension")
        array[tuple(c.index(k) for k, c in zip(key, named.values(), strict=True))] = people
    return array


def published_counts(table: Cross, published: Sequence[Margin]) -> dict[Cell, int]:
    """The true count of every cell of every published table.

    Raises ``WrongInput`` for a table of an unknown dimension, or one named twice.
    """
    margins = [tuple(margin) for margin in published]
    for margin in margins:
        unknown = [name for name in margin if name not in table.dimensions]
        if unknown or len(set(margin)) != len(margin):
            known = ", ".join(table.dimensions)
            raise WrongInput(f"table {margin!r}: expected dimensions out of {known}, each once")
    if not margins or len({frozenset(margin) for margin in margins}) != len(margins):
        raise WrongInput("published tables: expected at least one, none of them twice")
    return {cell: n for margin in margins for cell, n in _margin(table, margin).items()}


def _margin(table: Cross, margin: Margin) -> dict[Cell, int]:
    """One table: the other axes summed away, the rest in the margin's own order."""
    names = list(table.dimensions)
    kept = [names.index(name) for name in margin]
    summed = table.counts.sum(axis=tuple(i for i in range(len(names)) if i not in kept))
    ordered = np.transpose(summed, np.argsort(np.argsort(kept))) if margin else summed
    return dict(zip(table.cells_of(margin), (int(n) for n in np.ravel(ordered)), strict=True))
