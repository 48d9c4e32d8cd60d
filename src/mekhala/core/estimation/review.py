"""What people who checked a sample of links found, and tables put right by it.

Of the links checked some were false; of pairs known to be one person some had been missed. Both
rates have a Beta posterior (Jeffreys), drawn anew for every table. It is for what the linker's own
probabilities do not know: pairs it never compared, and links it was wrongly sure of.
"""

from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation.design import Design, Floats
from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True)
class Review:
    """``links``: links checked, ``false_links`` of them wrong; ``matches``: pairs that are one
    person, found without the linker, ``missed`` of them not linked.
    """

    links: int
    false_links: int
    matches: int
    missed: int

    def __post_init__(self) -> None:
        if not (0 <= self.false_links <= self.links and 0 <= self.missed <= self.matches):
            raise WrongInput(
                f"review: {self.false_links} false of {self.links} links and {self.missed} missed "
                f"of {self.matches} matches cannot be; expected no more than were checked"
            )

    def rates(self, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Return draws of the share of links that are false, and of matches that were missed."""
        right, found = self.links - self.false_links, self.matches - self.missed
        false = rng.beta(self.false_links + 0.5, right + 0.5, size=draws)
        missed = rng.beta(self.missed + 0.5, found + 0.5, size=draws)
        return false, missed


def put_right(design: Design, tables: Floats, review: Review, *, seed: int) -> Floats:
    """Return ``tables`` (D x W) with drawn numbers of false links undone and missed ones made.

    A false link takes one list off a person, who is then two; a missed one joins two people into
    a pattern as frequent as the patterns seen. One wrong link to a person at most: rates so high
    that a person has two are no rates to estimate by.
    """
    rng = np.random.default_rng([seed, 2])
    false, missed = review.rates(len(tables), rng)
    found = tables.astype(np.int64)
    for row, wrong, lost in zip(found, false, missed, strict=True):
        _undo(design, row, wrong, rng)
        _make(design, row, lost, rng)
    return found.astype(float)


def _undo(design: Design, row: Floats, rate: float, rng: np.random.Generator) -> None:
    for cell in np.flatnonzero((design.on_list.sum(axis=1) > 1) & (row > 0)).tolist():
        lists = np.flatnonzero(design.on_list[cell])
        taken = rng.multinomial(rng.binomial(int(row[cell]), rate), [1 / len(lists)] * len(lists))
        for place, many in zip(lists.tolist(), taken.tolist(), strict=True):
            row[cell] -= many
            for part in _parts(design, cell, place):
                row[part] += many


def _make(design: Design, row: Floats, rate: float, rng: np.random.Generator) -> None:
    """Of the links there should be ``rate`` are missed: those made are odds of it times as many."""
    joined = np.where(design.on_list.sum(axis=1) > 1, row, 0)
    if not joined.sum():
        return
    many = rng.poisson(joined.sum() * rate / (1 - rate))
    for cell in rng.choice(len(row), size=many, p=joined / joined.sum()).tolist():
        for place in rng.permutation(np.flatnonzero(design.on_list[cell])).tolist():
            parts = list(_parts(design, cell, place))
            if row[parts].min() > 0:  # two people are there to be joined
                row[parts] -= 1
                row[cell] += 1
                break


def _parts(design: Design, cell: int, place: int) -> tuple[int, int]:
    """The cell without the list at ``place``, and the cell of that list alone."""
    bit = 1 << (len(design.lists) - 1 - place)
    return cell - bit, bit - 1
